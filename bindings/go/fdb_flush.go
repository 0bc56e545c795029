package vtep

// #include <vtep.h>
import "C"

import "net/netip"

// FDBFilter says which entries to flush; the zero value: all of the link's own. A bridge's FDB knows VLAN, port link,
// state and flags (since Linux 5.19); a VXLAN device's own what is about remotes, state and flags (since 6.7).
type FDBFilter struct {
	Master        bool       // the table of the bridge that the link is a port of, not the link's own
	Destination   netip.Addr // the zero Addr: any
	VNI           *VNI       // nil: any, like the next three
	SourceVNI     *VNI
	Port          *uint16
	VLAN          *uint16
	PortLinkIndex int            // the port, where a bridge's own name is given; 0: any
	NextHopID     uint32         // 0: any
	FlagsMask     NeighbourFlags // which flags matter: ExtLearned, Offloaded, Router, Sticky, Use
	Flags         NeighbourFlags // and what they must be
	StateMask     NeighbourState // which states matter: Permanent, NoARP
	State         NeighbourState // and what they must be
}

func (filter *FDBFilter) fill(out *C.vtep_fdb_filter, in *input) {
	var has bits
	*out = C.vtep_fdb_filter{
		size:            C.sizeof_vtep_fdb_filter,
		master:          flag(filter.Master),
		destination:     in.ip("FDBFilter.Destination", filter.Destination),
		port_link_index: in.number("FDBFilter.PortLinkIndex", filter.PortLinkIndex),
		next_hop_id:     C.uint32_t(filter.NextHopID),
		flags:           C.uint32_t(filter.Flags), flags_mask: C.uint32_t(filter.FlagsMask),
		state: C.uint16_t(filter.State), state_mask: C.uint16_t(filter.StateMask),
	}
	if has.set(C.VTEP_FDB_FILTER_HAS_VNI, filter.VNI != nil) {
		out.vni = C.uint32_t(*filter.VNI)
	}
	if has.set(C.VTEP_FDB_FILTER_HAS_SOURCE_VNI, filter.SourceVNI != nil) {
		out.source_vni = C.uint32_t(*filter.SourceVNI)
	}
	if has.set(C.VTEP_FDB_FILTER_HAS_PORT, filter.Port != nil) {
		out.port = C.uint32_t(*filter.Port)
	}
	if has.set(C.VTEP_FDB_FILTER_HAS_VLAN, filter.VLAN != nil) {
		out.vlan = C.uint32_t(*filter.VLAN)
	}
	out.has = C.uint32_t(has)
}

// FlushFDB deletes all entries of a link that the filter matches, in one request: bridge fdb flush.
//
// Errors: [ErrNotFound] for the link; [ErrNotSupported] where the kernel or the device knows no flush; [ErrInvalid], also
// for a filter that the device doesn't know; [ErrPermission].
func (host *Host) FlushFDB(name string, filter FDBFilter) error {
	var in input
	var c C.vtep_fdb_filter
	filter.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb_flush(handle, name, &c, err)
	})
}
