package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
)

// Neighbour is an ARP or ND entry (ip neigh).
type Neighbour struct {
	LinkIndex int              // required: the link it is on
	Address   netip.Addr       // required
	MAC       net.HardwareAddr // nil: none; while it is unresolved
	State     *NeighbourState  // nil: NeighbourPermanent; always there when it was read
	Flags     NeighbourFlags   // usually 0
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
	out.has = C.uint32_t(has)
}

// neighbourValues are what the pointers and slices of a neighbour point to.
type neighbourValues struct {
	mac   [macLength]byte
	state NeighbourState
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
}

// Neighbours lists the neighbours of one link, or of all where name is empty: ip neigh.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) Neighbours(name string) ([]Neighbour, error) {
	var list *C.vtep_neighbour_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_neighbours(handle, name, &list, err)
	})
	if err != nil {
		return nil, err
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
	return neighbours, nil
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
