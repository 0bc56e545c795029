/// A Unix socket that a virtual machine or another program joins the overlay with, in the framing of QEMU.
public struct UnixSocketOptions: Hashable, Sendable {
    /// The socket's path, at most 107 bytes. One that begins with `@` is a name in the abstract namespace.
    public var path: String
    /// Who waits for whom.
    public var role: Role
    /// How long to wait before connecting again, in milliseconds, for a client: 1 or more.
    public var reconnectInterval: UInt32 = 1000
    /// Bytes of the socket's send and receive buffers.
    public var socketBuffer = 1 << 20

    public enum Role: UInt8, Hashable, Sendable {
        /// We wait for a peer: QEMU has `server=off`. One peer at a time; another waits until it is gone.
        case server
        /// We connect, again and again until somebody is there: QEMU has `server=on`.
        case client
    }

    public init(path: String, role: Role = .server) {
        self.path = path
        self.role = role
    }
}
