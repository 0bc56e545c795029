internal import CLibNL
internal import VTEPWire

extension Request {
    /// Asks for a whole table.
    init(listing table: WatchedTables) throws(VTEPError) {
        if table == .fdb {
            try self.init(listingFDBOf: nil)
            return
        }
        try self.init()
        switch table {
        case .links: list(RTM_GETLINK, ifinfomsg())
        case .addresses: list(RTM_GETADDR, ifaddrmsg())
        case .routes: list(RTM_GETROUTE, rtmsg())
        case .neighbours: list(RTM_GETNEIGH, ndmsg())
        case .nextHops: list(NextHopMessage.get, nhmsg())
        case .rules: list(RuleMessage.get, fib_rule_hdr())
        case .vnis: listVNIs(of: nil, statistics: false)
        case .vlans, .vlanTunnels: listVLANs(of: nil)
        default: break
        }
    }

    private mutating func list<Header: BitwiseCopyable>(_ type: Int, _ header: Header) {
        restart(type: type, flags: NLM_F_DUMP)
        append(header: header)
    }
}
