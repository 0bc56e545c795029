// The words that `ip` and `bridge` print for numbers, from libnl-route's tables.
internal import CLibNL

func routeScopeName(_ scope: UInt8) -> String {
    unsafe word { _ = unsafe rtnl_scope2str(Int32(scope), $0, $1) }
}

func routeTypeName(_ type: UInt8) -> String {
    unsafe word { _ = unsafe nl_rtntype2str(Int32(type), $0, $1) }
}

func routeOriginName(_ origin: UInt8) -> String {
    unsafe word { _ = unsafe rtnl_route_proto2str(Int32(origin), $0, $1) }
}

func neighbourStateName(_ state: UInt16) -> String {
    unsafe word { _ = unsafe rtnl_neigh_state2str(Int32(state), $0, $1) }
}

/// libnl reads its table names from a file of its own, not from iproute2's: only the fixed three have a word here.
func routeTableName(_ table: UInt32) -> String {
    switch table {
    case 253: "default"
    case 254: "main"
    case 255: "local"
    default: String(table)
    }
}

/// What a libnl function writes into a buffer of that size.
private func word(_ write: (UnsafeMutablePointer<CChar>, Int) -> Void) -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        unsafe buffer.initialize(repeating: 0)
        unsafe write(start, buffer.count)
        return unsafe String(cString: start)
    }
}
