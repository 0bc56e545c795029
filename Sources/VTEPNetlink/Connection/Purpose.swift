/// What a request is for, in the words of its error: "create VXLAN link", "vxlan0".
package struct Purpose: Sendable {
    package let attempted: StaticString
    package let subject: String

    package init(_ attempted: StaticString, _ subject: String = "") {
        self.attempted = attempted
        self.subject = subject
    }
}
