package vtep

// #include <vtep.h>
import "C"

import "time"

// BridgePort is what being a bridge port adds to a link (bridge -d link). nil: this kernel lacks it.
type BridgePort struct {
	State                    PortState
	Cost                     uint32
	Priority                 uint16
	MulticastRouter          MulticastRouter
	MaximumGroups            *uint32 // the most groups behind it; 0: no limit
	TrackedHostsLimit        *uint32 // the most hosts behind it that are tracked per group
	GroupForwardMask         uint16  // see Bridge
	BackupPortIndex          int     // the port that takes over while this one is down; 0: none
	BackupNexthopID          uint32  // goes along with what is redirected there; 0: none
	Hairpin                  bool    // frames may leave by the port they came in by
	BPDUGuard                bool    // a spanning tree's frame disables it
	RootBlock                bool    // it can't become the root port
	FastLeave                bool    // a group's only member here leaves it at once
	Learning                 bool    // source addresses are learnt into the FDB
	UnicastFlood             bool    // unknown unicast is flooded to it
	MulticastFlood           bool
	BroadcastFlood           bool
	ProxyARP                 bool // ARP is answered for what is behind other ports
	ProxyARPWiFi             bool // the same, and in no other way
	NeighbourSuppression     bool // ARP and ND are answered from the neighbour table, and none is sent to it
	NeighbourVLANSuppression bool // each VLAN says so for itself; Linux 6.4
	Isolated                 bool // no traffic to other isolated ports
	Locked                   bool // it takes frames only from addresses with an FDB entry here
	MAB                      bool // MAC authentication bypass; with Locked; Linux 6.2
	VLANTunnel               bool // VLANs become tunnel ids: for an external VXLAN device
	MulticastToUnicast       bool // multicast is sent as unicast to each member
}

func (port *BridgePort) read(c *C.vtep_bridge_port) {
	*port = BridgePort{
		State:                    PortState(c.state),
		Cost:                     uint32(c.cost),
		Priority:                 uint16(c.priority),
		MulticastRouter:          MulticastRouter(c.multicast_router),
		MaximumGroups:            optional(c.has&C.VTEP_BRIDGE_PORT_HAS_MAXIMUM_GROUPS != 0, uint32(c.maximum_groups)),
		TrackedHostsLimit:        optional(c.has&C.VTEP_BRIDGE_PORT_HAS_TRACKED_HOSTS_LIMIT != 0, uint32(c.tracked_hosts_limit)),
		GroupForwardMask:         uint16(c.group_forward_mask),
		BackupPortIndex:          int(c.backup_port_index),
		BackupNexthopID:          uint32(c.backup_nexthop_id),
		Hairpin:                  c.flags&C.VTEP_BRIDGE_PORT_FLAG_HAIRPIN != 0,
		BPDUGuard:                c.flags&C.VTEP_BRIDGE_PORT_FLAG_BPDU_GUARD != 0,
		RootBlock:                c.flags&C.VTEP_BRIDGE_PORT_FLAG_ROOT_BLOCK != 0,
		FastLeave:                c.flags&C.VTEP_BRIDGE_PORT_FLAG_FAST_LEAVE != 0,
		Learning:                 c.flags&C.VTEP_BRIDGE_PORT_FLAG_LEARNING != 0,
		UnicastFlood:             c.flags&C.VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD != 0,
		MulticastFlood:           c.flags&C.VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD != 0,
		BroadcastFlood:           c.flags&C.VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD != 0,
		ProxyARP:                 c.flags&C.VTEP_BRIDGE_PORT_FLAG_PROXY_ARP != 0,
		ProxyARPWiFi:             c.flags&C.VTEP_BRIDGE_PORT_FLAG_PROXY_ARP_WIFI != 0,
		NeighbourSuppression:     c.flags&C.VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION != 0,
		NeighbourVLANSuppression: c.flags&C.VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION != 0,
		Isolated:                 c.flags&C.VTEP_BRIDGE_PORT_FLAG_ISOLATED != 0,
		Locked:                   c.flags&C.VTEP_BRIDGE_PORT_FLAG_LOCKED != 0,
		MAB:                      c.flags&C.VTEP_BRIDGE_PORT_FLAG_MAB != 0,
		VLANTunnel:               c.flags&C.VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL != 0,
		MulticastToUnicast:       c.flags&C.VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST != 0,
	}
}

// BridgePortStatus is what changes about a bridge port by itself. Timers say how long until they fire.
type BridgePortStatus struct {
	PortID                     uint16 // priority and number
	Number                     uint16 // unique within the bridge
	DesignatedRoot             BridgeID
	DesignatedBridge           BridgeID
	DesignatedPort             uint16
	DesignatedCost             uint16
	Groups                     *uint32 // how many groups it knows behind it; nil before Linux 6.3
	TrackedHosts               *uint32 // how many hosts behind it are tracked
	TopologyChangeAcknowledged bool
	ConfigurationPending       bool
	RingOpen                   bool // media redundancy (IEC 62439-2): the ring has lost its continuity
	InterconnectionOpen        bool // and the interconnection
	MessageAgeTimer            time.Duration
	ForwardDelayTimer          time.Duration
	HoldTimer                  time.Duration
}

func (status *BridgePortStatus) read(c *C.vtep_bridge_port_status) {
	*status = BridgePortStatus{
		PortID:                     uint16(c.port_id),
		Number:                     uint16(c.number),
		DesignatedRoot:             goBridgeID(&c.designated_root),
		DesignatedBridge:           goBridgeID(&c.designated_bridge),
		DesignatedPort:             uint16(c.designated_port),
		DesignatedCost:             uint16(c.designated_cost),
		Groups:                     optional(c.has&C.VTEP_BRIDGE_PORT_STATUS_HAS_GROUPS != 0, uint32(c.groups)),
		TrackedHosts:               optional(c.has&C.VTEP_BRIDGE_PORT_STATUS_HAS_TRACKED_HOSTS != 0, uint32(c.tracked_hosts)),
		TopologyChangeAcknowledged: c.topology_change_acknowledged != 0,
		ConfigurationPending:       c.configuration_pending != 0,
		RingOpen:                   c.ring_open != 0,
		InterconnectionOpen:        c.interconnection_open != 0,
		MessageAgeTimer:            longHundredths(c.message_age_timer),
		ForwardDelayTimer:          longHundredths(c.forward_delay_timer),
		HoldTimer:                  longHundredths(c.hold_timer),
	}
}

// BridgePortOptions is what to change about a bridge port. Name is required; what is nil stays as it is.
type BridgePortOptions struct {
	Name                     string
	BackupPort               *string    // the port that takes over while this one is down; "": none
	State                    *PortState // only while the kernel runs no spanning tree
	Cost                     *uint32    // 1...65535
	Priority                 *uint16    // 0...63
	MulticastRouter          *MulticastRouter
	MaximumGroups            *uint32 // the most groups behind it; 0: no limit; Linux 6.3
	TrackedHostsLimit        *uint32 // the most hosts behind it that are tracked per group
	GroupForwardMask         *uint16 // see Bridge; without the bits 0, 1 and 2
	BackupNexthopID          *uint32 // an FDB nexthop group; 0: none; Linux 6.6
	Hairpin                  *bool   // frames may leave by the port they came in by
	BPDUGuard                *bool   // a spanning tree's frame disables it
	RootBlock                *bool   // it can't become the root port
	FastLeave                *bool   // a group's only member here leaves it at once
	Learning                 *bool   // source addresses are learnt into the FDB
	UnicastFlood             *bool   // unknown unicast is flooded to it
	MulticastFlood           *bool
	BroadcastFlood           *bool
	ProxyARP                 *bool // ARP is answered for what is behind other ports
	ProxyARPWiFi             *bool // the same, and in no other way
	NeighbourSuppression     *bool // ARP and ND are answered from the neighbour table, and none is sent to it
	NeighbourVLANSuppression *bool // each VLAN says so for itself; Linux 6.4
	Isolated                 *bool // no traffic to other isolated ports
	Locked                   *bool // it takes frames only from addresses with an FDB entry here
	MAB                      *bool // MAC authentication bypass; with Locked; Linux 6.2
	VLANTunnel               *bool // VLANs become tunnel ids: for an external VXLAN device
	MulticastToUnicast       *bool // multicast is sent as unicast to each member
}

// switches are the truth values, each with its bit of flags and flags_mask.
func (options *BridgePortOptions) switches() []flagValue {
	return []flagValue{
		{C.VTEP_BRIDGE_PORT_FLAG_HAIRPIN, options.Hairpin},
		{C.VTEP_BRIDGE_PORT_FLAG_BPDU_GUARD, options.BPDUGuard},
		{C.VTEP_BRIDGE_PORT_FLAG_ROOT_BLOCK, options.RootBlock},
		{C.VTEP_BRIDGE_PORT_FLAG_FAST_LEAVE, options.FastLeave},
		{C.VTEP_BRIDGE_PORT_FLAG_LEARNING, options.Learning},
		{C.VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD, options.UnicastFlood},
		{C.VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD, options.MulticastFlood},
		{C.VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD, options.BroadcastFlood},
		{C.VTEP_BRIDGE_PORT_FLAG_PROXY_ARP, options.ProxyARP},
		{C.VTEP_BRIDGE_PORT_FLAG_PROXY_ARP_WIFI, options.ProxyARPWiFi},
		{C.VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION, options.NeighbourSuppression},
		{C.VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION, options.NeighbourVLANSuppression},
		{C.VTEP_BRIDGE_PORT_FLAG_ISOLATED, options.Isolated},
		{C.VTEP_BRIDGE_PORT_FLAG_LOCKED, options.Locked},
		{C.VTEP_BRIDGE_PORT_FLAG_MAB, options.MAB},
		{C.VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL, options.VLANTunnel},
		{C.VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST, options.MulticastToUnicast},
	}
}

func (options *BridgePortOptions) fill(out *C.vtep_bridge_port_options, in *input) {
	var has bits
	*out = C.vtep_bridge_port_options{
		size: C.sizeof_vtep_bridge_port_options,
		name: in.required("BridgePortOptions.Name", options.Name),
	}
	if options.BackupPort != nil {
		out.backup_port = in.required("BridgePortOptions.BackupPort", *options.BackupPort)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_STATE, options.State != nil) {
		out.state = C.uint32_t(*options.State)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_COST, options.Cost != nil) {
		out.cost = C.uint32_t(*options.Cost)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_PRIORITY, options.Priority != nil) {
		out.priority = C.uint32_t(*options.Priority)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_MULTICAST_ROUTER, options.MulticastRouter != nil) {
		out.multicast_router = C.uint32_t(*options.MulticastRouter)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_MAXIMUM_GROUPS, options.MaximumGroups != nil) {
		out.maximum_groups = C.uint32_t(*options.MaximumGroups)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_TRACKED_HOSTS_LIMIT, options.TrackedHostsLimit != nil) {
		out.tracked_hosts_limit = C.uint32_t(*options.TrackedHostsLimit)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_GROUP_FORWARD_MASK, options.GroupForwardMask != nil) {
		out.group_forward_mask = C.uint32_t(*options.GroupForwardMask)
	}
	if has.set(C.VTEP_BRIDGE_PORT_OPTIONS_HAS_BACKUP_NEXTHOP_ID, options.BackupNexthopID != nil) {
		out.backup_nexthop_id = C.uint32_t(*options.BackupNexthopID)
	}
	out.flags, out.flags_mask = flagWords(options.switches())
	out.has = C.uint32_t(has)
}

// ChangeBridgePort changes the bridge port of that name: bridge link set dev NAME. It returns the link as the kernel then
// describes it.
//
// Errors: [ErrInvalid]; [ErrNotFound] for the link or the backup port; [ErrForeign] where the link is no bridge port;
// [ErrBusy] for a state while the kernel's spanning tree decides it; [ErrNotSupported] for an option that this kernel
// lacks; [ErrPermission].
func (host *Host) ChangeBridgePort(options BridgePortOptions) (Link, error) {
	var in input
	defer in.free()
	var c C.vtep_bridge_port_options
	options.fill(&c, &in)
	return host.create(&in, func(handle *C.vtep_host, out *C.vtep_link, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_port_change(handle, &c, out, err)
	})
}

// BridgePortStatus is what changes about the bridge port of that name by itself.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge port.
func (host *Host) BridgePortStatus(name string) (BridgePortStatus, error) {
	var status BridgePortStatus
	c := C.vtep_bridge_port_status{size: C.sizeof_vtep_bridge_port_status}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_port_status(handle, name, &c, err)
	})
	if err == nil {
		status.read(&c)
	}
	return status, err
}

// FlushBridgePort drops all FDB entries that were learnt at a port.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge port, [ErrPermission].
func (host *Host) FlushBridgePort(name string) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_port_flush(handle, name, err)
	})
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
