internal import CTestNetwork
internal import Glibc

/// The frames of one link: what comes and goes is seen, and whole frames can be sent.
package final class Frames: Sendable {
    private let socket: Int32

    init(socket: Int32) throws {
        self.socket = socket
        guard tn_keep_vlan_tags(socket) == 0 else { throw Failure("no VLAN tags on this socket: errno \(errno)") }
    }

    deinit { close(socket) }

    package struct Frame: Sendable {
        package let bytes: [UInt8]
        /// This host sent it, rather than received it.
        package let outgoing: Bool
    }

    /// Out of this link: for a TAP or VXLAN device, what its host sends into it.
    package func send(_ frame: [UInt8]) throws {
        let result = unsafe tn_send_frame(socket, frame, frame.count)
        guard result == 0 else { throw Failure("cannot send \(frame.count) bytes: errno \(0 &- result)") }
    }

    /// The next frame, or `nil` if none comes in time.
    package func next(within milliseconds: Int32) throws -> Frame? {
        var outgoing: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 70_000) { buffer, count in
            count = unsafe tn_receive_frame(socket, buffer.baseAddress, buffer.count, milliseconds, &outgoing)
            if count < 0 { count = 0 }
        }
        return bytes.isEmpty ? nil : Frame(bytes: bytes, outgoing: outgoing != 0)
    }

    /// Forgets what has come so far.
    package func discard() throws {
        while try next(within: 0) != nil {}
    }
}

extension TestNamespace {
    /// A packet socket that sends and sees whole frames of a link.
    package func frames(on link: String) throws -> Frames {
        let socket = withExtendedLifetime(self) { unsafe tn_capture(descriptor, link) }
        guard socket >= 0 else { throw Failure("no packet socket on \(link): errno \(0 &- socket)") }
        return try Frames(socket: socket)
    }
}
