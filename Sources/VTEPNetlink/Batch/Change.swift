public import VTEPWire

/// One of many changes that go to the kernel together.
public enum Change: Hashable, Sendable {
    case writeFDB(FDBEntry, EntryWrite)
    case deleteFDB(FDBEntry)
    case writeNeighbour(Neighbour, EntryWrite)
    case deleteNeighbour(Neighbour)
    case writeRoute(Route, EntryWrite)
    case deleteRoute(Route)
    case writeNextHop(NextHopObject, EntryWrite)
    case deleteNextHop(id: UInt32)
    case writeAddress(InterfaceAddress, EntryWrite)
    case deleteAddress(InterfaceAddress)
    case writeRule(RoutingRule, EntryWrite)
    case deleteRule(RoutingRule)
}

/// A change that did not happen.
public struct ChangeFailure: Hashable, Sendable {
    /// Its place in the batch, from 0.
    public let index: Int
    public let error: VTEPError
}

extension Change {
    /// The words for its error.
    var purpose: Purpose {
        switch self {
        case .writeFDB(let entry, _): Purpose("write FDB entry", "\(entry.macAddress)")
        case .deleteFDB(let entry): Purpose("delete FDB entry", "\(entry.macAddress)")
        case .writeNeighbour(let neighbour, _): Purpose("write neighbour", "\(neighbour.address)")
        case .deleteNeighbour(let neighbour): Purpose("delete neighbour", "\(neighbour.address)")
        case .writeRoute(let route, _): Purpose("write route", "\(route.destination)")
        case .deleteRoute(let route): Purpose("delete route", "\(route.destination)")
        case .writeNextHop(let hop, _): Purpose("write nexthop", "\(hop.id)")
        case .deleteNextHop(let id): Purpose("delete nexthop", "\(id)")
        case .writeAddress(let address, _): Purpose("write address", "\(address.prefix)")
        case .deleteAddress(let address): Purpose("delete address", "\(address.prefix)")
        case .writeRule(let rule, _): Purpose("write rule", rule.subject)
        case .deleteRule(let rule): Purpose("delete rule", rule.subject)
        }
    }
}

extension Request {
    mutating func write(_ change: Change) throws(VTEPError) {
        switch change {
        case .writeFDB(let entry, let how): write(entry, how)
        case .deleteFDB(let entry): delete(entry)
        case .writeNeighbour(let neighbour, let how): write(neighbour, how)
        case .deleteNeighbour(let neighbour): delete(neighbour)
        case .writeRoute(let route, let how): write(route, how)
        case .deleteRoute(let route): delete(route)
        case .writeNextHop(let hop, let how): write(hop, how)
        case .deleteNextHop(let id): deleteNextHop(id: id)
        case .writeAddress(let address, let how): write(address, how)
        case .deleteAddress(let address): delete(address)
        case .writeRule(let rule, let how): write(rule, how)
        case .deleteRule(let rule): delete(rule)
        }
    }
}
