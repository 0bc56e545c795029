internal import CTestNetwork
internal import Glibc
package import Testing
package import VTEP

/// A network namespace of the test's own, with loopback up. It has no name and no process: the kernel takes it down when
/// the descriptor closes, so that even a killed test leaves nothing behind.
package final class TestNamespace: Sendable {
    package let descriptor: Int32

    package init() throws {
        descriptor = tn_make_namespace()
        guard descriptor >= 0 else { throw Failure("cannot make a network namespace: errno \(0 &- descriptor)") }
    }

    deinit { close(descriptor) }

    /// Where the kernel lets this process make one.
    package static let isPossible = (try? TestNamespace()) != nil

    /// Valid as long as this object is.
    package var namespace: NetworkNamespace { .descriptor(descriptor) }

    package func host() throws(VTEPError) -> Host {
        // Without this, the descriptor may be closed as soon as it has been read.
        try withExtendedLifetime(self) { () throws(VTEPError) in try Host(in: namespace) }
    }

    /// A packet socket that sees every frame of a link.
    package func capture(on link: String) throws -> Capture {
        let socket = withExtendedLifetime(self) { unsafe tn_capture(descriptor, link) }
        guard socket >= 0 else { throw Failure("cannot capture on \(link): errno \(0 &- socket)") }
        return Capture(socket: socket)
    }
}

extension Trait where Self == ConditionTrait {
    /// For a test that makes network namespaces.
    package static var inNamespaces: Self {
        .enabled(
            if: TestNamespace.isPossible,
            "needs network namespaces of its own: run as root, or under \"unshare -Urnm\"")
    }

    /// For a test that calls a program the system may lack.
    package static func using(_ program: String) -> Self {
        .enabled(if: Tool.isInstalled(program), "needs the program \"\(program)\" (make test installs it)")
    }
}

/// What a test could not do, in words.
package struct Failure: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
