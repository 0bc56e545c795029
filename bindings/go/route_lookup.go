package vtep

// #include <vtep.h>
import "C"

import "net/netip"

// RouteLookup is a packet, as rules and routing tables see it (ip route get). Destination is required; nil: nothing is
// said.
type RouteLookup struct {
	Destination     netip.Addr
	Source          netip.Addr
	InputLinkIndex  int // the link it came in by, to be forwarded; 0: this host sends it
	OutputLinkIndex int // the link it is bound to; 0: none
	TOS             uint8
	Mark            *uint32
	User            *uint32 // the user id of who sends it
	Protocol        *uint8  // 6 TCP, 17 UDP, 1 and 58 ICMP
	SourcePort      *uint16
	DestinationPort *uint16
	FlowLabel       *uint32 // IPv6: 20 bits; since Linux 6.14
	MatchTable      bool    // the route of the table that decides, not what becomes of this packet
}

func (lookup *RouteLookup) fill(out *C.vtep_route_lookup, in *input) {
	var has bits
	*out = C.vtep_route_lookup{
		size: C.sizeof_vtep_route_lookup, tos: C.uint8_t(lookup.TOS), match_table: flag(lookup.MatchTable),
		destination:       in.ip("RouteLookup.Destination", lookup.Destination),
		source:            in.ip("RouteLookup.Source", lookup.Source),
		input_link_index:  in.number("RouteLookup.InputLinkIndex", lookup.InputLinkIndex),
		output_link_index: in.number("RouteLookup.OutputLinkIndex", lookup.OutputLinkIndex),
	}
	has.number(C.VTEP_ROUTE_LOOKUP_HAS_MARK, &out.mark, lookup.Mark)
	has.number(C.VTEP_ROUTE_LOOKUP_HAS_USER, &out.user, lookup.User)
	has.number(C.VTEP_ROUTE_LOOKUP_HAS_FLOW_LABEL, &out.flow_label, lookup.FlowLabel)
	if has.set(C.VTEP_ROUTE_LOOKUP_HAS_PROTOCOL, lookup.Protocol != nil) {
		out.protocol = C.uint8_t(*lookup.Protocol)
	}
	if has.set(C.VTEP_ROUTE_LOOKUP_HAS_SOURCE_PORT, lookup.SourcePort != nil) {
		out.source_port = C.uint32_t(*lookup.SourcePort)
	}
	if has.set(C.VTEP_ROUTE_LOOKUP_HAS_DESTINATION_PORT, lookup.DestinationPort != nil) {
		out.destination_port = C.uint32_t(*lookup.DestinationPort)
	}
	out.has = C.uint32_t(has)
}

// FindRoute finds the way that a packet would take: ip route get. It is a host route to the destination, with the source
// address that would be chosen; or with MatchTable the route as it is in its table.
//
// Errors: syscall.ENETUNREACH or EHOSTUNREACH where no route leads there; [ErrNotFound] for a link; [ErrInvalid].
func (host *Host) FindRoute(lookup RouteLookup) (Route, error) {
	var in input
	var c C.vtep_route_lookup
	lookup.fill(&c, &in)
	if in.err != nil {
		return Route{}, in.err
	}
	var list *C.vtep_route_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_route_find(handle, &c, &list, err)
	})
	if err != nil {
		return Route{}, err
	}
	routes := goRoutes(list)
	if len(routes) != 1 {
		return Route{}, &Error{Status: ErrProtocol, AttributeOffset: -1, Message: "vtep: the kernel answers with no route"}
	}
	return routes[0], nil
}
