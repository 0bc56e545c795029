internal import CVTEP
internal import VTEP

extension vtep_rule: InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_RULE_HAS_REALMS) << 1) - 1 }
    var reservedIsZero: Bool { isZero(reserved) }

    init(_ rule: RoutingRule) {
        self.init()
        has.set(VTEP_RULE_HAS_PRIORITY | VTEP_RULE_HAS_ACTION)
        priority = rule.priority ?? 0
        action = rule.action.rawValue
        family = rule.family.rawValue
        table = rule.table?.rawValue ?? 0
        set(\.target, rule.target, VTEP_RULE_HAS_TARGET)
        set(\.suppress_prefix_length, rule.suppressedPrefixLength, VTEP_RULE_HAS_SUPPRESS_PREFIX_LENGTH)
        set(\.suppress_group, rule.suppressedGroup, VTEP_RULE_HAS_SUPPRESS_GROUP)
        set(\.realms, rule.realms, VTEP_RULE_HAS_REALMS)
        status = rule.status.rawValue
        tos = rule.typeOfService
        l3mdev = rule.isL3Master ? 1 : 0
        invert = rule.isInverted ? 1 : 0
        origin = rule.origin.rawValue
        if let prefix = rule.source { source = vtep_prefix(prefix) }
        if let prefix = rule.destination { destination = vtep_prefix(prefix) }
        store(rule.inputLink ?? "", in: &input_link)
        store(rule.outputLink ?? "", in: &output_link)
        fillMatches(of: rule)
    }

    private mutating func fillMatches(of rule: RoutingRule) {
        set(\.mark, rule.mark, VTEP_RULE_HAS_MARK)
        set(\.mark_mask, rule.markMask, VTEP_RULE_HAS_MARK_MASK)
        set(\.dscp, rule.dscp?.value, VTEP_RULE_HAS_DSCP)
        set(\.dscp_mask, rule.dscp?.mask, VTEP_RULE_HAS_DSCP_MASK)
        set(\.flow_label, rule.flowLabel?.value, VTEP_RULE_HAS_FLOW_LABEL)
        set(\.flow_label_mask, rule.flowLabel?.mask, VTEP_RULE_HAS_FLOW_LABEL_MASK)
        set(\.protocol, rule.ipProtocol, VTEP_RULE_HAS_PROTOCOL)
        set(\.source_port_first, rule.sourcePorts?.lowerBound, VTEP_RULE_HAS_SOURCE_PORTS)
        set(\.source_port_last, rule.sourcePorts?.upperBound, VTEP_RULE_HAS_SOURCE_PORTS)
        set(\.source_port_mask, rule.sourcePortMask, VTEP_RULE_HAS_SOURCE_PORT_MASK)
        set(\.destination_port_first, rule.destinationPorts?.lowerBound, VTEP_RULE_HAS_DESTINATION_PORTS)
        set(\.destination_port_last, rule.destinationPorts?.upperBound, VTEP_RULE_HAS_DESTINATION_PORTS)
        set(\.destination_port_mask, rule.destinationPortMask, VTEP_RULE_HAS_DESTINATION_PORT_MASK)
        set(\.user_first, rule.users?.lowerBound, VTEP_RULE_HAS_USERS)
        set(\.user_last, rule.users?.upperBound, VTEP_RULE_HAS_USERS)
        set(\.tunnel_id, rule.tunnelID, VTEP_RULE_HAS_TUNNEL_ID)
    }

    private mutating func set<Value>(_ field: WritableKeyPath<Self, Value>, _ value: Value?, _ bit: Int) {
        guard let value else { return }
        has.set(bit)
        self[keyPath: field] = value
    }
}

extension Arguments {
    func rule(_ pointer: UnsafePointer<vtep_rule>?) throws(VTEPError) -> RoutingRule {
        let input = try unsafe self.input(pointer, "rule")
        guard let family = try family(input.family) else { throw invalid("the rule has no family: it is 0") }
        let has = input.has
        let action = has.sets(VTEP_RULE_HAS_ACTION) ? RuleAction(rawValue: input.action) : .lookup
        var rule = RoutingRule(family, action, priority: has.sets(VTEP_RULE_HAS_PRIORITY) ? input.priority : nil)
        if input.table != 0 { rule.table = RouteTable(rawValue: input.table) }
        if has.sets(VTEP_RULE_HAS_TARGET) { rule.target = input.target }
        if input.source.address.family != 0 { rule.source = try prefix(input.source, "source") }
        if input.destination.address.family != 0 { rule.destination = try prefix(input.destination, "destination") }
        rule.inputLink = try text(in: input.input_link, "input_link")
        rule.outputLink = try text(in: input.output_link, "output_link")
        if has.sets(VTEP_RULE_HAS_SUPPRESS_PREFIX_LENGTH) { rule.suppressedPrefixLength = input.suppress_prefix_length }
        if has.sets(VTEP_RULE_HAS_SUPPRESS_GROUP) { rule.suppressedGroup = input.suppress_group }
        if has.sets(VTEP_RULE_HAS_REALMS) { rule.realms = input.realms }
        rule.typeOfService = input.tos
        rule.isL3Master = try truth(input.l3mdev, "l3mdev")
        rule.isInverted = try truth(input.invert, "invert")
        rule.origin = RouteOrigin(rawValue: input.origin)
        try readMatches(of: input, into: &rule)
        return rule
    }

    private func readMatches(of input: vtep_rule, into rule: inout RoutingRule) throws(VTEPError) {
        let has = input.has
        if has.sets(VTEP_RULE_HAS_MARK) { rule.mark = input.mark }
        if has.sets(VTEP_RULE_HAS_MARK_MASK) { rule.markMask = input.mark_mask }
        if has.sets(VTEP_RULE_HAS_DSCP) {
            let mask = has.sets(VTEP_RULE_HAS_DSCP_MASK) ? input.dscp_mask : nil
            rule.dscp = RoutingRule.Masked(input.dscp, mask: mask)
        }
        if has.sets(VTEP_RULE_HAS_FLOW_LABEL) {
            let mask = has.sets(VTEP_RULE_HAS_FLOW_LABEL_MASK) ? input.flow_label_mask : nil
            rule.flowLabel = RoutingRule.Masked(input.flow_label, mask: mask)
        }
        if has.sets(VTEP_RULE_HAS_PROTOCOL) { rule.ipProtocol = input.protocol }
        if has.sets(VTEP_RULE_HAS_SOURCE_PORTS) {
            rule.sourcePorts = try range(input.source_port_first, input.source_port_last, "source ports")
        }
        if has.sets(VTEP_RULE_HAS_DESTINATION_PORTS) {
            rule.destinationPorts = try range(
                input.destination_port_first, input.destination_port_last, "destination ports")
        }
        if has.sets(VTEP_RULE_HAS_SOURCE_PORT_MASK) { rule.sourcePortMask = input.source_port_mask }
        if has.sets(VTEP_RULE_HAS_DESTINATION_PORT_MASK) { rule.destinationPortMask = input.destination_port_mask }
        if has.sets(VTEP_RULE_HAS_USERS) { rule.users = try range(input.user_first, input.user_last, "users") }
        if has.sets(VTEP_RULE_HAS_TUNNEL_ID) { rule.tunnelID = input.tunnel_id }
    }

    private func range<Bound: FixedWidthInteger>(
        _ first: Bound, _ last: Bound, _ name: StaticString
    ) throws(VTEPError) -> ClosedRange<Bound> {
        guard first <= last else { throw invalid("the \(name) go from \(first) down to \(last)") }
        return first...last
    }
}
