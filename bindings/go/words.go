package vtep

// #include <vtep.h>
import "C"

import "net"

// The words that ip, bridge, brctl and route print. What has no word comes out as "UNKNOWN" or as a number.

// word lets the library write a text of at most VTEP_WORD_TEXT_SIZE bytes.
func word(format func(text *C.char, capacity C.uint32_t) C.vtep_status) string {
	var text [C.VTEP_WORD_TEXT_SIZE]C.char
	if format(&text[0], C.uint32_t(len(text))) != C.VTEP_OK {
		return "UNKNOWN"
	}
	return C.GoString(&text[0])
}

// LinkFlags are those of a link (IFF_*); others than these may be set.
type LinkFlags uint32

const (
	LinkUp           LinkFlags = C.VTEP_LINK_UP // the administrator set it up
	LinkBroadcast    LinkFlags = C.VTEP_LINK_BROADCAST
	LinkLoopback     LinkFlags = C.VTEP_LINK_LOOPBACK
	LinkPointToPoint LinkFlags = C.VTEP_LINK_POINTOPOINT
	LinkRunning      LinkFlags = C.VTEP_LINK_RUNNING
	LinkNoARP        LinkFlags = C.VTEP_LINK_NOARP
	LinkPromiscuous  LinkFlags = C.VTEP_LINK_PROMISC
	LinkAllMulticast LinkFlags = C.VTEP_LINK_ALLMULTI
	LinkMulticast    LinkFlags = C.VTEP_LINK_MULTICAST
	LinkLowerUp      LinkFlags = C.VTEP_LINK_LOWER_UP
	LinkDormant      LinkFlags = C.VTEP_LINK_DORMANT
)

// OperState is an operational state (RFC 2863). An open set.
type OperState uint8

const (
	OperUnknown        OperState = C.VTEP_OPERSTATE_UNKNOWN
	OperNotPresent     OperState = C.VTEP_OPERSTATE_NOTPRESENT
	OperDown           OperState = C.VTEP_OPERSTATE_DOWN
	OperLowerLayerDown OperState = C.VTEP_OPERSTATE_LOWERLAYERDOWN
	OperTesting        OperState = C.VTEP_OPERSTATE_TESTING
	OperDormant        OperState = C.VTEP_OPERSTATE_DORMANT
	OperUp             OperState = C.VTEP_OPERSTATE_UP
)

// String is the word that ip link prints: "UP".
func (state OperState) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_operstate_format(C.uint8_t(state), text, capacity, nil)
	})
}

// PortState is the state of a bridge port (IEEE 802.1D). An open set.
type PortState uint8

const (
	PortDisabled   PortState = C.VTEP_PORT_DISABLED
	PortListening  PortState = C.VTEP_PORT_LISTENING
	PortLearning   PortState = C.VTEP_PORT_LEARNING
	PortForwarding PortState = C.VTEP_PORT_FORWARDING
	PortBlocking   PortState = C.VTEP_PORT_BLOCKING
)

// String is the word that bridge link prints: "forwarding".
func (state PortState) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_port_state_format(C.uint8_t(state), text, capacity, nil)
	})
}

// BridgeID identifies a bridge in the spanning tree (IEEE 802.1D).
type BridgeID struct {
	Priority uint16
	MAC      net.HardwareAddr
}

func goBridgeID(id *C.vtep_bridge_id) BridgeID {
	return BridgeID{Priority: uint16(id.priority), MAC: goMAC(&id.mac)}
}

// String is what brctl show prints: "8000.02421e76cdbe".
func (id BridgeID) String() string {
	var in input
	value := C.vtep_bridge_id{priority: C.uint16_t(id.Priority), mac: in.mac("MAC", id.MAC)}
	if in.err != nil {
		return "UNKNOWN"
	}
	var text [C.VTEP_BRIDGE_ID_TEXT_SIZE]C.char
	C.vtep_bridge_id_format(&value, &text[0], C.uint32_t(len(text)), nil)
	return C.GoString(&text[0])
}

// Scope is how far an address or a route reaches (RT_SCOPE_*). An open set.
type Scope uint8

const (
	ScopeGlobal  Scope = C.VTEP_SCOPE_GLOBAL
	ScopeSite    Scope = C.VTEP_SCOPE_SITE
	ScopeLink    Scope = C.VTEP_SCOPE_LINK
	ScopeHost    Scope = C.VTEP_SCOPE_HOST
	ScopeNowhere Scope = C.VTEP_SCOPE_NOWHERE
)

// String is the word that ip prints: "global".
func (scope Scope) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_scope_format(C.uint8_t(scope), text, capacity, nil)
	})
}

// Table is a routing table (RT_TABLE_*). An open set.
type Table uint32

const (
	TableAll     Table = C.VTEP_TABLE_ALL // all of them; only for listing
	TableDefault Table = C.VTEP_TABLE_DEFAULT
	TableMain    Table = C.VTEP_TABLE_MAIN
	TableLocal   Table = C.VTEP_TABLE_LOCAL
)

// String is the word that ip route prints: "main".
func (table Table) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_table_format(C.uint32_t(table), text, capacity, nil)
	})
}

// RouteType is a kind of route (RTN_*). An open set.
type RouteType uint8

const (
	RouteUnicast     RouteType = C.VTEP_ROUTE_UNICAST
	RouteLocal       RouteType = C.VTEP_ROUTE_LOCAL
	RouteBroadcast   RouteType = C.VTEP_ROUTE_BROADCAST
	RouteAnycast     RouteType = C.VTEP_ROUTE_ANYCAST
	RouteMulticast   RouteType = C.VTEP_ROUTE_MULTICAST
	RouteBlackhole   RouteType = C.VTEP_ROUTE_BLACKHOLE
	RouteUnreachable RouteType = C.VTEP_ROUTE_UNREACHABLE
	RouteProhibit    RouteType = C.VTEP_ROUTE_PROHIBIT
	RouteThrow       RouteType = C.VTEP_ROUTE_THROW // look on in the tables of the next rule
)

// String is the word that ip route prints: "unicast".
func (kind RouteType) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_route_type_format(C.uint8_t(kind), text, capacity, nil)
	})
}

// RouteOrigin is who made a route, a rule, a neighbour or a nexthop (RTPROT_*). An open set.
type RouteOrigin uint8

const (
	OriginUnspecified RouteOrigin = C.VTEP_ORIGIN_UNSPECIFIED
	OriginRedirect    RouteOrigin = C.VTEP_ORIGIN_REDIRECT
	OriginKernel      RouteOrigin = C.VTEP_ORIGIN_KERNEL
	OriginBoot        RouteOrigin = C.VTEP_ORIGIN_BOOT
	OriginStatic      RouteOrigin = C.VTEP_ORIGIN_STATIC
	OriginRA          RouteOrigin = C.VTEP_ORIGIN_RA
	OriginDHCP        RouteOrigin = C.VTEP_ORIGIN_DHCP
	OriginBGP         RouteOrigin = C.VTEP_ORIGIN_BGP
)

// String is the word that ip route prints: "kernel".
func (origin RouteOrigin) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_route_origin_format(C.uint8_t(origin), text, capacity, nil)
	})
}

// NeighbourState is the state of a neighbour or of an FDB entry (NUD_*): one bit or several.
type NeighbourState uint16

const (
	NeighbourIncomplete NeighbourState = C.VTEP_NEIGHBOUR_INCOMPLETE
	NeighbourReachable  NeighbourState = C.VTEP_NEIGHBOUR_REACHABLE // learnt: it ages
	NeighbourStale      NeighbourState = C.VTEP_NEIGHBOUR_STALE
	NeighbourDelay      NeighbourState = C.VTEP_NEIGHBOUR_DELAY
	NeighbourProbe      NeighbourState = C.VTEP_NEIGHBOUR_PROBE
	NeighbourFailed     NeighbourState = C.VTEP_NEIGHBOUR_FAILED
	NeighbourNoARP      NeighbourState = C.VTEP_NEIGHBOUR_NOARP // static
	NeighbourPermanent  NeighbourState = C.VTEP_NEIGHBOUR_PERMANENT
)

// String is the word that ip neigh prints: "permanent". Several are joined with commas.
func (state NeighbourState) String() string {
	return word(func(text *C.char, capacity C.uint32_t) C.vtep_status {
		return C.vtep_neighbour_state_format(C.uint16_t(state), text, capacity, nil)
	})
}

// NeighbourFlags are those of a neighbour or of an FDB entry (NTF_*; NTF_EXT_* from bit 16 on).
type NeighbourFlags uint32

const (
	NeighbourSelf       NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_SELF   // FDB: in the device's own table
	NeighbourMaster     NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_MASTER // FDB: in that of the bridge it is a port of
	NeighbourUse        NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_USE    // written: the kernel is to resolve it by itself
	NeighbourProxy      NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_PROXY  // this host answers for the address
	NeighbourExtLearned NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_EXT_LEARNED
	NeighbourOffloaded  NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_OFFLOADED
	NeighbourSticky     NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_STICKY // FDB: the address doesn't move to another port
	NeighbourRouter     NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_ROUTER
	NeighbourManaged    NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_MANAGED // the kernel keeps it resolved by itself
	NeighbourLocked     NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_LOCKED  // FDB: learnt on a locked port; forwards nothing

	// NeighbourExtValidated: learnt and validated elsewhere (since Linux 6.18).
	NeighbourExtValidated NeighbourFlags = C.VTEP_NEIGHBOUR_FLAG_EXT_VALIDATED
)

// FDBActivity is what a bridge tells about the use of an FDB entry.
type FDBActivity uint8

const (
	FDBNotify   FDBActivity = C.VTEP_FDB_ACTIVITY_NOTIFY   // it announces when the entry becomes inactive or active again
	FDBInactive FDBActivity = C.VTEP_FDB_ACTIVITY_INACTIVE // the entry is inactive
	FDBKeepAge  FDBActivity = C.VTEP_FDB_ACTIVITY_KEEP_AGE // written: the entry's age stays as it is
)

// STP is who runs the spanning tree of a bridge.
type STP uint32

const (
	STPOff    STP = C.VTEP_STP_OFF
	STPKernel STP = C.VTEP_STP_KERNEL
	STPUser   STP = C.VTEP_STP_USER
)
