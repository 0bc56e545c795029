package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"net/netip"
	"time"
	"unsafe"
)

// Nexthop is where to, kept once and named by its id in routes and FDB entries (ip nexthop). It is a gateway with its
// link, a link, a blackhole, the remote VTEP of FDB entries, or a group of others.
type Nexthop struct {
	ID            uint32 // written, 0: the kernel chooses
	LinkIndex     int    // 0: none
	Gateway       netip.Addr
	Members       []NexthopMember // of a group
	Buckets       uint16          // a resilient group keeps most flows where they are when a member comes or goes; 0: another one
	Encapsulation *Encapsulation
	Family        Family // written: of a blackhole or a link; 0: IPv4. Read: 0 for a group
	Blackhole     bool   // packets vanish
	FDB           bool   // for FDB entries: the gateway is a remote VTEP, or the group is of such
	Origin        RouteOrigin
	Flags         NextHopFlags
	HWStatistics  bool           // the hardware that forwards for the group counts, too
	IdleTimer     *time.Duration // a bucket idle this long may move; nil: 120 s
	Unbalanced    *time.Duration // until busy buckets move, too; nil: for ever

	// What is only read:

	Scope          Scope
	UnbalancedTime time.Duration // it has been unbalanced for
}

// NexthopMember is a nexthop in a group.
type NexthopMember struct {
	ID      uint32
	Weight  uint32 // 1...65536, and to 256 before Linux 6.12: how large its share is
	Packets uint64 // that it was chosen for, where statistics were asked for; read only
}

func (nexthop *Nexthop) fill(out *C.vtep_nexthop, in *input) {
	var has bits
	*out = C.vtep_nexthop{
		size: C.sizeof_vtep_nexthop, id: C.uint32_t(nexthop.ID), buckets: C.uint32_t(nexthop.Buckets),
		family: C.uint8_t(nexthop.Family), blackhole: flag(nexthop.Blackhole), fdb: flag(nexthop.FDB),
		origin: C.uint8_t(nexthop.Origin), flags: C.uint8_t(nexthop.Flags),
		hardware_statistics: flag(nexthop.HWStatistics), encapsulation: in.encapsulation(nexthop.Encapsulation),
		link_index: in.number("Nexthop.LinkIndex", nexthop.LinkIndex), gateway: in.ip("Nexthop.Gateway", nexthop.Gateway),
	}
	if has.set(C.VTEP_NEXTHOP_HAS_IDLE_TIMER, nexthop.IdleTimer != nil) {
		out.idle_timer = in.duration("Nexthop.IdleTimer", *nexthop.IdleTimer, hundredth)
	}
	if has.set(C.VTEP_NEXTHOP_HAS_UNBALANCED_TIMER, nexthop.Unbalanced != nil) {
		out.unbalanced_timer = in.duration("Nexthop.Unbalanced", *nexthop.Unbalanced, hundredth)
	}
	out.has = C.uint32_t(has)
	out.members, out.member_count = in.members(nexthop.Members)
}

func (in *input) members(members []NexthopMember) (*C.vtep_nexthop_member, C.uint32_t) {
	const most = 4096 // the library's
	if len(members) == 0 {
		return nil, 0
	}
	if len(members) > most {
		in.fail("Nexthop.Members has %d, more than %d", len(members), most)
		return nil, 0
	}
	memory := C.calloc(C.size_t(len(members)), C.sizeof_vtep_nexthop_member)
	in.memory = append(in.memory, memory)
	for i, member := range members {
		out := &unsafe.Slice((*C.vtep_nexthop_member)(memory), len(members))[i]
		out.id, out.weight = C.uint32_t(member.ID), C.uint32_t(member.Weight)
	}
	return (*C.vtep_nexthop_member)(memory), C.uint32_t(len(members))
}

func (nexthop *Nexthop) read(c *C.vtep_nexthop) {
	*nexthop = Nexthop{
		ID: uint32(c.id), LinkIndex: int(c.link_index), Gateway: goIP(&c.gateway), Buckets: uint16(c.buckets),
		Encapsulation: goEncapsulation(c.encapsulation), Family: Family(c.family), Blackhole: c.blackhole != 0,
		FDB: c.fdb != 0, Origin: RouteOrigin(c.origin), Flags: NextHopFlags(c.flags),
		HWStatistics:   c.hardware_statistics != 0,
		IdleTimer:      optional(c.has&C.VTEP_NEXTHOP_HAS_IDLE_TIMER != 0, hundredths(c.idle_timer)),
		Unbalanced:     optional(c.has&C.VTEP_NEXTHOP_HAS_UNBALANCED_TIMER != 0, hundredths(c.unbalanced_timer)),
		Scope:          Scope(c.scope),
		UnbalancedTime: time.Duration(c.unbalanced_time) * hundredth,
	}
	var members []C.vtep_nexthop_member = unsafe.Slice(c.members, int(c.member_count))
	for _, member := range members {
		nexthop.Members = append(nexthop.Members,
			NexthopMember{ID: uint32(member.id), Weight: uint32(member.weight), Packets: uint64(member.packets)})
	}
}

// NexthopFilter says which nexthop objects to list or flush; the zero value: all. Groups have neither link nor family.
type NexthopFilter struct {
	LinkIndex   int // over that link; 0: any
	MasterIndex int // over links of that bridge or VRF; 0: any
	Family      Family
	GroupsOnly  bool
	FDBOnly     bool // those for FDB entries only
}

func (filter *NexthopFilter) fill(out *C.vtep_nexthop_filter, in *input) {
	*out = C.vtep_nexthop_filter{
		size: C.sizeof_vtep_nexthop_filter, family: C.uint8_t(filter.Family), groups_only: flag(filter.GroupsOnly),
		fdb_only: flag(filter.FDBOnly), link_index: in.number("NexthopFilter.LinkIndex", filter.LinkIndex),
		master_index: in.number("NexthopFilter.MasterIndex", filter.MasterIndex),
	}
}

// Nexthops lists nexthop objects: ip nexthop.
func (host *Host) Nexthops(filter NexthopFilter) ([]Nexthop, error) {
	var in input
	var c C.vtep_nexthop_filter
	filter.fill(&c, &in)
	if in.err != nil {
		return nil, in.err
	}
	var list *C.vtep_nexthop_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthops(handle, &c, &list, err)
	})
	return goNexthops(list), err
}

// Nexthop finds the one of an id: ip nexthop get. With statistics there are also the packets of a group's members (since
// Linux 6.10).
//
// Errors: [ErrNotFound].
func (host *Host) Nexthop(id uint32, statistics bool) (Nexthop, error) {
	var list *C.vtep_nexthop_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthop_get(handle, C.uint32_t(id), flag(statistics), &list, err)
	})
	if err != nil {
		return Nexthop{}, err
	}
	found := goNexthops(list)
	if len(found) != 1 {
		return Nexthop{}, &Error{Status: ErrProtocol, AttributeOffset: -1, Message: "vtep: the kernel answers with no nexthop"}
	}
	return found[0], nil
}

// goNexthops reads a list and ends it; nil where there is none.
func goNexthops(list *C.vtep_nexthop_list) []Nexthop {
	if list == nil {
		return nil
	}
	defer C.vtep_nexthop_list_free(list)
	nexthops := make([]Nexthop, int(C.vtep_nexthop_list_count(list)))
	elements(len(nexthops), func(first, count C.uint32_t, run *C.vtep_nexthop) C.vtep_status {
		run.size = C.sizeof_vtep_nexthop
		return C.vtep_nexthop_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_nexthop) {
		nexthops[i].read(element)
	})
	return nexthops
}

// AddNexthop adds one, and returns the id it got: ip nexthop add.
//
// Errors: [ErrExists] where its id is taken; [ErrInvalid], also for a member that is not there; [ErrNotFound] for the
// link; [ErrPermission].
func (host *Host) AddNexthop(nexthop Nexthop) (uint32, error) {
	var in input
	defer in.free()
	var c C.vtep_nexthop
	nexthop.fill(&c, &in)
	if in.err != nil {
		return 0, in.err
	}
	var id C.uint32_t
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthop_add(handle, &c, &id, err)
	})
	return uint32(id), err
}

// ReplaceNexthop adds one, or puts it in place of the one with that id: ip nexthop replace. Routes, FDB entries and groups
// that name it follow at once.
func (host *Host) ReplaceNexthop(nexthop Nexthop) error {
	var in input
	defer in.free()
	var c C.vtep_nexthop
	nexthop.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthop_replace(handle, &c, err)
	})
}

// DeleteNexthop deletes one, and with it the routes and FDB entries that name it: ip nexthop del. Groups lose it as a
// member, and go with their last one.
//
// Errors: [ErrNotFound], [ErrPermission].
func (host *Host) DeleteNexthop(id uint32) error {
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthop_delete(handle, C.uint32_t(id), err)
	})
}

// FlushNexthops deletes those that a filter matches, and returns how many: ip nexthop flush.
func (host *Host) FlushNexthops(filter NexthopFilter) (int, error) {
	var in input
	var c C.vtep_nexthop_filter
	filter.fill(&c, &in)
	if in.err != nil {
		return 0, in.err
	}
	var deleted C.uint32_t
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthop_flush(handle, &c, &deleted, err)
	})
	return int(deleted), err
}

// NexthopBucket is one of the places that a resilient group spreads flows over.
type NexthopBucket struct {
	GroupID   uint32
	NexthopID uint32 // the member that has it
	Index     int    // from 0
	IdleTime  time.Duration
}

// NexthopBuckets lists the buckets of a resilient group, or of all where groupID is 0: ip nexthop bucket.
//
// Errors: [ErrNotFound].
func (host *Host) NexthopBuckets(groupID uint32) ([]NexthopBucket, error) {
	var list *C.vtep_nexthop_bucket_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_nexthop_buckets(handle, C.uint32_t(groupID), &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_nexthop_bucket_list_free(list)
	buckets := make([]NexthopBucket, int(C.vtep_nexthop_bucket_list_count(list)))
	elements(len(buckets), func(first, count C.uint32_t, run *C.vtep_nexthop_bucket) C.vtep_status {
		run.size = C.sizeof_vtep_nexthop_bucket
		return C.vtep_nexthop_bucket_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_nexthop_bucket) {
		buckets[i] = NexthopBucket{GroupID: uint32(element.group_id), NexthopID: uint32(element.nexthop_id),
			Index: int(element.index), IdleTime: time.Duration(element.idle_time) * hundredth}
	})
	return buckets, nil
}
