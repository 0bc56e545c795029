package vtep

// #include <vtep.h>
import "C"

import "net"

// Link is a network interface (ip -d link).
type Link struct {
	Index         int // the kernel's number, unique within the network namespace
	Name          string
	Kind          string // "vxlan", "bridge", "veth", ...; empty for a physical device
	Flags         LinkFlags
	MTU           int              // the largest packet in bytes, without the Ethernet header
	MinimumMTU    int              // the range the driver accepts
	MaximumMTU    int              // 0: it names no limit
	MAC           net.HardwareAddr // nil where the link-layer address has not six octets
	Broadcast     net.HardwareAddr
	OperState     OperState
	Qdisc         string // the root queueing discipline, such as "noqueue"
	TxQueueLength int    // packets
	Group         uint32 // 0 is "default"
	Promiscuity   int    // how many users hold it promiscuous
	HardwareType  uint16 // ARPHRD_*: 1 Ethernet, 772 loopback
	MasterIndex   int    // the bridge it is a port of; 0: none
	LowerIndex    int    // the link underneath, or a veth's peer; 0: none
	LowerNetNSID  *int   // the namespace LowerIndex counts in, if another one
	Alias         string // free text of the administrator
	VXLAN         *VXLAN // what its kind adds; nil where it is none
	Bridge        *Bridge
	BridgePort    *BridgePort     // what being a port of a bridge adds
	Statistics    *LinkStatistics // only in lists; for one link there is Host.LinkStatistics
}

// IsUp tells whether the administrator has set the link up.
func (link *Link) IsUp() bool {
	return link.Flags&LinkUp != 0
}

func (link *Link) read(c *C.vtep_link) {
	*link = Link{
		Index:         int(c.index),
		Name:          C.GoString(&c.name[0]),
		Kind:          C.GoString(&c.kind[0]),
		Flags:         LinkFlags(c.flags),
		MTU:           int(c.mtu),
		MinimumMTU:    int(c.minimum_mtu),
		MaximumMTU:    int(c.maximum_mtu),
		OperState:     OperState(c.operstate),
		Qdisc:         C.GoString(&c.qdisc[0]),
		TxQueueLength: int(c.tx_queue_length),
		Group:         uint32(c.group),
		Promiscuity:   int(c.promiscuity),
		HardwareType:  uint16(c.hardware_type),
		MasterIndex:   int(c.master_index),
		LowerIndex:    int(c.lower_index),
		LowerNetNSID:  optional(c.has&C.VTEP_LINK_HAS_LOWER_NETNSID != 0, int(c.lower_netnsid)),
		Alias:         C.GoString(&c.alias[0]),
	}
	if c.has&C.VTEP_LINK_HAS_MAC != 0 {
		link.MAC = goMAC(&c.mac)
	}
	if c.has&C.VTEP_LINK_HAS_BROADCAST != 0 {
		link.Broadcast = goMAC(&c.broadcast)
	}
}

// LinkStatistics are the counters of a link since it was made.
type LinkStatistics struct {
	RxPackets, TxPackets uint64
	RxBytes, TxBytes     uint64
	RxErrors, TxErrors   uint64
	RxDropped, TxDropped uint64
	Multicast            uint64 // multicast packets received
	Collisions           uint64
}

func (statistics *LinkStatistics) read(c *C.vtep_link_statistics) {
	*statistics = LinkStatistics{
		RxPackets: uint64(c.rx_packets), TxPackets: uint64(c.tx_packets),
		RxBytes: uint64(c.rx_bytes), TxBytes: uint64(c.tx_bytes),
		RxErrors: uint64(c.rx_errors), TxErrors: uint64(c.tx_errors),
		RxDropped: uint64(c.rx_dropped), TxDropped: uint64(c.tx_dropped),
		Multicast: uint64(c.multicast), Collisions: uint64(c.collisions),
	}
}

// Links lists all links, in the order of their indices.
func (host *Host) Links() ([]Link, error) {
	return host.links(nil)
}

// LinksOfKind lists the links of one kind: "vxlan", "bridge", "veth", ...; "" for physical devices.
func (host *Host) LinksOfKind(kind string) ([]Link, error) {
	var in input
	defer in.free()
	text := in.required("kind", kind)
	if in.err != nil {
		return nil, in.err
	}
	return host.links(text)
}

func (host *Host) links(kind *C.char) ([]Link, error) {
	var list *C.vtep_link_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_links(handle, kind, &list, err)
	})
	if err != nil {
		return nil, err
	}
	return goLinks(list), nil
}

// goLinks reads a list with all that it holds about each link, and ends it.
func goLinks(list *C.vtep_link_list) []Link {
	defer C.vtep_link_list_free(list)
	count := int(C.vtep_link_list_count(list))
	links, statistics := make([]Link, count), make([]LinkStatistics, count)
	elements(count, func(first, count C.uint32_t, run *C.vtep_link) C.vtep_status {
		run.size = C.sizeof_vtep_link
		return C.vtep_link_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_link) {
		links[i].read(element)
		links[i].Statistics = &statistics[i]
		readDetails(&links[i], list, C.uint32_t(i), element.has)
	})
	return links
}

func readDetails(link *Link, list *C.vtep_link_list, i C.uint32_t, has C.uint32_t) {
	statistics := C.vtep_link_statistics{size: C.sizeof_vtep_link_statistics}
	if C.vtep_link_list_statistics(list, i, &statistics, nil) == C.VTEP_OK {
		link.Statistics.read(&statistics)
	}
	if has&C.VTEP_LINK_HAS_VXLAN != 0 {
		c := C.vtep_vxlan{size: C.sizeof_vtep_vxlan}
		if C.vtep_link_list_vxlan(list, i, &c, nil) == C.VTEP_OK {
			link.VXLAN = new(VXLAN)
			link.VXLAN.read(&c)
		}
	}
	if has&C.VTEP_LINK_HAS_BRIDGE != 0 {
		c := C.vtep_bridge{size: C.sizeof_vtep_bridge}
		if C.vtep_link_list_bridge(list, i, &c, nil) == C.VTEP_OK {
			link.Bridge = new(Bridge)
			link.Bridge.read(&c)
		}
	}
	if has&C.VTEP_LINK_HAS_BRIDGE_PORT != 0 {
		c := C.vtep_bridge_port{size: C.sizeof_vtep_bridge_port}
		if C.vtep_link_list_bridge_port(list, i, &c, nil) == C.VTEP_OK {
			link.BridgePort = new(BridgePort)
			link.BridgePort.read(&c)
		}
	}
}

// Link is the link of that name.
//
// Errors: [ErrNotFound], and the error lists the names there are.
func (host *Host) Link(name string) (Link, error) {
	c := C.vtep_link{size: C.sizeof_vtep_link}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_get(handle, name, &c, err)
	})
	return host.described(&c, err)
}

// LinkByIndex is the link of that index.
//
// Errors: [ErrNotFound].
func (host *Host) LinkByIndex(index int) (Link, error) {
	var in input
	number := in.number("index", index)
	if in.err != nil {
		return Link{}, in.err
	}
	c := C.vtep_link{size: C.sizeof_vtep_link}
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_get_by_index(handle, number, &c, err)
	})
	return host.described(&c, err)
}

// create is what making a link of any kind has in common.
func (host *Host) create(
	in *input, create func(*C.vtep_host, *C.vtep_link, *C.vtep_error) C.vtep_status,
) (Link, error) {
	if in.err != nil {
		return Link{}, in.err
	}
	c := C.vtep_link{size: C.sizeof_vtep_link}
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return create(handle, &c, err) })
	return host.described(&c, err)
}

// described asks for what the link's kind and its bridge add. It stays nil for a link that changed in between.
func (host *Host) described(c *C.vtep_link, err error) (Link, error) {
	var link Link
	if err != nil {
		return link, err
	}
	link.read(c)
	if c.has&C.VTEP_LINK_HAS_VXLAN != 0 {
		if vxlan, err := host.VXLAN(link.Name); err == nil {
			link.VXLAN = &vxlan
		}
	}
	if c.has&C.VTEP_LINK_HAS_BRIDGE != 0 {
		if bridge, err := host.Bridge(link.Name); err == nil {
			link.Bridge = &bridge
		}
	}
	if c.has&C.VTEP_LINK_HAS_BRIDGE_PORT != 0 {
		if port, err := host.BridgePort(link.Name); err == nil {
			link.BridgePort = &port
		}
	}
	return link, nil
}

// LinkStatistics are the counters of the link of that name.
//
// Errors: [ErrNotFound].
func (host *Host) LinkStatistics(name string) (LinkStatistics, error) {
	var statistics LinkStatistics
	c := C.vtep_link_statistics{size: C.sizeof_vtep_link_statistics}
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_statistics(handle, name, &c, err)
	})
	if err == nil {
		statistics.read(&c)
	}
	return statistics, err
}
