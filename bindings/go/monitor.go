package vtep

// #include <vtep.h>
import "C"

import (
	"context"
	"runtime"
	"sync"
)

// Objects are what events are about, one bit each.
type Objects uint32

const (
	ObjectLink      Objects = C.VTEP_OBJECT_LINK
	ObjectAddress   Objects = C.VTEP_OBJECT_ADDRESS
	ObjectRoute     Objects = C.VTEP_OBJECT_ROUTE
	ObjectNeighbour Objects = C.VTEP_OBJECT_NEIGHBOUR
	ObjectFDB       Objects = C.VTEP_OBJECT_FDB
	ObjectNextHop   Objects = C.VTEP_OBJECT_NEXT_HOP
	ObjectRule      Objects = C.VTEP_OBJECT_RULE

	ObjectVNI        Objects = C.VTEP_OBJECT_VNI         // of VNI filters, one by one
	ObjectVLAN       Objects = C.VTEP_OBJECT_VLAN        // of bridges and ports, one by one
	ObjectVLANTunnel Objects = C.VTEP_OBJECT_VLAN_TUNNEL // VLANs of ports that are VNIs, one by one
)

// EventKind is what an event says. An open set.
type EventKind uint32

const (
	EventNone         EventKind = C.VTEP_EVENT_NONE         // nothing happened; Monitor.Next never returns it
	EventAdded        EventKind = C.VTEP_EVENT_ADDED        // the object is new
	EventChanged      EventKind = C.VTEP_EVENT_CHANGED      // it took the place of what it was before
	EventRemoved      EventKind = C.VTEP_EVENT_REMOVED      // it is gone; this is what was last known of it
	EventSynchronised EventKind = C.VTEP_EVENT_SYNCHRONISED // what was told until now is the whole truth
)

// String is one word: "added".
func (kind EventKind) String() string {
	switch kind {
	case EventNone:
		return "none"
	case EventAdded:
		return "added"
	case EventChanged:
		return "changed"
	case EventRemoved:
		return "removed"
	case EventSynchronised:
		return "synchronised"
	}
	return "unknown"
}

// Event is one change of a table. An EventSynchronised, after the snapshot and after each flood that was made good, is
// about no object.
type Event struct {
	Kind   EventKind
	Table  Objects // which table changed: one bit
	Object any     // a *Link, *Address, *Route, *Neighbour, *FDBEntry, *Nexthop, *Rule, *VNIRange, *VLANRange or *VLANTunnel
	Before any     // what it was before an EventChanged
}

// MonitorOptions say what to watch, and where. The zero value: everything, in the calling thread's namespace, without a
// snapshot. At most one of NamespacePath, NamespaceFD and NamespacePID says otherwise.
type MonitorOptions struct {
	Objects       Objects // 0: all
	Snapshot      bool    // first tell all there is, as added, then EventSynchronised
	BufferSize    int     // bytes of notifications that wait in the kernel, 4096...1073741824; 0: 8 MiB
	NamespacePath string  // as in OpenPath
	NamespaceFD   *int    // as in OpenFD
	NamespacePID  *int    // as in OpenPID
}

func (options *MonitorOptions) fill(out *C.vtep_monitor_options, in *input) {
	var has bits
	*out = C.vtep_monitor_options{
		size: C.sizeof_vtep_monitor_options, objects: C.uint32_t(options.Objects), snapshot: flag(options.Snapshot),
		buffer_size: in.number("MonitorOptions.BufferSize", options.BufferSize),
		netns_path:  in.text("MonitorOptions.NamespacePath", options.NamespacePath),
	}
	if has.set(C.VTEP_MONITOR_HAS_NETNS_FD, options.NamespaceFD != nil) {
		out.netns_fd = in.signed("MonitorOptions.NamespaceFD", *options.NamespaceFD)
	}
	if has.set(C.VTEP_MONITOR_HAS_NETNS_PID, options.NamespacePID != nil) {
		out.netns_pid = in.signed("MonitorOptions.NamespacePID", *options.NamespacePID)
	}
	out.has = C.uint32_t(has)
}

// Monitor tells what changes in the tables of a network namespace. Whoever applies its events, in order, to tables of
// their own, has the kernel's tables: also after a flood of changes that made the kernel drop notifications, when the
// monitor reads the tables anew and tells the difference. A slow reader costs no memory.
//
// What the kernel does not announce is no part of it: counters, states of neighbours that come and go by themselves, ages.
// No privilege is needed. It is an [io.Closer]; one that is forgotten is closed when it is collected.
type Monitor struct {
	turn   chan struct{} // holds one token, which who asks for the next event has
	wake   *readiness
	mutex  sync.Mutex // the library wants one thread at a time
	handle *C.vtep_monitor
	err    C.vtep_error
}

// OpenMonitor opens a monitor. Errors: as [Open] and its like.
func OpenMonitor(options MonitorOptions) (*Monitor, error) {
	var in input
	defer in.free()
	var c C.vtep_monitor_options
	options.fill(&c, &in)
	if in.err != nil {
		return nil, in.err
	}
	monitor := &Monitor{turn: make(chan struct{}, 1)}
	resetError(&monitor.err)
	var handle *C.vtep_monitor
	if status := C.vtep_monitor_open(&c, &handle, &monitor.err); status != C.VTEP_OK {
		return nil, newError(status, &monitor.err)
	}
	wake, err := newReadiness(int(C.vtep_monitor_fd(handle)))
	if err != nil {
		C.vtep_monitor_close(handle)
		return nil, err
	}
	monitor.handle, monitor.wake = handle, wake
	runtime.SetFinalizer(monitor, (*Monitor).Close)
	return monitor, nil
}

// Close ends the monitor, and every Next that waits. It may be called any number of times. The error is always nil.
func (monitor *Monitor) Close() error {
	if monitor == nil {
		return nil
	}
	monitor.wake.close()
	monitor.mutex.Lock()
	defer monitor.mutex.Unlock()
	if monitor.handle != nil {
		runtime.SetFinalizer(monitor, nil)
		C.vtep_monitor_close(monitor.handle)
		monitor.handle = nil
	}
	return nil
}

// Next waits for the next event. Of several goroutines that wait, each event goes to one. The context's error is returned
// when it is done; the event that would have come is then the next one's.
//
// Errors, besides the context's: [ErrClosed]; those of a table that could not be read, after which all tables are read
// again: call it again.
func (monitor *Monitor) Next(ctx context.Context) (Event, error) {
	if monitor == nil || monitor.wake == nil {
		return Event{}, ErrClosed
	}
	select {
	case <-ctx.Done():
		return Event{}, ctx.Err()
	case monitor.turn <- struct{}{}:
	}
	defer func() { <-monitor.turn }()

	var event Event
	var failure error
	err := monitor.wake.wait(ctx, func() bool {
		event, failure = monitor.poll()
		return failure != nil || event.Kind != EventNone
	})
	if err != nil {
		return Event{}, err
	}
	return event, failure
}

// poll is the next event, or EventNone where there is none now.
func (monitor *Monitor) poll() (Event, error) {
	monitor.mutex.Lock()
	defer monitor.mutex.Unlock()
	if monitor.handle == nil {
		return Event{}, ErrClosed
	}
	c := C.vtep_event{size: C.sizeof_vtep_event}
	if status := C.vtep_monitor_next_event(monitor.handle, 0, &c, &monitor.err); status != C.VTEP_OK {
		return Event{}, newError(status, &monitor.err)
	}
	event := Event{Kind: EventKind(c.event), Table: Objects(c.object)}
	event.Object = monitor.object(event.Table, 0)
	if event.Kind == EventChanged {
		event.Before = monitor.object(event.Table, 1)
	}
	return event, nil
}

// object reads what the last event is about, or what that was before.
func (monitor *Monitor) object(table Objects, before C.uint8_t) any {
	switch table {
	case ObjectLink:
		var list *C.vtep_link_list
		if C.vtep_monitor_link_list(monitor.handle, before, &list, nil) == C.VTEP_OK {
			if links := goLinks(list); len(links) == 1 {
				return &links[0]
			}
		}
	case ObjectAddress:
		c := C.vtep_address{size: C.sizeof_vtep_address}
		if C.vtep_monitor_address(monitor.handle, before, &c, nil) == C.VTEP_OK {
			address := new(Address)
			address.read(&c)
			return address
		}
	case ObjectRoute:
		c := C.vtep_route{size: C.sizeof_vtep_route}
		if C.vtep_monitor_route(monitor.handle, before, &c, nil) == C.VTEP_OK {
			route := new(Route)
			route.read(&c, new(routeValues))
			return route
		}
	case ObjectNeighbour:
		c := C.vtep_neighbour{size: C.sizeof_vtep_neighbour}
		if C.vtep_monitor_neighbour(monitor.handle, before, &c, nil) == C.VTEP_OK {
			neighbour := new(Neighbour)
			neighbour.read(&c, new(neighbourValues))
			return neighbour
		}
	case ObjectNextHop:
		var list *C.vtep_nexthop_list
		if C.vtep_monitor_nexthop_list(monitor.handle, before, &list, nil) == C.VTEP_OK {
			if nexthops := goNexthops(list); len(nexthops) == 1 {
				return &nexthops[0]
			}
		}
	case ObjectRule:
		c := C.vtep_rule{size: C.sizeof_vtep_rule}
		if C.vtep_monitor_rule(monitor.handle, before, &c, nil) == C.VTEP_OK {
			rule := new(Rule)
			rule.read(&c)
			return rule
		}
	case ObjectVNI:
		c := C.vtep_vni{size: C.sizeof_vtep_vni}
		if C.vtep_monitor_vni(monitor.handle, before, &c, nil) == C.VTEP_OK {
			vnis := new(VNIRange)
			vnis.read(&c)
			return vnis
		}
	case ObjectVLAN:
		c := C.vtep_vlan{size: C.sizeof_vtep_vlan}
		if C.vtep_monitor_vlan(monitor.handle, before, &c, nil) == C.VTEP_OK {
			vlans := new(VLANRange)
			vlans.read(&c)
			return vlans
		}
	case ObjectVLANTunnel:
		c := C.vtep_vlan_tunnel{size: C.sizeof_vtep_vlan_tunnel}
		if C.vtep_monitor_vlan_tunnel(monitor.handle, before, &c, nil) == C.VTEP_OK {
			tunnel := new(VLANTunnel)
			tunnel.read(&c)
			return tunnel
		}
	case ObjectFDB:
		c := C.vtep_fdb_entry{size: C.sizeof_vtep_fdb_entry}
		if C.vtep_monitor_fdb_entry(monitor.handle, before, &c, nil) == C.VTEP_OK {
			entry := new(FDBEntry)
			entry.read(&c, new(fdbValues))
			return entry
		}
	}
	return nil
}
