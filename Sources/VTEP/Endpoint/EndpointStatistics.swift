internal import VTEPDevice
public import VTEPEngine
public import VTEPWire

/// What an endpoint, or one of its VNIs, has counted since it was made. Nothing wraps: the counters have 64 bits.
public struct EndpointStatistics: Sendable {
    private let values: [UInt64]

    init(_ read: (Counter) throws(VTEPError) -> UInt64) throws(VTEPError) {
        values = try Counter.allCases.map { counter throws(VTEPError) in try read(counter) }
    }

    public subscript(counter: Counter) -> UInt64 { values[Int(counter.rawValue)] }

    /// Why frames did not pass, where any did not.
    public var drops: [(reason: Counter, frames: UInt64)] {
        Counter.allCases.filter { $0.isDrop && self[$0] > 0 }.map { ($0, self[$0]) }
    }
}

extension Endpoint {
    /// All VNIs together, and what belongs to none. VNIs that were removed are not in it any more.
    public var statistics: EndpointStatistics {
        get throws(VTEPError) {
            try pump.withEngine { engine throws(VTEPError) in
                try EndpointStatistics { counter throws(VTEPError) in engine.counter(counter) }
            }
        }
    }

    /// - Throws: kind `notFound`.
    public func statistics(of vni: VNI) throws(VTEPError) -> EndpointStatistics {
        try pump.withEngine { engine throws(VTEPError) in
            try EndpointStatistics { counter throws(VTEPError) in try engine.counter(counter, of: vni) }
        }
    }

    /// What one port has refused, beside what the engine counts.
    ///
    /// - Throws: kind `notFound`.
    public func statistics(of port: PortID) throws(VTEPError) -> PortStatistics {
        try configure { _ throws(VTEPError) in
            if let statistics = pump.withPort(port, { $0.statistics }) { return statistics }
            throw VTEPError(.notFound, attempted: "read the port's counters", subject: "\(port.rawValue)")
        }
    }

    /// What happened at the sockets of the underlay of an IP version, `nil` where there is none.
    public func underlayStatistics(_ family: IPAddress.Family) -> UnderlayStatistics? {
        pump.underlays.first { $0.options.family == family }?.statistics
    }

    /// How many FDB entries there are, of all VNIs together.
    public var fdbCount: Int { pump.withEngine { $0.fdbCount } }

    /// Takes out the oldest event that waits, `nil` if none does.
    public func nextEvent() -> Engine.Event? { pump.withEngine { $0.nextEvent() } }
}
