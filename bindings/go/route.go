package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"net/netip"
	"unsafe"
)

// Family is a version of IP.
type Family uint8

const (
	AnyFamily Family = 0 // both
	IPv4      Family = 4
	IPv6      Family = 6
)

// Route is a route (ip route). One that was read can be passed back, unless it has what this struct lacks.
type Route struct {
	Destination     netip.Prefix // required; 0.0.0.0/0 or ::/0 is the default route
	Gateway         netip.Addr
	LinkIndex       int          // the link it leaves by; 0: none
	NextHops        []NextHop    // several ways; then there is neither Gateway nor LinkIndex
	PreferredSource netip.Addr   // the source address of this host's packets
	Metric          *uint32      // the lowest wins; nil: the kernel's, 0 for IPv4 and 1024 for IPv6
	Table           *Table       // nil: TableMain. Always there when it was read, like the next three
	Scope           *Scope       // nil: link where there is no gateway, otherwise global
	Type            *RouteType   // nil: RouteUnicast
	Origin          *RouteOrigin // nil: OriginBoot
	OnLink          bool         // the gateway is on the link even if no prefix says so
	LinkDown        bool         // the link is without carrier; read only
}

// NextHop is one of several.
type NextHop struct {
	LinkIndex int // 0: the kernel finds it by the gateway
	Gateway   netip.Addr
	Weight    uint16 // 1...256: how large its share is
}

// fill allocates memory of C's for the next hops; in frees it.
func (route *Route) fill(out *C.vtep_route, in *input) {
	var has bits
	*out = C.vtep_route{size: C.sizeof_vtep_route, on_link: flag(route.OnLink)}
	out.destination = in.prefix("Route.Destination", route.Destination)
	out.gateway = in.ip("Route.Gateway", route.Gateway)
	out.preferred_source = in.ip("Route.PreferredSource", route.PreferredSource)
	out.link_index = in.number("Route.LinkIndex", route.LinkIndex)
	if has.set(C.VTEP_ROUTE_HAS_METRIC, route.Metric != nil) {
		out.metric = C.uint32_t(*route.Metric)
	}
	if has.set(C.VTEP_ROUTE_HAS_TABLE, route.Table != nil) {
		out.table = C.uint32_t(*route.Table)
	}
	if has.set(C.VTEP_ROUTE_HAS_SCOPE, route.Scope != nil) {
		out.scope = C.uint8_t(*route.Scope)
	}
	if has.set(C.VTEP_ROUTE_HAS_TYPE, route.Type != nil) {
		out._type = C.uint8_t(*route.Type)
	}
	if has.set(C.VTEP_ROUTE_HAS_ORIGIN, route.Origin != nil) {
		out.origin = C.uint8_t(*route.Origin)
	}
	out.has = C.uint32_t(has)
	out.next_hops, out.next_hop_count = in.nextHops(route.NextHops)
}

func (in *input) nextHops(hops []NextHop) (*C.vtep_next_hop, C.uint32_t) {
	const most = 512 // the library's; an allocation must not depend on an absurd number
	if len(hops) == 0 {
		return nil, 0
	}
	if len(hops) > most {
		in.fail("Route.NextHops has %d, more than %d", len(hops), most)
		return nil, 0
	}
	memory := C.calloc(C.size_t(len(hops)), C.sizeof_vtep_next_hop)
	in.memory = append(in.memory, memory)
	out := unsafe.Slice((*C.vtep_next_hop)(memory), len(hops))
	for i, hop := range hops {
		out[i].link_index = in.number("NextHop.LinkIndex", hop.LinkIndex)
		out[i].weight = C.uint16_t(hop.Weight)
		out[i].gateway = in.ip("NextHop.Gateway", hop.Gateway)
	}
	return (*C.vtep_next_hop)(memory), C.uint32_t(len(hops))
}

// routeValues are what the pointers of a route point to.
type routeValues struct {
	metric uint32
	table  Table
	scope  Scope
	kind   RouteType
	origin RouteOrigin
}

func (route *Route) read(c *C.vtep_route, values *routeValues) {
	route.Destination = goPrefix(&c.destination)
	route.Gateway = goIP(&c.gateway)
	route.LinkIndex = int(c.link_index)
	route.PreferredSource = goIP(&c.preferred_source)
	route.Metric = keep(c.has&C.VTEP_ROUTE_HAS_METRIC, &values.metric, uint32(c.metric))
	route.Table = keep(c.has&C.VTEP_ROUTE_HAS_TABLE, &values.table, Table(c.table))
	route.Scope = keep(c.has&C.VTEP_ROUTE_HAS_SCOPE, &values.scope, Scope(c.scope))
	route.Type = keep(c.has&C.VTEP_ROUTE_HAS_TYPE, &values.kind, RouteType(c._type))
	route.Origin = keep(c.has&C.VTEP_ROUTE_HAS_ORIGIN, &values.origin, RouteOrigin(c.origin))
	route.OnLink = c.on_link != 0
	route.LinkDown = c.link_down != 0
	for _, hop := range unsafe.Slice(c.next_hops, int(c.next_hop_count)) {
		route.NextHops = append(route.NextHops, NextHop{
			LinkIndex: int(hop.link_index), Gateway: goIP(&hop.gateway), Weight: uint16(hop.weight),
		})
	}
}

// FlagLetters is the column "Flags" of route -n: U up, G gateway, H host route, ! rejected.
func (route *Route) FlagLetters() string {
	var in input
	defer in.free()
	var c C.vtep_route
	route.fill(&c, &in)
	if in.err != nil {
		return "UNKNOWN"
	}
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_route_flags_format(&c, text, capacity, nil)
	})
}

// Routes lists routes: TableMain is what ip route shows, TableAll is every table.
func (host *Host) Routes(family Family, table Table) ([]Route, error) {
	var list *C.vtep_route_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_routes(handle, C.uint8_t(family), C.uint32_t(table), &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_route_list_free(list)
	count := int(C.vtep_route_list_count(list))
	routes, values := make([]Route, count), make([]routeValues, count)
	elements(count, func(first, count C.uint32_t, run *C.vtep_route) C.vtep_status {
		run.size = C.sizeof_vtep_route
		return C.vtep_route_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_route) {
		routes[i].read(element, &values[i])
	})
	return routes, nil
}

// AddRoute adds a route: ip route add. It has a gateway or a link or both, or next hops, or a type that needs none of
// them (blackhole, unreachable, prohibit).
//
// Errors: [ErrExists] where there is one to that destination with that metric, [ErrInvalid], [ErrNotFound] for the link,
// [ErrPermission]; syscall.ENETUNREACH for a gateway that no link reaches, syscall.ENETDOWN for a link that is down.
func (host *Host) AddRoute(route Route) error {
	return host.changeRoute(&route, func(handle *C.vtep_host, c *C.vtep_route, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_route_add(handle, c, err)
	})
}

// ReplaceRoute adds a route, or puts it in place of the one with that destination and metric: ip route replace.
func (host *Host) ReplaceRoute(route Route) error {
	return host.changeRoute(&route, func(handle *C.vtep_host, c *C.vtep_route, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_route_replace(handle, c, err)
	})
}

// DeleteRoute deletes a route that matches what is set: ip route del.
//
// Errors: [ErrNotFound] where none does, [ErrPermission].
func (host *Host) DeleteRoute(route Route) error {
	return host.changeRoute(&route, func(handle *C.vtep_host, c *C.vtep_route, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_route_delete(handle, c, err)
	})
}

func (host *Host) changeRoute(
	route *Route, change func(*C.vtep_host, *C.vtep_route, *C.vtep_error) C.vtep_status,
) error {
	var in input
	defer in.free()
	var c C.vtep_route
	route.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return change(handle, &c, err) })
}
