package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"net/netip"
	"time"
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
	OnLink          bool         // the gateway is on the link even if no prefix says so; of all next hops
	LinkDown        bool         // the link is without carrier; read only
	NextHopID       uint32       // the nexthop object that says where it leads, in place of the fields for that; 0: none
	TOS             uint8        // IPv4: only for packets of that type of service; 0: of any
	SourcePrefix    netip.Prefix // IPv6: only for packets from there
	Realms          uint32       // IPv4: source << 16 | destination, for traffic accounting; 0: none
	Preference      *Preference  // IPv6: among default routers; always there when it was read
	Expires         *time.Duration
	Encapsulation   *Encapsulation
	Metrics         *RouteMetrics
}

// Preference is that of an IPv6 default router (RFC 4191).
type Preference uint8

const (
	PreferenceMedium Preference = C.VTEP_PREFERENCE_MEDIUM
	PreferenceHigh   Preference = C.VTEP_PREFERENCE_HIGH
	PreferenceLow    Preference = C.VTEP_PREFERENCE_LOW
)

// NextHop is one of several.
type NextHop struct {
	LinkIndex int // 0: the kernel finds it by the gateway
	Gateway   netip.Addr
	Weight    uint16 // 1...256: how large its share is
	Flags     NextHopFlags
	Realms    uint32 // IPv4: as in Route

	Encapsulation *Encapsulation
}

// NextHopFlags are those of a next hop. Written, all but NextHopOnLink are ignored.
type NextHopFlags uint8

const (
	NextHopDead      NextHopFlags = C.VTEP_NEXT_HOP_DEAD   // its link is down
	NextHopOnLink    NextHopFlags = C.VTEP_NEXT_HOP_ONLINK // the gateway is on the link even if no prefix says so
	NextHopOffloaded NextHopFlags = C.VTEP_NEXT_HOP_OFFLOADED
	NextHopLinkDown  NextHopFlags = C.VTEP_NEXT_HOP_LINKDOWN // its link is without carrier
)

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
	if has.set(C.VTEP_ROUTE_HAS_PREFERENCE, route.Preference != nil) {
		out.preference = C.uint8_t(*route.Preference)
	}
	if has.set(C.VTEP_ROUTE_HAS_EXPIRES, route.Expires != nil) {
		out.expires = in.duration("Route.Expires", *route.Expires, time.Second)
	}
	out.has = C.uint32_t(has)
	out.next_hop_id, out.tos, out.realms = C.uint32_t(route.NextHopID), C.uint8_t(route.TOS), C.uint32_t(route.Realms)
	out.source_prefix = in.prefix("Route.SourcePrefix", route.SourcePrefix)
	out.encapsulation, out.metrics = in.encapsulation(route.Encapsulation), in.routeMetrics(route.Metrics)
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
		out[i].flags, out[i].realms = C.uint8_t(hop.Flags), C.uint32_t(hop.Realms)
		out[i].encapsulation = in.encapsulation(hop.Encapsulation)
	}
	return (*C.vtep_next_hop)(memory), C.uint32_t(len(hops))
}

// routeValues are what the pointers of a route point to.
type routeValues struct {
	metric     uint32
	table      Table
	scope      Scope
	kind       RouteType
	origin     RouteOrigin
	preference Preference
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
	route.NextHopID = uint32(c.next_hop_id)
	route.TOS = uint8(c.tos)
	route.SourcePrefix = goPrefix(&c.source_prefix)
	route.Realms = uint32(c.realms)
	route.Preference = keep(c.has&C.VTEP_ROUTE_HAS_PREFERENCE, &values.preference, Preference(c.preference))
	if c.has&C.VTEP_ROUTE_HAS_EXPIRES != 0 {
		route.Expires = Ptr(seconds(c.expires))
	}
	route.Encapsulation = goEncapsulation(c.encapsulation)
	route.Metrics = goRouteMetrics(c.metrics)
	for _, hop := range unsafe.Slice(c.next_hops, int(c.next_hop_count)) {
		route.NextHops = append(route.NextHops, NextHop{
			LinkIndex: int(hop.link_index), Gateway: goIP(&hop.gateway), Weight: uint16(hop.weight),
			Flags: NextHopFlags(hop.flags), Realms: uint32(hop.realms), Encapsulation: goEncapsulation(hop.encapsulation),
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
	return goRoutes(list), nil
}

// goRoutes reads a list and ends it.
func goRoutes(list *C.vtep_route_list) []Route {
	defer C.vtep_route_list_free(list)
	count := int(C.vtep_route_list_count(list))
	routes, values := make([]Route, count), make([]routeValues, count)
	elements(count, func(first, count C.uint32_t, run *C.vtep_route) C.vtep_status {
		run.size = C.sizeof_vtep_route
		return C.vtep_route_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_route) {
		routes[i].read(element, &values[i])
	})
	return routes
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

// AppendRoute adds a route beside those to the same destination: ip route append. An IPv6 one becomes a next hop of theirs;
// an IPv4 one comes after them, and is not used while they are there.
//
// Errors: those of [Host.AddRoute].
func (host *Host) AppendRoute(route Route) error {
	return host.changeRoute(&route, func(handle *C.vtep_host, c *C.vtep_route, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_route_append(handle, c, err)
	})
}

// UpdateRoute puts a route in place of the one with that destination and metric: ip route change.
//
// Errors: [ErrNotFound] where there is none.
func (host *Host) UpdateRoute(route Route) error {
	return host.changeRoute(&route, func(handle *C.vtep_host, c *C.vtep_route, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_route_update(handle, c, err)
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
