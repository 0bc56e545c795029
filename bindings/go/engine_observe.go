package vtep

// #include <vtep.h>
import "C"

import (
	"errors"
	"net"
	"net/netip"
	"time"
)

// Counters are what an engine counts, by stable names such as "drop_unknown_vni".
type Counters map[string]uint64

// Counters are those over all VNIs.
func (engine *Engine) Counters() (Counters, error) {
	return goCounters(func(values *C.uint64_t, count C.uint32_t) error {
		return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
			return C.vtep_engine_counters(handle, values, count, err)
		})
	})
}

// VNICounters are those of one VNI.
//
// Errors: [ErrNotFound].
func (engine *Engine) VNICounters(vni VNI) (Counters, error) {
	return goCounters(func(values *C.uint64_t, count C.uint32_t) error {
		return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
			return C.vtep_engine_vni_counters(handle, C.uint32_t(vni), values, count, err)
		})
	})
}

func goCounters(read func(values *C.uint64_t, count C.uint32_t) error) (Counters, error) {
	values := make([]C.uint64_t, int(C.vtep_engine_counter_count())+1) // one more, so that there is a first
	if err := read(&values[0], C.uint32_t(len(values)-1)); err != nil {
		return nil, err
	}
	counters := Counters{}
	for i, name := range CounterNames() {
		counters[name] = uint64(values[i])
	}
	return counters, nil
}

// CounterNames are the names of the counters, in the library's order.
func CounterNames() []string {
	names := make([]string, int(C.vtep_engine_counter_count()))
	for i := range names {
		names[i] = C.GoString(C.vtep_engine_counter_name(C.uint32_t(i)))
	}
	return names
}

// EngineEventKind is what happened to an engine's FDB, or what it lacks.
type EngineEventKind uint32

const (
	DestinationMiss  EngineEventKind = C.VTEP_ENGINE_EVENT_DESTINATION_MISS // a unicast frame had nowhere to go
	NeighbourMiss    EngineEventKind = C.VTEP_ENGINE_EVENT_NEIGHBOUR_MISS   // a proxy was asked for an unknown address
	StationLearnt    EngineEventKind = C.VTEP_ENGINE_EVENT_LEARNT
	StationMoved     EngineEventKind = C.VTEP_ENGINE_EVENT_MOVED
	StationAged      EngineEventKind = C.VTEP_ENGINE_EVENT_AGED
	StationMoveLimit EngineEventKind = C.VTEP_ENGINE_EVENT_MOVE_REFUSED // from a static entry, or too often
)

// EngineEvent is one of them.
type EngineEvent struct {
	Kind        EngineEventKind
	Time        time.Duration // the `now` of the call that it happened in
	VNI         VNI
	MAC         net.HardwareAddr // zero with NeighbourMiss
	Port        *EnginePort      // where the station is, if behind a port
	Remote      netip.Addr       // or behind a remote
	OtherPort   *EnginePort      // where it was (moved), or wanted to go (refused)
	OtherRemote netip.Addr
	Address     netip.Addr // with NeighbourMiss: what was asked for
}

// NextEvent takes out the oldest event that waits. isThere is false if none does.
func (engine *Engine) NextEvent() (event EngineEvent, isThere bool, err error) {
	c := C.vtep_engine_event{size: C.sizeof_vtep_engine_event}
	err = engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_event_next(handle, &c, err)
	})
	return goEngineEvent(&c, err)
}

func goEngineEvent(c *C.vtep_engine_event, err error) (event EngineEvent, isThere bool, _ error) {
	if errors.Is(err, ErrNotFound) {
		return event, false, nil
	}
	if err != nil {
		return event, false, err
	}
	return EngineEvent{
		Kind:        EngineEventKind(c.kind),
		Time:        time.Duration(c.time) * time.Millisecond,
		VNI:         VNI(c.vni),
		MAC:         goMAC(&c.mac),
		Port:        optional(c.has&C.VTEP_ENGINE_EVENT_HAS_PORT != 0, EnginePort(c.port)),
		Remote:      goIP(&c.remote),
		OtherPort:   optional(c.has&C.VTEP_ENGINE_EVENT_HAS_OTHER_PORT != 0, EnginePort(c.other_port)),
		OtherRemote: goIP(&c.other_remote),
		Address:     goIP(&c.address),
	}, true, nil
}
