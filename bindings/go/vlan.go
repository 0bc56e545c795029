package vtep

// #include <vtep.h>
import "C"

import "net/netip"

// VNIRange is VNIs that a VXLAN device with a VNI filter carries alike (bridge vni).
type VNIRange struct {
	LinkIndex   int            // read only: the device
	First, Last VNI            // 0...MaxVNI
	Remote      netip.Addr     // the remote VTEP of each of them
	Group       netip.Addr     // or the multicast group; neither: the device's own destination
	Statistics  *VNIStatistics // read only, where they were asked for
}

// VNIStatistics counts what a VXLAN device carries of one VNI.
type VNIStatistics struct {
	RxBytes, RxPackets, RxDropped, RxErrors uint64
	TxBytes, TxPackets, TxDropped, TxErrors uint64
}

func (vnis *VNIRange) read(c *C.vtep_vni) {
	*vnis = VNIRange{
		LinkIndex: int(c.link_index), First: VNI(c.first), Last: VNI(c.last), Remote: goIP(&c.remote), Group: goIP(&c.group),
	}
	vnis.Statistics = optional(c.has&C.VTEP_VNI_HAS_STATISTICS != 0, VNIStatistics{
		RxBytes: uint64(c.rx_bytes), RxPackets: uint64(c.rx_packets), RxDropped: uint64(c.rx_dropped),
		RxErrors: uint64(c.rx_errors), TxBytes: uint64(c.tx_bytes), TxPackets: uint64(c.tx_packets),
		TxDropped: uint64(c.tx_dropped), TxErrors: uint64(c.tx_errors),
	})
}

// VNIs lists the VNIs that a device carries, in their order, or all devices where name is empty: bridge vni show. With
// statistics, each is counted and listed on its own.
//
// Errors: [ErrNotFound]; [ErrForeign] where the link is no VXLAN device with a VNI filter.
func (host *Host) VNIs(name string, statistics bool) ([]VNIRange, error) {
	var list *C.vtep_vni_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vnis(handle, name, flag(statistics), &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_vni_list_free(list)
	vnis := make([]VNIRange, int(C.vtep_vni_list_count(list)))
	elements(len(vnis), func(first, count C.uint32_t, run *C.vtep_vni) C.vtep_status {
		run.size = C.sizeof_vtep_vni
		return C.vtep_vni_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_vni) {
		vnis[i].read(element)
	})
	return vnis, nil
}

// AddVNIs has a device carry these VNIs, too: bridge vni add dev NAME vni FIRST-LAST. Where it carries some of them to the
// same destination already, that is no error.
//
// Errors: [ErrExists] for a VNI that it carries to another destination, with nothing changed, or that another device on
// that port carries; [ErrInvalid]; [ErrNotFound]; [ErrForeign] where the link is no VXLAN device with a VNI filter;
// [ErrPermission].
func (host *Host) AddVNIs(name string, vnis VNIRange) error {
	var in input
	defer in.free()
	c := C.vtep_vni{
		size: C.sizeof_vtep_vni, first: C.uint32_t(vnis.First), last: C.uint32_t(vnis.Last),
		remote: in.ip("VNIRange.Remote", vnis.Remote), group: in.ip("VNIRange.Group", vnis.Group),
	}
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vni_add(handle, name, &c, err)
	})
}

// DeleteVNIs has a device carry the VNIs from first to last no longer: bridge vni delete. Those that it doesn't carry are
// passed over.
//
// Errors: [ErrNotFound] for the link, or where it carries none of them; [ErrInvalid]; [ErrForeign]; [ErrPermission].
func (host *Host) DeleteVNIs(name string, first, last VNI) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vni_delete(handle, name, C.uint32_t(first), C.uint32_t(last), err)
	})
}

// VLANRange is VLANs of a bridge port, or of the bridge itself, that are alike (bridge vlan).
type VLANRange struct {
	LinkIndex   int             // the port or the bridge
	First, Last uint16          // 1...4094
	PVID        bool            // what comes in without a tag belongs to it; for a single VLAN
	Untagged    bool            // it leaves without a tag
	Options     VLANOptions     // as far as this kernel tells
	Statistics  *VLANStatistics // read only, where they were asked for
}

// VLANOptions is what VLANs of a link are set to besides. nil: left as it is or, in a listing, not told by this kernel.
type VLANOptions struct {
	State                *PortState       // whether it learns and forwards; while the kernel runs no spanning tree
	MulticastRouter      *MulticastRouter // while multicast is snooped per VLAN
	MaximumGroups        *uint32          // of a port: the most groups behind it; 0: no limit
	NeighbourSuppression *bool            // of a port with NeighbourVLANSuppression
}

// VLANStatistics counts what passes in one VLAN; all 0 while the bridge doesn't count.
type VLANStatistics struct {
	RxBytes, RxPackets, TxBytes, TxPackets uint64
}

func (vlans *VLANRange) read(c *C.vtep_vlan) {
	*vlans = VLANRange{
		LinkIndex: int(c.link_index), First: uint16(c.first), Last: uint16(c.last),
		PVID: c.flags&C.VTEP_VLAN_PVID != 0, Untagged: c.flags&C.VTEP_VLAN_UNTAGGED != 0,
	}
	vlans.Options = VLANOptions{
		State:                optional(c.has&C.VTEP_VLAN_HAS_STATE != 0, PortState(c.state)),
		MulticastRouter:      optional(c.has&C.VTEP_VLAN_HAS_MULTICAST_ROUTER != 0, MulticastRouter(c.multicast_router)),
		MaximumGroups:        optional(c.has&C.VTEP_VLAN_HAS_MAXIMUM_GROUPS != 0, uint32(c.maximum_groups)),
		NeighbourSuppression: optional(c.has&C.VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION != 0, c.neighbour_suppression != 0),
	}
	vlans.Statistics = optional(c.has&C.VTEP_VLAN_HAS_STATISTICS != 0, VLANStatistics{
		RxBytes: uint64(c.rx_bytes), RxPackets: uint64(c.rx_packets),
		TxBytes: uint64(c.tx_bytes), TxPackets: uint64(c.tx_packets),
	})
}

func (vlans *VLANRange) fill(in *input) C.vtep_vlan {
	c := C.vtep_vlan{
		size: C.sizeof_vtep_vlan, link_index: in.number("VLANRange.LinkIndex", vlans.LinkIndex),
		first: C.uint32_t(vlans.First), last: C.uint32_t(vlans.Last),
	}
	if vlans.PVID {
		c.flags |= C.VTEP_VLAN_PVID
	}
	if vlans.Untagged {
		c.flags |= C.VTEP_VLAN_UNTAGGED
	}
	vlans.Options.fill(&c)
	return c
}

func (options *VLANOptions) fill(out *C.vtep_vlan) {
	var has bits
	if has.set(C.VTEP_VLAN_HAS_STATE, options.State != nil) {
		out.state = C.uint32_t(*options.State)
	}
	if has.set(C.VTEP_VLAN_HAS_MULTICAST_ROUTER, options.MulticastRouter != nil) {
		out.multicast_router = C.uint32_t(*options.MulticastRouter)
	}
	if has.set(C.VTEP_VLAN_HAS_MAXIMUM_GROUPS, options.MaximumGroups != nil) {
		out.maximum_groups = C.uint32_t(*options.MaximumGroups)
	}
	if has.set(C.VTEP_VLAN_HAS_NEIGHBOUR_SUPPRESSION, options.NeighbourSuppression != nil) {
		out.neighbour_suppression = flag(*options.NeighbourSuppression)
	}
	out.has = C.uint32_t(has)
}

// VLANs lists the VLANs of one bridge or port, or of all where name is empty: bridge vlan show. With statistics, each is
// counted and listed on its own.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) VLANs(name string, statistics bool) ([]VLANRange, error) {
	var list *C.vtep_vlan_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlans(handle, name, flag(statistics), &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_vlan_list_free(list)
	vlans := make([]VLANRange, int(C.vtep_vlan_list_count(list)))
	elements(len(vlans), func(first, count C.uint32_t, run *C.vtep_vlan) C.vtep_status {
		run.size = C.sizeof_vtep_vlan
		return C.vtep_vlan_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_vlan) {
		vlans[i].read(element)
	})
	return vlans, nil
}

// AddVLANs adds VLANs to a port, or to a bridge itself: bridge vlan add dev NAME vid FIRST-LAST. Options are set once they
// are there, as by SetVLANs.
//
// Errors: [ErrInvalid]; [ErrNotFound]; [ErrForeign] where the link is neither a bridge nor a port; [ErrNotSupported] where
// this kernel filters no VLANs; [ErrPermission].
func (host *Host) AddVLANs(vlans VLANRange) error {
	return host.changeVLANs(&vlans, func(handle *C.vtep_host, c *C.vtep_vlan, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlan_add(handle, c, err)
	})
}

// SetVLANs sets the options of VLANs that a port, or a bridge itself, has: bridge vlan set dev NAME vid FIRST-LAST. PVID and
// Untagged have no meaning.
//
// Errors: those of AddVLANs; [ErrNotFound] also where it lacks one of them, with those below it changed; [ErrBusy] for a
// state while the kernel's spanning tree decides it.
func (host *Host) SetVLANs(vlans VLANRange) error {
	return host.changeVLANs(&vlans, func(handle *C.vtep_host, c *C.vtep_vlan, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlan_set(handle, c, err)
	})
}

// DeleteVLANs takes VLANs away: bridge vlan del dev NAME vid FIRST-LAST. PVID, Untagged and Options have no meaning.
//
// Errors: those of AddVLANs; [ErrNotFound] also for a single VLAN that the link lacks.
func (host *Host) DeleteVLANs(vlans VLANRange) error {
	return host.changeVLANs(&vlans, func(handle *C.vtep_host, c *C.vtep_vlan, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlan_delete(handle, c, err)
	})
}

func (host *Host) changeVLANs(
	vlans *VLANRange, change func(handle *C.vtep_host, c *C.vtep_vlan, err *C.vtep_error) C.vtep_status,
) error {
	var in input
	defer in.free()
	c := vlans.fill(&in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return change(handle, &c, err)
	})
}

// VLANTunnel is VLANs that are VNIs on the other side of a port: one external VXLAN device carries them all.
type VLANTunnel struct {
	LinkIndex   int    // the port
	First, Last uint16 // 1...4094
	FirstVNI    VNI    // of the first VLAN; the others follow one by one
}

func (tunnel *VLANTunnel) read(c *C.vtep_vlan_tunnel) {
	*tunnel = VLANTunnel{
		LinkIndex: int(c.link_index), First: uint16(c.first), Last: uint16(c.last), FirstVNI: VNI(c.first_vni),
	}
}

func (tunnel *VLANTunnel) fill(in *input) C.vtep_vlan_tunnel {
	return C.vtep_vlan_tunnel{
		size: C.sizeof_vtep_vlan_tunnel, link_index: in.number("VLANTunnel.LinkIndex", tunnel.LinkIndex),
		first: C.uint32_t(tunnel.First), last: C.uint32_t(tunnel.Last), first_vni: C.uint32_t(tunnel.FirstVNI),
	}
}

// VLANTunnels lists those of one port, or of all where name is empty: bridge vlan tunnelshow.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) VLANTunnels(name string) ([]VLANTunnel, error) {
	var list *C.vtep_vlan_tunnel_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlan_tunnels(handle, name, &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_vlan_tunnel_list_free(list)
	tunnels := make([]VLANTunnel, int(C.vtep_vlan_tunnel_list_count(list)))
	elements(len(tunnels), func(first, count C.uint32_t, run *C.vtep_vlan_tunnel) C.vtep_status {
		run.size = C.sizeof_vtep_vlan_tunnel
		return C.vtep_vlan_tunnel_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_vlan_tunnel) {
		tunnels[i].read(element)
	})
	return tunnels, nil
}

// AddVLANTunnel makes VLANs VNIs on the other side of a port. They have to be the port's, and its VLANTunnel on.
//
// Errors: [ErrInvalid]; [ErrNotFound]; [ErrForeign] where the link is no port; [ErrNotSupported] where this kernel filters
// no VLANs; [ErrPermission].
func (host *Host) AddVLANTunnel(tunnel VLANTunnel) error {
	var in input
	defer in.free()
	c := tunnel.fill(&in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlan_tunnel_add(handle, &c, err)
	})
}

// DeleteVLANTunnel takes VLANs from those that are VNIs on the other side of a port. FirstVNI has no meaning.
//
// Errors: those of AddVLANTunnel; [ErrNotFound] also where a VLAN is none of them.
func (host *Host) DeleteVLANTunnel(tunnel VLANTunnel) error {
	var in input
	defer in.free()
	c := tunnel.fill(&in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vlan_tunnel_delete(handle, &c, err)
	})
}
