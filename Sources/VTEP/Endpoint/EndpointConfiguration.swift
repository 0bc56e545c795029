public import VTEPDevice
public import VTEPNetlink

/// What an ``Endpoint`` is made with.
public struct EndpointConfiguration: Sendable {
    /// Where VXLAN packets come and go: at most one for each IP version, each with its UDP port.
    public var underlays: [UnderlayOptions]
    /// The network namespace that the underlay's sockets, TAPs and packet sockets are in. The threads that run the
    /// endpoint may be in any.
    public var networkNamespace: NetworkNamespace = .current
    /// For how many threads, 1...64. Queues of ports and receive sockets are spread over them: more than one pays only
    /// with several of these.
    public var workers = 1
    /// For how many microseconds a worker that had something to do looks for more before it sleeps: 0...10,000. Frames that
    /// come within that time do not wait until a sleeping thread is woken, which takes microseconds, and tens of them on a
    /// virtual machine. It costs processor time: as much for each burst of frames, up to all of one processor for each
    /// worker; where nothing comes in time for long, it is hardly tried. Others that want the processor get it. 0: never.
    public var busyPoll: UInt32 = 0
    /// How many FDB entries there can be, of all VNIs together: 1...16,777,216, each of up to 64 bytes, allocated at once.
    public var maximumFDBEntries = 65_536
    /// How many remotes can be known at once, configured or learnt: 1...1,048,576.
    public var maximumRemotes = 4096
    /// 1...65,534.
    public var maximumVNIs = 4096
    /// 1...65,535.
    public var maximumPorts = 1024
    /// How many ARP and ND bindings there can be. 0...16,777,216.
    public var maximumBindings = 16_384
    /// How many events wait to be read with ``Endpoint/nextEvent()``; more are lost, and counted. 0...65,536.
    public var maximumEvents = 1024
    /// How many events per second are reported in the long run. The rest is dropped, and counted.
    public var eventsPerSecond = 1000

    /// - Parameter underlays: the default is IPv4 on UDP port 4789, on every local address.
    public init(underlays: [UnderlayOptions] = [UnderlayOptions()]) { self.underlays = underlays }
}
