internal import CLibNL
internal import Glibc
package import VTEPWire

extension Connection {
    /// The rules of one family, or of both, in the order in which they are tried.
    package func rules(family: IPAddress.Family?) throws(VTEPError) -> [RoutingRule] {
        var request = try Request(type: RuleMessage.get, flags: NLM_F_DUMP)
        var header = fib_rule_hdr()
        header.family = family?.addressFamily ?? 0
        request.append(header: header)
        return try dump(request, Purpose("list rules")) { RoutingRule($0) }
    }

    package func write(_ rule: RoutingRule, _ write: EntryWrite, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.write(rule, write)
        try change(request, purpose)
    }

    package func delete(_ rule: RoutingRule, _ purpose: Purpose) throws(VTEPError) {
        var request = try Request()
        request.delete(rule)
        try change(request, purpose)
    }
}

extension fib_rule_hdr {
    fileprivate init(_ rule: RoutingRule) {
        self.init()
        family = rule.family.addressFamily
        src_len = rule.source?.length ?? 0
        dst_len = rule.destination?.length ?? 0
        tos = rule.typeOfService
        // Tables above 255 travel in FRA_TABLE only.
        table = rule.table.flatMap { UInt8(exactly: $0.rawValue) } ?? 0
        action = rule.action.rawValue
        flags = rule.isInverted ? RuleMessage.invert : 0
    }
}

extension Request {
    mutating func write(_ rule: RoutingRule, _ write: EntryWrite) {
        restart(type: RuleMessage.new, flags: write.flags)
        put(rule)
    }

    mutating func delete(_ rule: RoutingRule) {
        restart(type: RuleMessage.delete, flags: 0)
        put(rule)
    }

    private mutating func put(_ rule: RoutingRule) {
        append(header: fib_rule_hdr(rule))
        if let priority = rule.priority { put(RuleAttribute.priority, priority) }
        if let table = rule.table { put(RuleAttribute.table, table.rawValue) }
        if let target = rule.target { put(RuleAttribute.target, target) }
        if let source = rule.source, source.length > 0 { put(RuleAttribute.source, source.network) }
        if let destination = rule.destination, destination.length > 0 {
            put(RuleAttribute.destination, destination.network)
        }
        if let name = rule.inputLink { put(RuleAttribute.inputLink, name) }
        if let name = rule.outputLink { put(RuleAttribute.outputLink, name) }
        if rule.isL3Master { put(RuleAttribute.l3Master, true) }
        if let length = rule.suppressedPrefixLength { put(RuleAttribute.suppressedPrefixLength, length) }
        if let group = rule.suppressedGroup { put(RuleAttribute.suppressedGroup, group) }
        if let realms = rule.realms { put(RuleAttribute.flow, realms) }
        if rule.origin != .unspecified { put(RuleAttribute.origin, rule.origin.rawValue) }
        putMatches(of: rule)
    }

    private mutating func putMatches(of rule: RoutingRule) {
        if let mark = rule.mark { put(RuleAttribute.mark, mark) }
        if let mask = rule.markMask { put(RuleAttribute.markMask, mask) }
        if let id = rule.tunnelID { put(RuleAttribute.tunnelID, id.bigEndian) }
        if let users = rule.users { put(RuleAttribute.users, users) }
        if let number = rule.ipProtocol { put(RuleAttribute.ipProtocol, number) }
        if let ports = rule.sourcePorts { put(RuleAttribute.sourcePorts, ports) }
        if let mask = rule.sourcePortMask { put(RuleAttribute.sourcePortMask, mask) }
        if let ports = rule.destinationPorts { put(RuleAttribute.destinationPorts, ports) }
        if let mask = rule.destinationPortMask { put(RuleAttribute.destinationPortMask, mask) }
        if let dscp = rule.dscp {
            put(RuleAttribute.dscp, dscp.value)
            if let mask = dscp.mask { put(RuleAttribute.dscpMask, mask) }
        }
        if let label = rule.flowLabel {
            put(RuleAttribute.flowLabel, label.value.bigEndian)
            if let mask = label.mask { put(RuleAttribute.flowLabelMask, mask.bigEndian) }
        }
    }

    /// First and last, in host order.
    private mutating func put<Bound: FixedWidthInteger & BitwiseCopyable>(
        _ attribute: Int, _ range: ClosedRange<Bound>
    ) {
        put(attribute, header: (range.lowerBound, range.upperBound))
    }
}
