internal import CLibNL
internal import VTEPWire

extension RoutingRule {
    /// Reads an `RTM_NEWRULE` of IPv4 or IPv6; `nil` for any other message.
    init?(_ reply: Reply) {
        guard reply.type == RuleMessage.new, let header = reply.header(fib_rule_hdr.self),
            let family = IPAddress.Family(addressFamily: header.family)
        else { return nil }
        self.init(family, RuleAction(rawValue: header.action), priority: 0)
        typeOfService = header.tos
        isInverted = header.flags & RuleMessage.invert != 0
        status = Status(rawValue: header.flags & ~RuleMessage.invert)
        table = RoutingRule.table(UInt32(header.table))
        for attribute in reply.attributes(after: fib_rule_hdr.self) { read(attribute, header) }
    }

    private mutating func read(_ attribute: Attribute, _ header: fib_rule_hdr) {
        let payload = attribute.payload
        switch attribute.type {
        case RuleAttribute.destination: destination = payload.prefix(length: header.dst_len)
        case RuleAttribute.source: source = payload.prefix(length: header.src_len)
        case RuleAttribute.inputLink: inputLink = payload.string
        case RuleAttribute.outputLink: outputLink = payload.string
        case RuleAttribute.target: target = payload.uint32
        case RuleAttribute.priority: priority = payload.uint32
        case RuleAttribute.table: table = RoutingRule.table(payload.uint32 ?? 0)
        case RuleAttribute.origin: origin = RouteOrigin(rawValue: payload.uint8 ?? 0)
        case RuleAttribute.l3Master: isL3Master = payload.bool ?? false
        case RuleAttribute.suppressedGroup: suppressedGroup = RoutingRule.unless(.max, payload.uint32)
        case RuleAttribute.suppressedPrefixLength: suppressedPrefixLength = RoutingRule.unless(.max, payload.uint32)
        default: readMatch(attribute)
        }
    }

    private mutating func readMatch(_ attribute: Attribute) {
        let payload = attribute.payload
        switch attribute.type {
        case RuleAttribute.mark: mark = payload.uint32
        case RuleAttribute.markMask: markMask = payload.uint32
        case RuleAttribute.flow: realms = payload.uint32
        case RuleAttribute.tunnelID: tunnelID = payload.uint64(at: 0).map { UInt64(bigEndian: $0) }
        case RuleAttribute.users: users = payload.range(of: UInt32.self)
        case RuleAttribute.ipProtocol: ipProtocol = payload.uint8
        case RuleAttribute.sourcePorts: sourcePorts = payload.range(of: UInt16.self)
        case RuleAttribute.destinationPorts: destinationPorts = payload.range(of: UInt16.self)
        case RuleAttribute.sourcePortMask: sourcePortMask = RoutingRule.unless(.max, payload.uint16)
        case RuleAttribute.destinationPortMask: destinationPortMask = RoutingRule.unless(.max, payload.uint16)
        case RuleAttribute.dscp: dscp = Masked(payload.uint8 ?? 0, mask: dscp?.mask)
        case RuleAttribute.dscpMask: dscp = Masked(dscp?.value ?? 0, mask: RoutingRule.unless(0x3F, payload.uint8))
        case RuleAttribute.flowLabel: flowLabel = Masked(payload.bigEndian32 ?? 0, mask: flowLabel?.mask)
        case RuleAttribute.flowLabelMask:
            flowLabel = Masked(flowLabel?.value ?? 0, mask: RoutingRule.unless(0xF_FFFF, payload.bigEndian32))
        default: break
        }
    }

    /// The kernel writes "none" as 0.
    private static func table(_ number: UInt32) -> RouteTable? { number == 0 ? nil : RouteTable(rawValue: number) }

    /// The kernel writes "none" as all ones; a mask of all ones, too, says nothing.
    private static func unless<Value: Equatable>(_ none: Value, _ value: Value?) -> Value? {
        value == none ? nil : value
    }
}

extension AttributePayload {
    /// `struct fib_rule_uid_range`, `struct fib_rule_port_range`; `nil` for one that is upside down.
    fileprivate func range<Bound: FixedWidthInteger & BitwiseCopyable>(of type: Bound.Type) -> ClosedRange<Bound>? {
        guard let first = load(type), let last = load(type, at: MemoryLayout<Bound>.size), first <= last else {
            return nil
        }
        return first...last
    }
}
