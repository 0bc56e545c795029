package vtep

// #include <vtep.h>
import "C"

import "net/netip"

// RuleAction is what becomes of a packet that a rule matches (FR_ACT_*). An open set.
type RuleAction uint8

const (
	RuleLookup      RuleAction = C.VTEP_RULE_LOOKUP // it is looked up in the rule's table
	RuleGoto        RuleAction = C.VTEP_RULE_GOTO   // it goes on with the rule of another priority
	RuleNothing     RuleAction = C.VTEP_RULE_NOTHING
	RuleBlackhole   RuleAction = C.VTEP_RULE_BLACKHOLE
	RuleUnreachable RuleAction = C.VTEP_RULE_UNREACHABLE
	RuleProhibit    RuleAction = C.VTEP_RULE_PROHIBIT
)

// RuleStatus is what the kernel says about a rule.
type RuleStatus uint32

const (
	RulePermanent         RuleStatus = C.VTEP_RULE_PERMANENT          // the kernel's own; it can't be deleted
	RuleUnresolved        RuleStatus = C.VTEP_RULE_UNRESOLVED         // there is no rule of the target's priority
	RuleInputLinkMissing  RuleStatus = C.VTEP_RULE_INPUT_LINK_MISSING // there is no link of the name
	RuleOutputLinkMissing RuleStatus = C.VTEP_RULE_OUTPUT_LINK_MISSING
)

// Rule is which routing table a packet is looked up in (ip rule). Family is required; nil matches everything. One that was
// read can be passed back.
type Rule struct {
	Family      Family
	Priority    *uint32     // the lowest is tried first; nil: before those there are; always there when it was read
	Action      *RuleAction // nil: RuleLookup; always there when it was read
	Table       Table       // 0: none, for other actions and L3MDev
	Target      *uint32     // for RuleGoto: the priority it goes on with
	Source      netip.Prefix
	Destination netip.Prefix
	InputLink   string // the name of the link it came in by, "lo" for this host's own
	OutputLink  string // the name of the link its socket is bound to
	Invert      bool   // it matches what the rest does not
	L3MDev      bool   // it goes through a VRF, whose table is looked in
	TOS         uint8  // 0: any
	Origin      RouteOrigin

	Mark, MarkMask           *uint32
	DSCP, DSCPMask           *uint8  // six bits; since Linux 6.13, 6.15
	FlowLabel, FlowLabelMask *uint32 // IPv6; since Linux 6.14
	Protocol                 *uint8  // 6 TCP, 17 UDP, ...
	SourcePorts              *PortRange
	SourcePortMask           *uint16 // of a single port; since Linux 6.15
	DestinationPorts         *PortRange
	DestinationPortMask      *uint16
	Users                    *[2]uint32 // ids of users who send it, first to last
	TunnelID                 *uint64    // the VNI it came in under, or that of another tunnel
	SuppressPrefixLength     *uint32    // routes with prefixes no longer than that don't count
	SuppressGroup            *uint32    // routes over links of that group don't count
	Realms                   *uint32    // IPv4: source << 16 | destination, for traffic accounting
	Status                   RuleStatus // read only
}

func (rule *Rule) fill(out *C.vtep_rule, in *input) {
	var has bits
	*out = C.vtep_rule{
		size: C.sizeof_vtep_rule, family: C.uint8_t(rule.Family), table: C.uint32_t(rule.Table),
		source: in.prefix("Rule.Source", rule.Source), destination: in.prefix("Rule.Destination", rule.Destination),
		invert: flag(rule.Invert), l3mdev: flag(rule.L3MDev), tos: C.uint8_t(rule.TOS), origin: C.uint8_t(rule.Origin),
	}
	in.fixed("Rule.InputLink", rule.InputLink, out.input_link[:])
	in.fixed("Rule.OutputLink", rule.OutputLink, out.output_link[:])
	has.number(C.VTEP_RULE_HAS_PRIORITY, &out.priority, rule.Priority)
	has.number(C.VTEP_RULE_HAS_TARGET, &out.target, rule.Target)
	has.number(C.VTEP_RULE_HAS_MARK, &out.mark, rule.Mark)
	has.number(C.VTEP_RULE_HAS_MARK_MASK, &out.mark_mask, rule.MarkMask)
	has.number(C.VTEP_RULE_HAS_FLOW_LABEL, &out.flow_label, rule.FlowLabel)
	has.number(C.VTEP_RULE_HAS_FLOW_LABEL_MASK, &out.flow_label_mask, rule.FlowLabelMask)
	has.number(C.VTEP_RULE_HAS_SUPPRESS_PREFIX_LENGTH, &out.suppress_prefix_length, rule.SuppressPrefixLength)
	has.number(C.VTEP_RULE_HAS_SUPPRESS_GROUP, &out.suppress_group, rule.SuppressGroup)
	has.number(C.VTEP_RULE_HAS_REALMS, &out.realms, rule.Realms)
	rule.fillSmall(out, &has)
	out.has = C.uint32_t(has)
}

func (rule *Rule) fillSmall(out *C.vtep_rule, has *bits) {
	if has.set(C.VTEP_RULE_HAS_ACTION, rule.Action != nil) {
		out.action = C.uint8_t(*rule.Action)
	}
	if has.set(C.VTEP_RULE_HAS_DSCP, rule.DSCP != nil) {
		out.dscp = C.uint8_t(*rule.DSCP)
	}
	if has.set(C.VTEP_RULE_HAS_DSCP_MASK, rule.DSCPMask != nil) {
		out.dscp_mask = C.uint8_t(*rule.DSCPMask)
	}
	if has.set(C.VTEP_RULE_HAS_PROTOCOL, rule.Protocol != nil) {
		out.protocol = C.uint8_t(*rule.Protocol)
	}
	if has.set(C.VTEP_RULE_HAS_SOURCE_PORTS, rule.SourcePorts != nil) {
		out.source_port_first = C.uint16_t(rule.SourcePorts.First)
		out.source_port_last = C.uint16_t(rule.SourcePorts.Last)
	}
	if has.set(C.VTEP_RULE_HAS_SOURCE_PORT_MASK, rule.SourcePortMask != nil) {
		out.source_port_mask = C.uint16_t(*rule.SourcePortMask)
	}
	if has.set(C.VTEP_RULE_HAS_DESTINATION_PORTS, rule.DestinationPorts != nil) {
		out.destination_port_first = C.uint16_t(rule.DestinationPorts.First)
		out.destination_port_last = C.uint16_t(rule.DestinationPorts.Last)
	}
	if has.set(C.VTEP_RULE_HAS_DESTINATION_PORT_MASK, rule.DestinationPortMask != nil) {
		out.destination_port_mask = C.uint16_t(*rule.DestinationPortMask)
	}
	if has.set(C.VTEP_RULE_HAS_USERS, rule.Users != nil) {
		out.user_first, out.user_last = C.uint32_t(rule.Users[0]), C.uint32_t(rule.Users[1])
	}
	if has.set(C.VTEP_RULE_HAS_TUNNEL_ID, rule.TunnelID != nil) {
		out.tunnel_id = C.uint64_t(*rule.TunnelID)
	}
}

func (rule *Rule) read(c *C.vtep_rule) {
	has := func(bit C.uint32_t) bool { return c.has&bit != 0 }
	*rule = Rule{
		Family: Family(c.family), Table: Table(c.table), Source: goPrefix(&c.source), Destination: goPrefix(&c.destination),
		InputLink: C.GoString(&c.input_link[0]), OutputLink: C.GoString(&c.output_link[0]), Invert: c.invert != 0,
		L3MDev: c.l3mdev != 0, TOS: uint8(c.tos), Origin: RouteOrigin(c.origin), Status: RuleStatus(c.status),
		Priority:             optional(has(C.VTEP_RULE_HAS_PRIORITY), uint32(c.priority)),
		Action:               optional(has(C.VTEP_RULE_HAS_ACTION), RuleAction(c.action)),
		Target:               optional(has(C.VTEP_RULE_HAS_TARGET), uint32(c.target)),
		Mark:                 optional(has(C.VTEP_RULE_HAS_MARK), uint32(c.mark)),
		MarkMask:             optional(has(C.VTEP_RULE_HAS_MARK_MASK), uint32(c.mark_mask)),
		DSCP:                 optional(has(C.VTEP_RULE_HAS_DSCP), uint8(c.dscp)),
		DSCPMask:             optional(has(C.VTEP_RULE_HAS_DSCP_MASK), uint8(c.dscp_mask)),
		FlowLabel:            optional(has(C.VTEP_RULE_HAS_FLOW_LABEL), uint32(c.flow_label)),
		FlowLabelMask:        optional(has(C.VTEP_RULE_HAS_FLOW_LABEL_MASK), uint32(c.flow_label_mask)),
		Protocol:             optional(has(C.VTEP_RULE_HAS_PROTOCOL), uint8(c.protocol)),
		SourcePortMask:       optional(has(C.VTEP_RULE_HAS_SOURCE_PORT_MASK), uint16(c.source_port_mask)),
		DestinationPortMask:  optional(has(C.VTEP_RULE_HAS_DESTINATION_PORT_MASK), uint16(c.destination_port_mask)),
		Users:                optional(has(C.VTEP_RULE_HAS_USERS), [2]uint32{uint32(c.user_first), uint32(c.user_last)}),
		TunnelID:             optional(has(C.VTEP_RULE_HAS_TUNNEL_ID), uint64(c.tunnel_id)),
		SuppressPrefixLength: optional(has(C.VTEP_RULE_HAS_SUPPRESS_PREFIX_LENGTH), uint32(c.suppress_prefix_length)),
		SuppressGroup:        optional(has(C.VTEP_RULE_HAS_SUPPRESS_GROUP), uint32(c.suppress_group)),
		Realms:               optional(has(C.VTEP_RULE_HAS_REALMS), uint32(c.realms)),
		SourcePorts: optional(has(C.VTEP_RULE_HAS_SOURCE_PORTS),
			PortRange{First: uint16(c.source_port_first), Last: uint16(c.source_port_last)}),
		DestinationPorts: optional(has(C.VTEP_RULE_HAS_DESTINATION_PORTS),
			PortRange{First: uint16(c.destination_port_first), Last: uint16(c.destination_port_last)}),
	}
}

// Rules lists the rules of a family, or of both, in the order in which they are tried: ip rule.
func (host *Host) Rules(family Family) ([]Rule, error) {
	var list *C.vtep_rule_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_rules(handle, C.uint8_t(family), &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_rule_list_free(list)
	rules := make([]Rule, int(C.vtep_rule_list_count(list)))
	elements(len(rules), func(first, count C.uint32_t, run *C.vtep_rule) C.vtep_status {
		run.size = C.sizeof_vtep_rule
		return C.vtep_rule_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_rule) {
		rules[i].read(element)
	})
	return rules, nil
}

// AddRule adds a rule: ip rule add.
//
// Errors: [ErrExists] where there is one like it; [ErrInvalid], also where the kernel is too old for a field, which the
// error names; [ErrPermission].
func (host *Host) AddRule(rule Rule) error {
	return host.changeRule(&rule, func(handle *C.vtep_host, c *C.vtep_rule, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_rule_add(handle, c, err)
	})
}

// DeleteRule deletes the first rule that is like this one in all that is set: ip rule del.
//
// Errors: [ErrNotFound], [ErrPermission].
func (host *Host) DeleteRule(rule Rule) error {
	return host.changeRule(&rule, func(handle *C.vtep_host, c *C.vtep_rule, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_rule_delete(handle, c, err)
	})
}

func (host *Host) changeRule(rule *Rule, change func(*C.vtep_host, *C.vtep_rule, *C.vtep_error) C.vtep_status) error {
	var in input
	var c C.vtep_rule
	rule.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return change(handle, &c, err) })
}
