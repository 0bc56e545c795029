package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"time"
)

// Neighbour is an ARP or ND entry (ip neigh).
type Neighbour struct {
	LinkIndex int              // required: the link it is on
	Address   netip.Addr       // required
	MAC       net.HardwareAddr // nil: none; while it is unresolved
	State     *NeighbourState  // nil: NeighbourPermanent; always there when it was read
	Flags     NeighbourFlags   // usually 0
	Origin    *RouteOrigin     // who made it; nil: unknown

	// What is only read; nil: unknown.

	Confirmed  *time.Duration // how long ago it was confirmed to be reachable
	Used       *time.Duration // how long ago a packet used it
	Updated    *time.Duration // how long ago it was made or changed
	References *uint32        // how many users within the kernel hold it
	Probes     uint32         // requests sent without an answer
}

func (neighbour *Neighbour) fill(out *C.vtep_neighbour, in *input) {
	var has bits
	*out = C.vtep_neighbour{size: C.sizeof_vtep_neighbour, flags: C.uint32_t(neighbour.Flags)}
	out.link_index = in.number("Neighbour.LinkIndex", neighbour.LinkIndex)
	out.address = in.ip("Neighbour.Address", neighbour.Address)
	if has.set(C.VTEP_NEIGHBOUR_HAS_MAC, neighbour.MAC != nil) {
		out.mac = in.mac("Neighbour.MAC", neighbour.MAC)
	}
	if has.set(C.VTEP_NEIGHBOUR_HAS_STATE, neighbour.State != nil) {
		out.state = C.uint16_t(*neighbour.State)
	}
	if has.set(C.VTEP_NEIGHBOUR_HAS_ORIGIN, neighbour.Origin != nil) {
		out.origin = C.uint8_t(*neighbour.Origin)
	}
	out.has = C.uint32_t(has)
}

// neighbourValues are what the pointers and slices of a neighbour point to.
type neighbourValues struct {
	confirmed, used, updated time.Duration
	references               uint32
	state                    NeighbourState
	origin                   RouteOrigin
	mac                      [macLength]byte
}

func (neighbour *Neighbour) read(c *C.vtep_neighbour, values *neighbourValues) {
	neighbour.LinkIndex = int(c.link_index)
	neighbour.Address = goIP(&c.address)
	if c.has&C.VTEP_NEIGHBOUR_HAS_MAC != 0 {
		values.mac = *macBytes(&c.mac)
		neighbour.MAC = values.mac[:]
	}
	neighbour.State = keep(c.has&C.VTEP_NEIGHBOUR_HAS_STATE, &values.state, NeighbourState(c.state))
	neighbour.Flags = NeighbourFlags(c.flags)
	neighbour.Origin = keep(c.has&C.VTEP_NEIGHBOUR_HAS_ORIGIN, &values.origin, RouteOrigin(c.origin))
	neighbour.Confirmed = keep(c.has&C.VTEP_NEIGHBOUR_HAS_AGES, &values.confirmed, hundredths(c.confirmed))
	neighbour.Used = keep(c.has&C.VTEP_NEIGHBOUR_HAS_AGES, &values.used, hundredths(c.used))
	neighbour.Updated = keep(c.has&C.VTEP_NEIGHBOUR_HAS_AGES, &values.updated, hundredths(c.updated))
	neighbour.References = keep(c.has&C.VTEP_NEIGHBOUR_HAS_AGES, &values.references, uint32(c.references))
	neighbour.Probes = uint32(c.probes)
}

// Neighbours lists the neighbours of one link, or of all where name is empty: ip neigh.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) Neighbours(name string) ([]Neighbour, error) {
	var list *C.vtep_neighbour_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_neighbours(handle, name, &list, err)
	})
	return goNeighbours(list), err
}

// ProxyNeighbours lists the addresses that this host answers for, on one link, or on all where name is empty: ip neigh
// show proxy. The kernel keeps them apart from the others.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) ProxyNeighbours(name string) ([]Neighbour, error) {
	var list *C.vtep_neighbour_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_proxy_neighbours(handle, name, &list, err)
	})
	return goNeighbours(list), err
}

// goNeighbours reads a list and ends it; nil where there is none.
func goNeighbours(list *C.vtep_neighbour_list) []Neighbour {
	if list == nil {
		return nil
	}
	defer C.vtep_neighbour_list_free(list)
	count := int(C.vtep_neighbour_list_count(list))
	neighbours, values := make([]Neighbour, count), make([]neighbourValues, count)
	elements(count, func(first, count C.uint32_t, run *C.vtep_neighbour) C.vtep_status {
		run.size = C.sizeof_vtep_neighbour
		return C.vtep_neighbour_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_neighbour) {
		neighbours[i].read(element, &values[i])
	})
	return neighbours
}

// Neighbour finds one entry: ip neigh get. key has LinkIndex and Address, and Flags for a proxy entry; the rest of it is
// ignored.
//
// Errors: [ErrNotFound].
func (host *Host) Neighbour(key Neighbour) (Neighbour, error) {
	var neighbour Neighbour
	out := C.vtep_neighbour{size: C.sizeof_vtep_neighbour}
	err := host.changeNeighbour(&key, func(handle *C.vtep_host, c *C.vtep_neighbour, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_neighbour_get(handle, c, &out, err)
	})
	if err == nil {
		neighbour.read(&out, new(neighbourValues))
	}
	return neighbour, err
}

// AddNeighbour adds an entry: ip neigh add.
//
// Errors: [ErrExists] where the link has one for that address, [ErrInvalid], [ErrNotFound] for the link,
// [ErrPermission].
func (host *Host) AddNeighbour(neighbour Neighbour) error {
	return host.changeNeighbour(&neighbour,
		func(handle *C.vtep_host, c *C.vtep_neighbour, err *C.vtep_error) C.vtep_status {
			return C.vtep_host_neighbour_add(handle, c, err)
		})
}

// ReplaceNeighbour adds an entry, or puts it in place of the one there is: ip neigh replace.
func (host *Host) ReplaceNeighbour(neighbour Neighbour) error {
	return host.changeNeighbour(&neighbour,
		func(handle *C.vtep_host, c *C.vtep_neighbour, err *C.vtep_error) C.vtep_status {
			return C.vtep_host_neighbour_replace(handle, c, err)
		})
}

// UpdateNeighbour puts an entry in place of the one there is: ip neigh change.
//
// Errors: [ErrNotFound] where there is none.
func (host *Host) UpdateNeighbour(neighbour Neighbour) error {
	return host.changeNeighbour(&neighbour,
		func(handle *C.vtep_host, c *C.vtep_neighbour, err *C.vtep_error) C.vtep_status {
			return C.vtep_host_neighbour_update(handle, c, err)
		})
}

// DeleteNeighbour deletes the entry for that address on that link: ip neigh del.
//
// Errors: [ErrNotFound], [ErrPermission].
func (host *Host) DeleteNeighbour(neighbour Neighbour) error {
	return host.changeNeighbour(&neighbour,
		func(handle *C.vtep_host, c *C.vtep_neighbour, err *C.vtep_error) C.vtep_status {
			return C.vtep_host_neighbour_delete(handle, c, err)
		})
}

func (host *Host) changeNeighbour(
	neighbour *Neighbour, change func(*C.vtep_host, *C.vtep_neighbour, *C.vtep_error) C.vtep_status,
) error {
	var in input
	var c C.vtep_neighbour
	neighbour.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return change(handle, &c, err) })
}

// NeighbourFilter says which neighbours to flush; the zero value: those that are neither permanent nor in need of no
// resolution.
type NeighbourFilter struct {
	States  *NeighbourState // entries in any of these; nil: all states but Permanent and NoARP
	Origin  *RouteOrigin    // nil: anybody's
	Family  Family          // AnyFamily: both
	Proxies bool            // proxy entries instead, which have no state
	Prefix  netip.Prefix    // only addresses within it; the zero Prefix: any
}

func (filter *NeighbourFilter) fill(out *C.vtep_neighbour_filter, in *input) {
	var has bits
	*out = C.vtep_neighbour_filter{
		size: C.sizeof_vtep_neighbour_filter, family: C.uint8_t(filter.Family), proxies: flag(filter.Proxies),
		prefix: in.prefix("NeighbourFilter.Prefix", filter.Prefix),
	}
	if has.set(C.VTEP_NEIGHBOUR_FILTER_HAS_STATES, filter.States != nil) {
		out.states = C.uint16_t(*filter.States)
	}
	if has.set(C.VTEP_NEIGHBOUR_FILTER_HAS_ORIGIN, filter.Origin != nil) {
		out.origin = C.uint8_t(*filter.Origin)
	}
	out.has = C.uint32_t(has)
}

// FlushNeighbours deletes the entries that a filter matches, on one link, or on all where name is empty, and returns how
// many: ip neigh flush. The kernel has no such request: they are listed and deleted in batches.
//
// Errors: [ErrNotFound] for the link, [ErrPermission].
func (host *Host) FlushNeighbours(name string, filter NeighbourFilter) (int, error) {
	var in input
	var c C.vtep_neighbour_filter
	filter.fill(&c, &in)
	if in.err != nil {
		return 0, in.err
	}
	var deleted C.uint32_t
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_neighbour_flush(handle, name, &c, &deleted, err)
	})
	return int(deleted), err
}
