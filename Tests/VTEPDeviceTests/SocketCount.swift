import Foundation
import TestNetwork

extension ThisProcess {
    /// How many of our descriptors are UDP sockets of a namespace. Other tests run meanwhile: a count of all would vary.
    static func sockets(in namespace: TestNamespace) -> Int {
        (try? namespace.run("ss -uanH"))?.split(separator: "\n").count ?? -1
    }
}
