public import VTEPNetlink
public import VTEPWire

extension Host {
    /// Sends many changes in few system calls, in order.
    ///
    /// The kernel has no transaction: every change is attempted, whatever became of those before it. The failed ones are
    /// returned with their places in `changes`, in order; all others have happened.
    ///
    /// - Throws: only where the conversation with the kernel broke down. Changes up to some place have happened then:
    ///   read the table back.
    @discardableResult
    public func apply(_ changes: [Change]) throws(VTEPError) -> [ChangeFailure] {
        try apply(count: changes.count) { changes[$0] }
    }

    /// The same for changes that are made one by one. `change` may be asked for one more than once.
    package func apply(
        count: Int, _ change: (Int) throws(VTEPError) -> Change
    ) throws(VTEPError) -> [ChangeFailure] {
        try connection.apply(count: count) { index throws(VTEPError) in
            let change = try change(index)
            switch change {
            case .writeFDB(let entry, _): try check(entry)
            case .writeNeighbour(let neighbour, _): try check(neighbour)
            case .writeRoute(let route, _): try checkNew(route)
            case .deleteRoute(let route): try check(route)
            case .writeNextHop(let hop, _): try check(hop)
            case .writeAddress(let address, _): try check(address, Purpose("write address", "\(address.prefix)"))
            case .writeRule(let rule, _): try check(rule)
            default: break
            }
            return change
        }
    }
}
