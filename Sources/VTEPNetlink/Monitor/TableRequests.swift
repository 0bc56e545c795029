internal import CLibNL
internal import Glibc
internal import VTEPWire

extension Request {
    /// Asks for a whole table.
    init(listing table: WatchedTables, linkIndex: UInt32 = 0) throws(VTEPError) {
        try self.init()
        switch table {
        case .links: list(RTM_GETLINK, ifinfomsg())
        case .addresses: list(RTM_GETADDR, ifaddrmsg())
        case .routes: list(RTM_GETROUTE, rtmsg())
        case .neighbours: list(RTM_GETNEIGH, ndmsg())
        case .nextHops: list(NextHopMessage.get, nhmsg())
        case .rules: list(RuleMessage.get, fib_rule_hdr())
        default:
            var header = ndmsg()
            header.ndm_family = UInt8(AF_BRIDGE)
            header.ndm_ifindex = Int32(truncatingIfNeeded: linkIndex)
            list(RTM_GETNEIGH, header)
        }
    }

    private mutating func list<Header: BitwiseCopyable>(_ type: Int, _ header: Header) {
        restart(type: type, flags: NLM_F_DUMP)
        append(header: header)
    }
}
