internal import CVTEPLinux
internal import VTEPEngine

/// Where frames enter and leave an endpoint. An enum, not a protocol: the loop that moves frames calls it directly.
package enum Port: ~Copyable {
    case tap(TAP)
    case stream(StreamPort)
    case datagram(DatagramPort)
    case packet(PacketPort)
    case inProcess(InProcessPort)

    /// The port, where it is one with peers.
    var stream: StreamPort? {
        switch self {
        case .stream(let port): port
        default: nil
        }
    }

    /// The port, where it is the program's own.
    var inProcess: InProcessPort? {
        switch self {
        case .inProcess(let port): port
        default: nil
        }
    }

    /// How many queues it has, each of which one worker reads.
    var queueCount: Int {
        switch self {
        case .tap(let tap): tap.queues.count
        default: 1
        }
    }

    /// What becomes readable when a queue has frames. -1 for a stream port, which says so itself.
    func descriptor(queue: Int) -> Int32 {
        switch self {
        case .tap(let tap): tap.queues[queue]
        case .stream: -1
        case .datagram(let port): port.socket.number
        case .packet(let port): port.socket.number
        case .inProcess(let port): port.inwardEvent.number
        }
    }

    /// What it hands over and takes unfinished.
    package var offloads: PortOffloads {
        switch self {
        case .tap(let tap): tap.offloads
        case .packet(let port): port.offloads
        default: .none
        }
    }

    /// The interface's name, where the port is one.
    package var interface: String? {
        switch self {
        case .tap(let tap): tap.name
        default: nil
        }
    }

    package var statistics: PortStatistics {
        switch self {
        case .tap(let tap): tap.counters.statistics
        case .stream(let port): port.statistics
        case .datagram(let port): port.statistics
        case .packet(let port): port.statistics
        case .inProcess(let port): port.statistics
        }
    }

    /// Takes in frames until there are no more, or no room for more.
    @inline(__always)
    func receive(queue: Int, into intake: inout FrameIntake) -> Reception {
        switch self {
        case .tap(let tap): tap.receive(queue: queue, into: &intake)
        case .stream(let port): port.receive(into: &intake)
        case .datagram(let port): port.receive(into: &intake)
        case .packet(let port): port.receive(into: &intake)
        case .inProcess(let port): port.receive(into: &intake)
        }
    }
}
