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
	VNI                *VNI         // nil for an external device, whose VNI comes with each packet
	Remote             netip.Addr   // the remote VTEP, if it has one
	Group              netip.Addr   // or the multicast group
	Local              netip.Addr   // the source address of outer packets; the zero Addr: the kernel chooses
	DeviceIndex        int          // the underlay link it is bound to; 0: none
	DestinationPort    uint16       // the UDP port it listens on and sends to
	SourcePorts        *PortRange   // what flows are spread over; nil: the kernel's own range
	TTL                uint8        // of the outer header; 0: the kernel chooses (1 for a group)
	TTLInherit         bool         // the outer TTL copies the inner one
	TOS                uint8        // of the outer header; 1: inherit
	DF                 DontFragment // of the outer IPv4 header
	FlowLabel          uint32       // of the outer IPv6 header: 20 bits; 0: none
	FlowLabelPolicy    FlowLabelPolicy
	Ageing             time.Duration // until a learnt FDB entry goes
	MaximumEntries     uint32        // the most it learns; 0: no limit
	Learning           bool          // source addresses are learnt into the FDB
	Proxy              bool          // ARP and ND are answered from its neighbours
	RSC                bool          // route short circuit
	L2Miss             bool          // listeners are told of unknown MAC addresses
	L3Miss             bool          // and of unknown neighbours
	UDPChecksum        bool          // UDP checksums over IPv4
	UDP6ZeroChecksumTx bool          // zero UDP checksums over IPv6 are sent (RFC 6935)
	UDP6ZeroChecksumRx bool          // and accepted
	RemCsumTx          bool          // remote checksum offload, sending
	RemCsumRx          bool          // and receiving
	RemCsumNoPartial   bool          // without partial checksums
	GBP                bool          // Group Policy Option in the VXLAN header
	GPE                bool          // VXLAN-GPE
	External           bool          // collect-metadata mode
	VNIFilter          bool          // only VNIs of its filter table
	LocalBypass        bool          // what is for this host skips the underlay
	ReservedBits       *uint64       // which bits of the VXLAN header have to be 0, as one big-endian number; nil before Linux 6.14
}

// DontFragment is the "don't fragment" bit of outer IPv4 headers.
type DontFragment uint8

// What becomes of the bit.
const (
	DFUnset   DontFragment = C.VTEP_VXLAN_DF_UNSET
	DFSet     DontFragment = C.VTEP_VXLAN_DF_SET
	DFInherit DontFragment = C.VTEP_VXLAN_DF_INHERIT
)

// FlowLabelPolicy is where outer IPv6 flow labels come from.
type FlowLabelPolicy uint32

// Always the device's own, or the inner header's.
const (
	FlowLabelFixed   FlowLabelPolicy = C.VTEP_VXLAN_FLOW_LABEL_FIXED
	FlowLabelInherit FlowLabelPolicy = C.VTEP_VXLAN_FLOW_LABEL_INHERIT
)

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
		TTLInherit:         c.flags&C.VTEP_VXLAN_FLAG_TTL_INHERIT != 0,
		TOS:                uint8(c.tos),
		Ageing:             seconds(c.ageing),
		MaximumEntries:     uint32(c.maximum_entries),
		DF:                 DontFragment(c.df),
		FlowLabel:          uint32(c.flow_label),
		FlowLabelPolicy:    FlowLabelPolicy(c.flow_label_policy),
		Learning:           c.flags&C.VTEP_VXLAN_FLAG_LEARNING != 0,
		Proxy:              c.flags&C.VTEP_VXLAN_FLAG_PROXY != 0,
		RSC:                c.flags&C.VTEP_VXLAN_FLAG_RSC != 0,
		L2Miss:             c.flags&C.VTEP_VXLAN_FLAG_L2MISS != 0,
		L3Miss:             c.flags&C.VTEP_VXLAN_FLAG_L3MISS != 0,
		UDPChecksum:        c.flags&C.VTEP_VXLAN_FLAG_UDP_CHECKSUM != 0,
		UDP6ZeroChecksumTx: c.flags&C.VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX != 0,
		UDP6ZeroChecksumRx: c.flags&C.VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX != 0,
		RemCsumTx:          c.flags&C.VTEP_VXLAN_FLAG_REMCSUM_TX != 0,
		RemCsumRx:          c.flags&C.VTEP_VXLAN_FLAG_REMCSUM_RX != 0,
		RemCsumNoPartial:   c.flags&C.VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL != 0,
		GBP:                c.flags&C.VTEP_VXLAN_FLAG_GBP != 0,
		GPE:                c.flags&C.VTEP_VXLAN_FLAG_GPE != 0,
		External:           c.flags&C.VTEP_VXLAN_FLAG_EXTERNAL != 0,
		VNIFilter:          c.flags&C.VTEP_VXLAN_FLAG_VNI_FILTER != 0,
		LocalBypass:        c.flags&C.VTEP_VXLAN_FLAG_LOCAL_BYPASS != 0,
		ReservedBits:       optional(c.has&C.VTEP_VXLAN_HAS_RESERVED_BITS != 0, uint64(c.reserved_bits)),
	}
	vxlan.SourcePorts = optional(c.has&C.VTEP_VXLAN_HAS_SOURCE_PORTS != 0,
		PortRange{First: uint16(c.source_port_min), Last: uint16(c.source_port_max)})
}

// VXLANOptions is a VXLAN device to be made or changed. Name and, to make one that is not external, VNI are required. What
// is nil is the kernel's choice or, in a change, left as it is.
type VXLANOptions struct {
	Name               string           // 1 to 15 bytes without '/', ':', '%' or white space
	VNI                VNI              // 0...MaxVNI
	Device             string           // the underlay link; needed with a group or an IPv6 link-local remote
	Remote             netip.Addr       // the remote VTEP: a unicast address
	Group              netip.Addr       // or the multicast group that all VTEPs of the segment join
	Local              netip.Addr       // the source address of outer packets
	Master             string           // the bridge it becomes a port of
	Up                 bool             // set it up in the same request
	DestinationPort    *uint16          // nil: IANA's 4789, or 4790 with GPE
	SourcePorts        *PortRange       // nil: the kernel's
	TTL                *uint8           // of the outer header; 0: the kernel chooses
	TOS                *uint8           // of the outer header; 1: inherit
	Ageing             *time.Duration   // whole seconds, 1...2147483; nil: 300
	MTU                *int             // 68...65535, and at most the device's less 50 (IPv4) or 70 (IPv6)
	MAC                net.HardwareAddr // a unicast address; nil: the kernel makes one up
	DF                 *DontFragment    // nil: DFUnset
	FlowLabel          *uint32          // 0...1048575, over IPv6; nil: none
	FlowLabelPolicy    *FlowLabelPolicy // nil: FlowLabelFixed; Linux 6.7
	MaximumEntries     *uint32          // the most it learns; nil: no limit
	ReservedBits       *uint64          // see VXLAN; nil: those that no option uses; Linux 6.14
	Learning           *bool            // nil: true
	Proxy              *bool            // answer ARP and ND from its neighbours; nil: false, as all below but for two
	RSC                *bool            // route short circuit
	L2Miss             *bool            // tell listeners of unknown MAC addresses
	L3Miss             *bool            // and of unknown neighbours
	UDPChecksum        *bool            // over IPv4; nil: true
	UDP6ZeroChecksumTx *bool            // send zero UDP checksums over IPv6 (RFC 6935)
	UDP6ZeroChecksumRx *bool            // and accept them
	RemCsumTx          *bool            // remote checksum offload, sending
	RemCsumRx          *bool            // and receiving
	RemCsumNoPartial   *bool            // without partial checksums
	GBP                *bool            // Group Policy Option in the VXLAN header
	GPE                *bool            // VXLAN-GPE; with External, and Learning false
	TTLInherit         *bool            // the outer TTL copies the inner one
	External           *bool            // the VNI comes with each packet; VNI is 0 then
	VNIFilter          *bool            // only VNIs of its filter table; with External
	LocalBypass        *bool            // what is for this host skips the underlay; nil: true; Linux 6.5
	MulticastRouting   *bool            // route what goes to a group; the kernel doesn't tell; Linux 6.17
}

// switches are the truth values, each with its bit of flags and flags_mask.
func (options *VXLANOptions) switches() []flagValue {
	return []flagValue{
		{C.VTEP_VXLAN_FLAG_LEARNING, options.Learning},
		{C.VTEP_VXLAN_FLAG_PROXY, options.Proxy},
		{C.VTEP_VXLAN_FLAG_RSC, options.RSC},
		{C.VTEP_VXLAN_FLAG_L2MISS, options.L2Miss},
		{C.VTEP_VXLAN_FLAG_L3MISS, options.L3Miss},
		{C.VTEP_VXLAN_FLAG_UDP_CHECKSUM, options.UDPChecksum},
		{C.VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX, options.UDP6ZeroChecksumTx},
		{C.VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX, options.UDP6ZeroChecksumRx},
		{C.VTEP_VXLAN_FLAG_REMCSUM_TX, options.RemCsumTx},
		{C.VTEP_VXLAN_FLAG_REMCSUM_RX, options.RemCsumRx},
		{C.VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL, options.RemCsumNoPartial},
		{C.VTEP_VXLAN_FLAG_GBP, options.GBP},
		{C.VTEP_VXLAN_FLAG_GPE, options.GPE},
		{C.VTEP_VXLAN_FLAG_TTL_INHERIT, options.TTLInherit},
		{C.VTEP_VXLAN_FLAG_EXTERNAL, options.External},
		{C.VTEP_VXLAN_FLAG_VNI_FILTER, options.VNIFilter},
		{C.VTEP_VXLAN_FLAG_LOCAL_BYPASS, options.LocalBypass},
		{C.VTEP_VXLAN_FLAG_MULTICAST_ROUTING, options.MulticastRouting},
	}
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
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_DF, options.DF != nil) {
		out.df = C.uint32_t(*options.DF)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL, options.FlowLabel != nil) {
		out.flow_label = C.uint32_t(*options.FlowLabel)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_FLOW_LABEL_POLICY, options.FlowLabelPolicy != nil) {
		out.flow_label_policy = C.uint32_t(*options.FlowLabelPolicy)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_MAXIMUM_ENTRIES, options.MaximumEntries != nil) {
		out.maximum_entries = C.uint32_t(*options.MaximumEntries)
	}
	if has.set(C.VTEP_VXLAN_OPTIONS_HAS_RESERVED_BITS, options.ReservedBits != nil) {
		out.reserved_bits = C.uint64_t(*options.ReservedBits)
	}
	out.flags, out.flags_mask = flagWords(options.switches())
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

// ChangeVXLAN changes the VXLAN device of that name in place: ip link set NAME type vxlan. It returns the link as the
// kernel then describes it. What it has already is not sent, so that the options may name everything that the device
// should be; an unspecified Remote, Group or Local takes the address away. vni is the VNI it must have; nil: any.
// options.VNI has no meaning.
//
// Errors: [ErrNotSupported], naming each option that needs a new device, with nothing changed; [ErrInvalid], also for
// MTU, MAC, Master and Up, which have methods of their own; [ErrNotFound] for the link or the device; [ErrForeign] where
// the link is no VXLAN device; [ErrPermission].
func (host *Host) ChangeVXLAN(options VXLANOptions, vni *VNI) (Link, error) {
	var in input
	defer in.free()
	var c C.vtep_vxlan_options
	options.fill(&c, &in)
	c.vni = 0
	if vni != nil {
		c.has |= C.VTEP_VXLAN_OPTIONS_HAS_VNI
		c.vni = C.uint32_t(*vni)
	}
	return host.create(&in, func(handle *C.vtep_host, out *C.vtep_link, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_vxlan_change(handle, &c, out, err)
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
