/// How a TAP port is opened.
public struct TAPOptions: Hashable, Sendable {
    /// The interface's name, at most 15 bytes. Empty: the kernel picks one, such as `tap0`.
    public var name: String
    /// How many queues it has, 1...256. Each may have a worker of its own; the kernel spreads flows over them.
    public var queues = 1
    /// What it may hand over and take unfinished.
    public var offloads: PortOffloads = .all

    public init(name: String = "") { self.name = name }
}
