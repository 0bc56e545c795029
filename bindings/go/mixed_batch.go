package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"math"
	"unsafe"
)

// Step is one of several changes of different kinds.
type Step struct {
	Change Change
	Object any // an FDBEntry, Neighbour, Route, Address, Nexthop or Rule, or a pointer to one
}

// Apply changes FDB entries, neighbours, routes, addresses, nexthop objects and rules in one go, in order: an address, the route by it, the
// neighbour behind that. See [Host.ApplyFDB] for what becomes of failures. Of an Address, LinkIndex, Prefix, Peer,
// Broadcast, Label, Scope and the lifetimes count, and of its Flags NoDAD, NoPrefixRoute and ManageTemp.
func (host *Host) Apply(steps []Step) error {
	var in input
	defer in.free()
	if uint64(len(steps)) > math.MaxUint32 {
		in.fail("%d changes are more than fit in one batch", len(steps))
	}
	if in.err != nil {
		return in.err
	}
	changes := in.changes(steps)
	if in.err != nil {
		return in.err
	}
	var failures *C.vtep_failure_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_apply(handle, changes, C.uint32_t(len(steps)), &failures, err)
	})
	if failures == nil {
		return err
	}
	defer C.vtep_failure_list_free(failures)
	return &BatchError{Failures: goFailures(failures)}
}

// changes lie in C's memory, and so do the values they point to.
func (in *input) changes(steps []Step) *C.vtep_change {
	if len(steps) == 0 {
		return nil
	}
	memory := C.calloc(C.size_t(len(steps)), C.sizeof_vtep_change)
	in.memory = append(in.memory, memory)
	changes := unsafe.Slice((*C.vtep_change)(memory), len(steps))
	for i, step := range steps {
		changes[i].size = C.sizeof_vtep_change
		changes[i].change = C.uint32_t(step.Change)
		changes[i].object, changes[i].value = in.object(step.Object)
	}
	return &changes[0]
}

func (in *input) object(object any) (C.uint32_t, unsafe.Pointer) {
	switch object := object.(type) {
	case *FDBEntry:
		if object != nil {
			return C.VTEP_OBJECT_FDB, filled(in, object.fill)
		}
	case *Neighbour:
		if object != nil {
			return C.VTEP_OBJECT_NEIGHBOUR, filled(in, object.fill)
		}
	case *Route:
		if object != nil {
			return C.VTEP_OBJECT_ROUTE, filled(in, object.fill)
		}
	case *Address:
		if object != nil {
			return C.VTEP_OBJECT_ADDRESS, filled(in, object.fill)
		}
	case *Nexthop:
		if object != nil {
			return C.VTEP_OBJECT_NEXT_HOP, filled(in, object.fill)
		}
	case *Rule:
		if object != nil {
			return C.VTEP_OBJECT_RULE, filled(in, object.fill)
		}
	case Nexthop:
		return in.object(&object)
	case Rule:
		return in.object(&object)
	case FDBEntry:
		return in.object(&object)
	case Neighbour:
		return in.object(&object)
	case Route:
		return in.object(&object)
	case Address:
		return in.object(&object)
	}
	in.fail("Step.Object is %T, and nothing that can be changed in a batch", object)
	return 0, nil
}

func filled[E any](in *input, fill func(out *E, in *input)) unsafe.Pointer {
	memory := C.calloc(1, C.size_t(unsafe.Sizeof(*new(E))))
	in.memory = append(in.memory, memory)
	fill((*E)(memory), in)
	return memory
}
