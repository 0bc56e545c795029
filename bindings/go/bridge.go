package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"time"
)

// Bridge is what a bridge adds to its link (brctl show). nil: this kernel lacks it.
type Bridge struct {
	ID                             BridgeID
	Root                           BridgeID // of the root of the spanning tree
	STP                            STP
	Priority                       uint16
	ForwardDelay                   time.Duration
	HelloTime                      time.Duration
	MaximumAge                     time.Duration
	AgeingTime                     time.Duration    // until a learnt FDB entry goes
	GroupForwardMask               uint16           // which frames to 01:80:c2:00:00:0X are forwarded, bit X each
	GroupAddress                   net.HardwareAddr // where the spanning tree's frames go
	MaximumLearned                 *uint32          // the most FDB entries it learns; 0: no limit
	VLANProtocol                   *VLANProtocol
	DefaultPVID                    *uint16 // the VLAN that new ports get as theirs; 0: none
	MulticastRouter                MulticastRouter
	MulticastHashElasticity        uint32 // 16: the kernel has no other
	MulticastHashMaximum           uint32 // the most groups it knows
	MulticastLastMemberCount       uint32
	MulticastStartupQueryCount     uint32
	IGMPVersion                    uint8
	MLDVersion                     *uint8
	MulticastLastMemberInterval    time.Duration
	MulticastMembershipInterval    time.Duration
	MulticastQuerierInterval       time.Duration
	MulticastQueryInterval         time.Duration
	MulticastQueryResponseInterval time.Duration
	MulticastStartupQueryInterval  time.Duration
	NoLinkLocalLearning            bool // link-local frames are not learnt from
	VLANFiltering                  bool // it looks at VLAN tags
	VLANStatistics                 bool // it counts per VLAN
	VLANStatisticsPerPort          bool // and port
	MulticastVLANSnooping          bool // it snoops per VLAN
	MultipleSpanningTrees          bool // a spanning tree for each group of VLANs
	LocalEntriesInVLAN0            bool // entries for the bridge's own addresses in VLAN 0 only
	MulticastSnooping              bool // IGMP and MLD snooping
	MulticastQueryUsesAddress      bool // queries come from the bridge's address, not from 0.0.0.0
	MulticastQuerier               bool // it sends queries where nobody else does
	MulticastStatistics            bool // it counts IGMP and MLD packets
	OffloadFailureNotifications    bool // of group entries that hardware refused; Linux 6.16
	CallsIPTables                  bool // with br_netfilter
	CallsIP6Tables                 bool
	CallsARPTables                 bool
}

// VLANProtocol is which tags are VLAN tags: an EtherType.
type VLANProtocol uint16

// Customer tags and service tags.
const (
	VLANProtocol8021Q  VLANProtocol = C.VTEP_VLAN_PROTOCOL_8021Q
	VLANProtocol8021AD VLANProtocol = C.VTEP_VLAN_PROTOCOL_8021AD
)

// MulticastRouter is whether multicast routers are behind a port, or are the host.
type MulticastRouter uint8

// Never; where queries come from, the kernel's default; always; for a while, as if a query had come (of ports only).
const (
	MulticastRouterDisabled  MulticastRouter = C.VTEP_MULTICAST_ROUTER_DISABLED
	MulticastRouterLearned   MulticastRouter = C.VTEP_MULTICAST_ROUTER_LEARNED
	MulticastRouterPermanent MulticastRouter = C.VTEP_MULTICAST_ROUTER_PERMANENT
	MulticastRouterTemporary MulticastRouter = C.VTEP_MULTICAST_ROUTER_TEMPORARY
)

func (bridge *Bridge) read(c *C.vtep_bridge) {
	*bridge = Bridge{
		ID:                             goBridgeID(&c.bridge_id),
		Root:                           goBridgeID(&c.root_id),
		STP:                            STP(c.stp),
		Priority:                       uint16(c.priority),
		ForwardDelay:                   hundredths(c.forward_delay),
		HelloTime:                      hundredths(c.hello_time),
		MaximumAge:                     hundredths(c.maximum_age),
		AgeingTime:                     hundredths(c.ageing_time),
		GroupForwardMask:               uint16(c.group_forward_mask),
		GroupAddress:                   goMAC(&c.group_address),
		MaximumLearned:                 optional(c.has&C.VTEP_BRIDGE_HAS_MAXIMUM_LEARNED != 0, uint32(c.maximum_learned)),
		VLANProtocol:                   optional(c.has&C.VTEP_BRIDGE_HAS_VLAN_PROTOCOL != 0, VLANProtocol(c.vlan_protocol)),
		DefaultPVID:                    optional(c.has&C.VTEP_BRIDGE_HAS_DEFAULT_PVID != 0, uint16(c.default_pvid)),
		MulticastRouter:                MulticastRouter(c.multicast_router),
		MulticastHashElasticity:        uint32(c.multicast_hash_elasticity),
		IGMPVersion:                    uint8(c.igmp_version),
		MLDVersion:                     optional(c.has&C.VTEP_BRIDGE_HAS_MLD_VERSION != 0, uint8(c.mld_version)),
		MulticastHashMaximum:           uint32(c.multicast_hash_maximum),
		MulticastLastMemberCount:       uint32(c.multicast_last_member_count),
		MulticastStartupQueryCount:     uint32(c.multicast_startup_query_count),
		MulticastLastMemberInterval:    longHundredths(c.multicast_last_member_interval),
		MulticastMembershipInterval:    longHundredths(c.multicast_membership_interval),
		MulticastQuerierInterval:       longHundredths(c.multicast_querier_interval),
		MulticastQueryInterval:         longHundredths(c.multicast_query_interval),
		MulticastQueryResponseInterval: longHundredths(c.multicast_query_response_interval),
		MulticastStartupQueryInterval:  longHundredths(c.multicast_startup_query_interval),
		NoLinkLocalLearning:            c.flags&C.VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING != 0,
		VLANFiltering:                  c.flags&C.VTEP_BRIDGE_FLAG_VLAN_FILTERING != 0,
		VLANStatistics:                 c.flags&C.VTEP_BRIDGE_FLAG_VLAN_STATISTICS != 0,
		VLANStatisticsPerPort:          c.flags&C.VTEP_BRIDGE_FLAG_VLAN_STATISTICS_PER_PORT != 0,
		MulticastVLANSnooping:          c.flags&C.VTEP_BRIDGE_FLAG_MULTICAST_VLAN_SNOOPING != 0,
		MultipleSpanningTrees:          c.flags&C.VTEP_BRIDGE_FLAG_MULTIPLE_SPANNING_TREES != 0,
		LocalEntriesInVLAN0:            c.flags&C.VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0 != 0,
		MulticastSnooping:              c.flags&C.VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING != 0,
		MulticastQueryUsesAddress:      c.flags&C.VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS != 0,
		MulticastQuerier:               c.flags&C.VTEP_BRIDGE_FLAG_MULTICAST_QUERIER != 0,
		MulticastStatistics:            c.flags&C.VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS != 0,
		OffloadFailureNotifications:    c.flags&C.VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS != 0,
		CallsIPTables:                  c.flags&C.VTEP_BRIDGE_FLAG_CALLS_IPTABLES != 0,
		CallsIP6Tables:                 c.flags&C.VTEP_BRIDGE_FLAG_CALLS_IP6TABLES != 0,
		CallsARPTables:                 c.flags&C.VTEP_BRIDGE_FLAG_CALLS_ARPTABLES != 0,
	}
}

// BridgeStatus is what changes about a bridge by itself. Timers say how long until they fire, 0: not running.
type BridgeStatus struct {
	RootPort                  uint16 // the number of the port towards the root; 0: this is the root
	RootPathCost              uint32
	Learned                   *uint32 // how many FDB entries it has learnt; nil before Linux 6.7
	TopologyChange            bool
	TopologyChangeDetected    bool
	HelloTimer                time.Duration
	TopologyNotificationTimer time.Duration
	TopologyChangeTimer       time.Duration
	CollectionTimer           time.Duration  // until old FDB entries are looked for
	IGMPQuerier               netip.Addr     // who sends queries; the zero Addr: nobody
	IGMPQuerierPortIndex      int            // the port it is behind; 0: the bridge itself
	IGMPQuerierTimer          *time.Duration // until it counts as gone
	MLDQuerier                netip.Addr
	MLDQuerierPortIndex       int
	MLDQuerierTimer           *time.Duration
}

func (status *BridgeStatus) read(c *C.vtep_bridge_status) {
	*status = BridgeStatus{
		RootPort:                  uint16(c.root_port),
		RootPathCost:              uint32(c.root_path_cost),
		Learned:                   optional(c.has&C.VTEP_BRIDGE_STATUS_HAS_LEARNED != 0, uint32(c.learned)),
		TopologyChange:            c.topology_change != 0,
		TopologyChangeDetected:    c.topology_change_detected != 0,
		HelloTimer:                longHundredths(c.hello_timer),
		TopologyNotificationTimer: longHundredths(c.topology_notification_timer),
		TopologyChangeTimer:       longHundredths(c.topology_change_timer),
		CollectionTimer:           longHundredths(c.collection_timer),
		IGMPQuerier:               goIP(&c.igmp_querier),
		IGMPQuerierPortIndex:      int(c.igmp_querier_port_index),
		IGMPQuerierTimer: optional(c.has&C.VTEP_BRIDGE_STATUS_HAS_IGMP_QUERIER_TIMER != 0,
			longHundredths(c.igmp_querier_timer)),
		MLDQuerier:          goIP(&c.mld_querier),
		MLDQuerierPortIndex: int(c.mld_querier_port_index),
		MLDQuerierTimer: optional(c.has&C.VTEP_BRIDGE_STATUS_HAS_MLD_QUERIER_TIMER != 0,
			longHundredths(c.mld_querier_timer)),
	}
}

// BridgeOptions is a bridge to be made or changed. Name is required. What is nil is the kernel's choice or, in a change,
// left as it is. Times are whole hundredths of a second.
type BridgeOptions struct {
	Name                           string
	Up                             bool             // set it up in the same request
	MAC                            net.HardwareAddr // a unicast address; nil: the kernel makes one up
	MTU                            *int             // 68...65535
	Priority                       *uint16          // nil: 32768
	ForwardDelay                   *time.Duration   // 2 s to 30 s while the spanning tree runs; nil: 15 s
	HelloTime                      *time.Duration   // 1 s to 10 s; nil: 2 s
	MaximumAge                     *time.Duration   // 6 s to 40 s; nil: 20 s
	AgeingTime                     *time.Duration   // until a learnt FDB entry goes; 0: like a hub; nil: 300 s
	GroupForwardMask               *uint16          // see Bridge; without the bits 0, 1 and 2; nil: 0
	GroupAddress                   net.HardwareAddr // 01:80:c2:00:00:0X, X not 1, 2 or 3; nil: 01:80:c2:00:00:00
	MaximumLearned                 *uint32          // the most FDB entries it learns; nil: no limit; Linux 6.7
	VLANProtocol                   *VLANProtocol    // nil: VLANProtocol8021Q
	DefaultPVID                    *uint16          // 0...4094; 0: none; nil: 1
	MulticastRouter                *MulticastRouter // not MulticastRouterTemporary
	IGMPVersion                    *uint8           // 2 or 3; nil: 2
	MLDVersion                     *uint8           // 1 or 2; nil: 1
	MulticastHashMaximum           *uint32
	MulticastLastMemberCount       *uint32
	MulticastStartupQueryCount     *uint32
	MulticastLastMemberInterval    *time.Duration
	MulticastMembershipInterval    *time.Duration
	MulticastQuerierInterval       *time.Duration
	MulticastQueryInterval         *time.Duration
	MulticastQueryResponseInterval *time.Duration
	MulticastStartupQueryInterval  *time.Duration
	STP                            *bool // run the spanning tree; nil: false
	NoLinkLocalLearning            *bool // link-local frames are not learnt from
	VLANFiltering                  *bool // it looks at VLAN tags
	VLANStatistics                 *bool // it counts per VLAN
	VLANStatisticsPerPort          *bool // and port
	MulticastVLANSnooping          *bool // it snoops per VLAN
	MultipleSpanningTrees          *bool // a spanning tree for each group of VLANs
	LocalEntriesInVLAN0            *bool // entries for the bridge's own addresses in VLAN 0 only
	MulticastSnooping              *bool // IGMP and MLD snooping
	MulticastQueryUsesAddress      *bool // queries come from the bridge's address, not from 0.0.0.0
	MulticastQuerier               *bool // it sends queries where nobody else does
	MulticastStatistics            *bool // it counts IGMP and MLD packets
	OffloadFailureNotifications    *bool // of group entries that hardware refused; Linux 6.16
	CallsIPTables                  *bool // with br_netfilter
	CallsIP6Tables                 *bool
	CallsARPTables                 *bool
}

// switches are the truth values, each with its bit of flags and flags_mask.
func (options *BridgeOptions) switches() []flagValue {
	return []flagValue{
		{C.VTEP_BRIDGE_FLAG_STP, options.STP},
		{C.VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING, options.NoLinkLocalLearning},
		{C.VTEP_BRIDGE_FLAG_VLAN_FILTERING, options.VLANFiltering},
		{C.VTEP_BRIDGE_FLAG_VLAN_STATISTICS, options.VLANStatistics},
		{C.VTEP_BRIDGE_FLAG_VLAN_STATISTICS_PER_PORT, options.VLANStatisticsPerPort},
		{C.VTEP_BRIDGE_FLAG_MULTICAST_VLAN_SNOOPING, options.MulticastVLANSnooping},
		{C.VTEP_BRIDGE_FLAG_MULTIPLE_SPANNING_TREES, options.MultipleSpanningTrees},
		{C.VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0, options.LocalEntriesInVLAN0},
		{C.VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING, options.MulticastSnooping},
		{C.VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS, options.MulticastQueryUsesAddress},
		{C.VTEP_BRIDGE_FLAG_MULTICAST_QUERIER, options.MulticastQuerier},
		{C.VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS, options.MulticastStatistics},
		{C.VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS, options.OffloadFailureNotifications},
		{C.VTEP_BRIDGE_FLAG_CALLS_IPTABLES, options.CallsIPTables},
		{C.VTEP_BRIDGE_FLAG_CALLS_IP6TABLES, options.CallsIP6Tables},
		{C.VTEP_BRIDGE_FLAG_CALLS_ARPTABLES, options.CallsARPTables},
	}
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
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_GROUP_FORWARD_MASK, options.GroupForwardMask != nil) {
		out.group_forward_mask = C.uint32_t(*options.GroupForwardMask)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_GROUP_ADDRESS, options.GroupAddress != nil) {
		out.group_address = in.mac("BridgeOptions.GroupAddress", options.GroupAddress)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_LEARNED, options.MaximumLearned != nil) {
		out.maximum_learned = C.uint32_t(*options.MaximumLearned)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_VLAN_PROTOCOL, options.VLANProtocol != nil) {
		out.vlan_protocol = C.uint32_t(*options.VLANProtocol)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_DEFAULT_PVID, options.DefaultPVID != nil) {
		out.default_pvid = C.uint32_t(*options.DefaultPVID)
	}
	options.fillTimes(out, in, &has)
	options.fillMulticast(out, in, &has)
	out.flags, out.flags_mask = flagWords(options.switches())
	out.has = C.uint32_t(has)
}

func (options *BridgeOptions) fillTimes(out *C.vtep_bridge_options, in *input, has *bits) {
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_FORWARD_DELAY, options.ForwardDelay != nil) {
		out.forward_delay = in.duration("BridgeOptions.ForwardDelay", *options.ForwardDelay, hundredth)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_HELLO_TIME, options.HelloTime != nil) {
		out.hello_time = in.duration("BridgeOptions.HelloTime", *options.HelloTime, hundredth)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MAXIMUM_AGE, options.MaximumAge != nil) {
		out.maximum_age = in.duration("BridgeOptions.MaximumAge", *options.MaximumAge, hundredth)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_AGEING_TIME, options.AgeingTime != nil) {
		out.ageing_time = in.duration("BridgeOptions.AgeingTime", *options.AgeingTime, hundredth)
	}
}

func (options *BridgeOptions) fillMulticast(out *C.vtep_bridge_options, in *input, has *bits) {
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_ROUTER, options.MulticastRouter != nil) {
		out.multicast_router = C.uint32_t(*options.MulticastRouter)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_IGMP_VERSION, options.IGMPVersion != nil) {
		out.igmp_version = C.uint32_t(*options.IGMPVersion)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MLD_VERSION, options.MLDVersion != nil) {
		out.mld_version = C.uint32_t(*options.MLDVersion)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_HASH_MAXIMUM, options.MulticastHashMaximum != nil) {
		out.multicast_hash_maximum = C.uint32_t(*options.MulticastHashMaximum)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_COUNT, options.MulticastLastMemberCount != nil) {
		out.multicast_last_member_count = C.uint32_t(*options.MulticastLastMemberCount)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_COUNT, options.MulticastStartupQueryCount != nil) {
		out.multicast_startup_query_count = C.uint32_t(*options.MulticastStartupQueryCount)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_LAST_MEMBER_INTERVAL, options.MulticastLastMemberInterval != nil) {
		out.multicast_last_member_interval = in.longDuration("BridgeOptions.MulticastLastMemberInterval", *options.MulticastLastMemberInterval)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_MEMBERSHIP_INTERVAL, options.MulticastMembershipInterval != nil) {
		out.multicast_membership_interval = in.longDuration("BridgeOptions.MulticastMembershipInterval", *options.MulticastMembershipInterval)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERIER_INTERVAL, options.MulticastQuerierInterval != nil) {
		out.multicast_querier_interval = in.longDuration("BridgeOptions.MulticastQuerierInterval", *options.MulticastQuerierInterval)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_INTERVAL, options.MulticastQueryInterval != nil) {
		out.multicast_query_interval = in.longDuration("BridgeOptions.MulticastQueryInterval", *options.MulticastQueryInterval)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_QUERY_RESPONSE_INTERVAL, options.MulticastQueryResponseInterval != nil) {
		out.multicast_query_response_interval = in.longDuration("BridgeOptions.MulticastQueryResponseInterval", *options.MulticastQueryResponseInterval)
	}
	if has.set(C.VTEP_BRIDGE_OPTIONS_HAS_MULTICAST_STARTUP_QUERY_INTERVAL, options.MulticastStartupQueryInterval != nil) {
		out.multicast_startup_query_interval = in.longDuration("BridgeOptions.MulticastStartupQueryInterval", *options.MulticastStartupQueryInterval)
	}
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

// ChangeBridge changes the bridge of that name: ip link set NAME type bridge. It returns the link as the kernel then
// describes it.
//
// Errors: [ErrInvalid], also for MTU, MAC and Up, which have methods of their own; [ErrNotFound]; [ErrForeign] where the
// link is no bridge; [ErrNotSupported] for an option that this kernel lacks; [ErrPermission].
func (host *Host) ChangeBridge(options BridgeOptions) (Link, error) {
	var in input
	defer in.free()
	var c C.vtep_bridge_options
	options.fill(&c, &in)
	return host.create(&in, func(handle *C.vtep_host, out *C.vtep_link, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_change(handle, &c, out, err)
	})
}

// BridgeStatus is what changes about the bridge of that name by itself.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge.
func (host *Host) BridgeStatus(name string) (BridgeStatus, error) {
	var status BridgeStatus
	c := C.vtep_bridge_status{size: C.sizeof_vtep_bridge_status}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_status(handle, name, &c, err)
	})
	if err == nil {
		status.read(&c)
	}
	return status, err
}

// FlushBridge drops all FDB entries that a bridge has learnt.
//
// Errors: [ErrNotFound], [ErrForeign] where the link is no bridge, [ErrPermission].
func (host *Host) FlushBridge(name string) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_bridge_flush(handle, name, err)
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
