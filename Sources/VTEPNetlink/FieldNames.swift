// The words that `ip` and `bridge` print for numbers, from libnl-route's tables.
internal import CLibNL

func routeScopeName(_ scope: UInt8) -> String {
    unsafe word { _ = unsafe rtnl_scope2str(Int32(scope), $0, $1) }
}

func routeTypeName(_ type: UInt8) -> String {
    unsafe word { _ = unsafe nl_rtntype2str(Int32(type), $0, $1) }
}

/// Those of iproute2's rt_protos; libnl knows the first few only.
func routeOriginName(_ origin: UInt8) -> String {
    switch origin {
    case 0: "unspec"
    case 1: "redirect"
    case 2: "kernel"
    case 3: "boot"
    case 4: "static"
    case 8: "gated"
    case 9: "ra"
    case 10: "mrt"
    case 11: "zebra"
    case 12: "bird"
    case 13: "dnrouted"
    case 14: "xorp"
    case 15: "ntk"
    case 16: "dhcp"
    case 17: "mrouted"
    case 18: "keepalived"
    case 42: "babel"
    case 99: "openr"
    case 186: "bgp"
    case 187: "isis"
    case 188: "ospf"
    case 189: "rip"
    case 192: "eigrp"
    default: String(origin)
    }
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
