package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"time"
)

// VNI is a VXLAN network identifier: 0...MaxVNI (RFC 7348 section 5).
type VNI uint32

// MaxVNI is the largest that 24 bits hold.
const MaxVNI VNI = 1<<24 - 1

// VXLAN is what a VXLAN device adds to its link (ip -d link show type vxlan).
type VXLAN struct {
	VNI                *VNI          // nil for an external device, whose VNI comes with each packet
	Remote             netip.Addr    // the remote VTEP, if it has one
	Group              netip.Addr    // or the multicast group
	Local              netip.Addr    // the source address of outer packets; the zero Addr: the kernel chooses
	DeviceIndex        int           // the underlay link it is bound to; 0: none
	DestinationPort    uint16        // the UDP port it listens on and sends to
	SourcePorts        *PortRange    // what flows are spread over; nil: the kernel's own range
	TTL                uint8         // of the outer header; 0: the kernel chooses (1 for a group)
	TTLInherit         bool          // the outer TTL copies the inner one
	TOS                uint8         // of the outer header; 1: inherit
	Ageing             time.Duration // until a learnt FDB entry goes
	MaximumEntries     uint32        // the most it learns; 0: no limit
	Learning           bool          // source addresses are learnt into the FDB
	UDPChecksum        bool          // UDP checksums over IPv4
	UDP6ZeroChecksumTx bool          // zero UDP checksums over IPv6 are sent (RFC 6935)
	UDP6ZeroChecksumRx bool          // and accepted
	External           bool          // collect-metadata mode
}

// PortRange is a range of UDP ports: 1...65535, and First is not above Last.
type PortRange struct {
	First, Last uint16
}

func (vxlan *VXLAN) read(c *C.vtep_vxlan) {
	*vxlan = VXLAN{
		VNI:                optional(c.has&C.VTEP_VXLAN_HAS_VNI != 0, VNI(c.vni)),
		Remote:             goIP(&c.remote),
		Group:              goIP(&c.group),
		Local:              goIP(&c.local),
		DeviceIndex:        int(c.device_index),
		DestinationPort:    uint16(c.destination_port),
		TTL:                uint8(c.ttl),
		TTLInherit:         c.ttl_inherit != 0,
		TOS:                uint8(c.tos),
		Ageing:             seconds(c.ageing),
		MaximumEntries:     uint32(c.maximum_entries),
		Learning:           c.learning != 0,
		UDPChecksum:        c.udp_checksum != 0,
		UDP6ZeroChecksumTx: c.udp6_zero_checksum_tx != 0,
		UDP6ZeroChecksumRx: c.udp6_zero_checksum_rx != 0,
		External:           c.external != 0,
	}
	vxlan.SourcePorts = optional(c.has&C.VTEP_VXLAN_HAS_SOURCE_PORTS != 0,
		PortRange{First: uint16(c.source_port_min), Last: uint16(c.source_port_max)})
}

// VXLANOptions is a VXLAN device to be made. Name and VNI are required.
type VXLANOptions struct {
	Name               string           // 1 to 15 bytes without '/', ':', '%' or white space
	VNI                VNI              // 0...MaxVNI
	Device             string           // the underlay link; needed with a group or an IPv6 link-local remote
	Remote             netip.Addr       // the remote VTEP: a unicast address
	Group              netip.Addr       // or the multicast group that all VTEPs of the segment join
	Local              netip.Addr       // the source address of outer packets
	Master             string           // the bridge it becomes a port of
	Up                 bool             // set it up in the same request
	DestinationPort    *uint16          // nil: 4789, IANA's
	SourcePorts        *PortRange       // nil: the kernel's
	TTL                *uint8           // of the outer header; 0: the kernel chooses
	TOS                *uint8           // of the outer header; 1: inherit
	Ageing             *time.Duration   // whole seconds, 1...2147483; nil: 300
	MTU                *int             // 68...65535, and at most the device's less 50 (IPv4) or 70 (IPv6)
	MAC                net.HardwareAddr // a unicast address; nil: the kernel makes one up
	Learning           *bool            // nil: true
	UDPChecksum        *bool            // over IPv4; nil: true
	UDP6ZeroChecksumTx *bool            // nil: false
	UDP6ZeroChecksumRx *bool            // nil: false
}

func (options *VXLANOptions) fill(out *C.vtep_vxlan_options, in *input) {
	var has bits
	*out = C.vtep_vxlan_options{
		size: C.sizeof_vtep_vxlan_options, vni: C.uint32_t(options.VNI), up: flag(options.Up),
		name:   in.required("VXLANOptions.Name", options.Name),
		device: in.text("VXLANOptions.Device", options.Device),
		master: in.text("VXLANOptions.Master", options.Master),
		remote: in.ip("VXLANOptions.Remote", options.Remote),
		group:  in.ip("VXLANOptions.Group", options.Group),
		local:  in.ip("VXLANOptions.Local", options.Local),
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT, options.DestinationPort != nil) {
		out.destination_port = C.uint32_t(*options.DestinationPort)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_SOURCE_PORTS, options.SourcePorts != nil) {
		out.source_port_min = C.uint32_t(options.SourcePorts.First)
		out.source_port_max = C.uint32_t(options.SourcePorts.Last)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_TTL, options.TTL != nil) {
		out.ttl = C.uint32_t(*options.TTL)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_TOS, options.TOS != nil) {
		out.tos = C.uint32_t(*options.TOS)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_AGEING, options.Ageing != nil) {
		out.ageing = in.duration("VXLANOptions.Ageing", *options.Ageing, time.Second)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_MTU, options.MTU != nil) {
		out.mtu = in.number("VXLANOptions.MTU", *options.MTU)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_MAC, options.MAC != nil) {
		out.mac = in.mac("VXLANOptions.MAC", options.MAC)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_LEARNING, options.Learning != nil) {
		out.learning = flag(*options.Learning)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_UDP_CHECKSUM, options.UDPChecksum != nil) {
		out.udp_checksum = flag(*options.UDPChecksum)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_UDP6_ZERO_CHECKSUM_TX, options.UDP6ZeroChecksumTx != nil) {
		out.udp6_zero_checksum_tx = flag(*options.UDP6ZeroChecksumTx)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_UDP6_ZERO_CHECKSUM_RX, options.UDP6ZeroChecksumRx != nil) {
		out.udp6_zero_checksum_rx = flag(*options.UDP6ZeroChecksumRx)
	}
	out.has = C.uint32_t(has)
}

// CreateVXLAN makes a VXLAN device, with all of its options in one request: ip link add NAME type vxlan. It returns the
// link as the kernel then describes it. A device with neither remote nor group sends only where its FDB says; see
// [Host.AppendRemote].
//
// Errors: [ErrInvalid], saying which option and why; [ErrNotFound] for an unknown device or master; [ErrExists] where the
// name is taken, or the VNI on that port, naming the link that holds it; [ErrPermission].
func (host *Host) CreateVXLAN(options VXLANOptions) (Link, error) {
	var in input
	defer in.free()
	var c C.vtep_vxlan_options
	options.fill(&c, &in)
	return host.create(&in, func(handle *C.vtep_host, out *C.vtep_link, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vxlan_create(handle, &c, out, err)
	})
}

// DeleteVXLAN deletes a VXLAN device, and only that. vni is the VNI it must have; nil: any.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no VXLAN device or has another VNI, [ErrInvalid] for a VNI above
// MaxVNI, [ErrPermission].
func (host *Host) DeleteVXLAN(name string, vni *VNI) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		if vni == nil {
			return C.vtep_host_vxlan_delete(handle, name, nil, err)
		}
		number := C.uint32_t(*vni)
		return C.vtep_host_vxlan_delete(handle, name, &number, err)
	})
}

// VXLAN is what the VXLAN device of that name adds to its link.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no VXLAN device.
func (host *Host) VXLAN(name string) (VXLAN, error) {
	var vxlan VXLAN
	c := C.vtep_vxlan{size: C.sizeof_vtep_vxlan}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vxlan_get(handle, name, &c, err)
	})
	if err == nil {
		vxlan.read(&c)
	}
	return vxlan, err
}

// AppendRemote adds a remote: what the VXLAN device doesn't know (broadcast, unknown unicast, multicast) goes to each of
// them (head-end replication, RFC 7348 section 4.2). Adding one twice changes nothing.
//
// Errors: [ErrNotFound] for the link, [ErrInvalid] where it is no VXLAN device, [ErrPermission].
func (host *Host) AppendRemote(name string, remote netip.Addr) error {
	var in input
	address := in.ip("remote", remote)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_remote_append(handle, name, &address, err)
	})
}

// DeleteRemote takes a remote away, also the one the device was made with.
//
// Errors: [ErrNotFound] where it is none, and the error lists those there are; [ErrInvalid], [ErrPermission].
func (host *Host) DeleteRemote(name string, remote netip.Addr) error {
	var in input
	address := in.ip("remote", remote)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_remote_delete(handle, name, &address, err)
	})
}

// Remotes lists the remotes of a VXLAN device, the one or the group it was made with included.
func (host *Host) Remotes(name string) ([]netip.Addr, error) {
	var list *C.vtep_remote_list
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_remotes(handle, name, &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_remote_list_free(list)
	remotes := make([]netip.Addr, int(C.vtep_remote_list_count(list)))
	elements(len(remotes), func(first, count C.uint32_t, run *C.vtep_ip) C.vtep_status {
		return C.vtep_remote_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_ip) {
		remotes[i] = goIP(element)
	})
	return remotes, nil
}
