package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"time"
)

// Bridge is what a bridge adds to its link (brctl show).
type Bridge struct {
	ID                BridgeID
	Root              BridgeID // of the root of the spanning tree
	STP               STP
	Priority          uint16
	ForwardDelay      time.Duration
	HelloTime         time.Duration
	MaximumAge        time.Duration
	AgeingTime        time.Duration // until a learnt FDB entry goes
	VLANFiltering     bool
	MulticastSnooping bool // IGMP and MLD snooping
}

func (bridge *Bridge) read(c *C.vtep_bridge) {
	*bridge = Bridge{
		ID:                goBridgeID(&c.bridge_id),
		Root:              goBridgeID(&c.root_id),
		STP:               STP(c.stp),
		Priority:          uint16(c.priority),
		ForwardDelay:      hundredths(c.forward_delay),
		HelloTime:         hundredths(c.hello_time),
		MaximumAge:        hundredths(c.maximum_age),
		AgeingTime:        hundredths(c.ageing_time),
		VLANFiltering:     c.vlan_filtering != 0,
		MulticastSnooping: c.multicast_snooping != 0,
	}
}

// BridgePort is what being a bridge port adds to a link (bridge -d link).
type BridgePort struct {
	State                PortState
	Cost                 uint32
	Priority             uint16
	Hairpin              bool // frames may leave by the port they came in by
	Learning             bool
	UnicastFlood         bool // unknown unicast is flooded to it
	MulticastFlood       bool
	BroadcastFlood       bool
	NeighbourSuppression bool // ARP and ND are answered from the neighbour table
	Isolated             bool // no traffic to other isolated ports
}

func (port *BridgePort) read(c *C.vtep_bridge_port) {
	*port = BridgePort{
		State:                PortState(c.state),
		Cost:                 uint32(c.cost),
		Priority:             uint16(c.priority),
		Hairpin:              c.hairpin != 0,
		Learning:             c.learning != 0,
		UnicastFlood:         c.unicast_flood != 0,
		MulticastFlood:       c.multicast_flood != 0,
		BroadcastFlood:       c.broadcast_flood != 0,
		NeighbourSuppression: c.neighbour_suppression != 0,
		Isolated:             c.isolated != 0,
	}
}

// BridgeOptions is a bridge to be made. Name is required.
type BridgeOptions struct {
	Name              string
	Up                bool             // set it up in the same request
	MAC               net.HardwareAddr // a unicast address; nil: the kernel makes one up
	MTU               *int             // 68...65535
	Priority          *uint16
	ForwardDelay      *time.Duration // hundredths of a second; 2 s to 30 s while the spanning tree runs
	AgeingTime        *time.Duration // hundredths of a second, until a learnt FDB entry goes
	STP               *bool          // the kernel runs the spanning tree; nil: false
	MulticastSnooping *bool          // IGMP and MLD snooping; nil: true
}

func (options *BridgeOptions) fill(out *C.vtep_bridge_options, in *input) {
	var has bits
	*out = C.vtep_bridge_options{
		size: C.sizeof_vtep_bridge_options, up: flag(options.Up),
		name: in.required("BridgeOptions.Name", options.Name),
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MAC, options.MAC != nil) {
		out.mac = in.mac("BridgeOptions.MAC", options.MAC)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MTU, options.MTU != nil) {
		out.mtu = in.number("BridgeOptions.MTU", *options.MTU)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_PRIORITY, options.Priority != nil) {
		out.priority = C.uint32_t(*options.Priority)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY, options.ForwardDelay != nil) {
		out.forward_delay = in.duration("BridgeOptions.ForwardDelay", *options.ForwardDelay, hundredth)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME, options.AgeingTime != nil) {
		out.ageing_time = in.duration("BridgeOptions.AgeingTime", *options.AgeingTime, hundredth)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_STP, options.STP != nil) {
		out.stp = flag(*options.STP)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_SNOOPING, options.MulticastSnooping != nil) {
		out.multicast_snooping = flag(*options.MulticastSnooping)
	}
	out.has = C.uint32_t(has)
}

// CreateBridge makes a bridge, in one request: ip link add NAME type bridge. It returns the link as the kernel then
// describes it.
//
// Errors: [ErrInvalid], [ErrExists] where the name is taken, saying by what, [ErrPermission].
func (host *Host) CreateBridge(options BridgeOptions) (Link, error) {
	var in input
	defer in.free()
	var c C.vtep_bridge_options
	options.fill(&c, &in)
	return host.create(&in, func(handle *C.vtep_host, out *C.vtep_link, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_create(handle, &c, out, err)
	})
}

// DeleteBridge deletes a bridge, and only that; its ports stay, without a master.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge, [ErrPermission].
func (host *Host) DeleteBridge(name string) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_delete(handle, name, err)
	})
}

// Bridge is what the bridge of that name adds to its link.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge.
func (host *Host) Bridge(name string) (Bridge, error) {
	var bridge Bridge
	c := C.vtep_bridge{size: C.sizeof_vtep_bridge}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_get(handle, name, &c, err)
	})
	if err == nil {
		bridge.read(&c)
	}
	return bridge, err
}

// BridgePort is what being a bridge port adds to the link of that name.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge port.
func (host *Host) BridgePort(name string) (BridgePort, error) {
	var port BridgePort
	c := C.vtep_bridge_port{size: C.sizeof_vtep_bridge_port}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_port_get(handle, name, &c, err)
	})
	if err == nil {
		port.read(&c)
	}
	return port, err
}

// BridgePorts lists the ports of a bridge: brctl show NAME.
//
// Errors: [ErrNotFound] for the bridge.
func (host *Host) BridgePorts(name string) ([]Link, error) {
	var list *C.vtep_link_list
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_ports(handle, name, &list, err)
	})
	if err != nil {
		return nil, err
	}
	return goLinks(list), nil
}
