package vtep

// #include <vtep.h>
import "C"

import (
	"math"
)

// Change is what a batch does with each of its elements.
type Change uint32

const (
	ChangeAdd     Change = C.VTEP_CHANGE_ADD
	ChangeAppend  Change = C.VTEP_CHANGE_APPEND // for FDB entries and IPv6 routes
	ChangeReplace Change = C.VTEP_CHANGE_REPLACE
	ChangeDelete  Change = C.VTEP_CHANGE_DELETE
	ChangeUpdate  Change = C.VTEP_CHANGE_UPDATE  // there must be one
	ChangePrepend Change = C.VTEP_CHANGE_PREPEND // for IPv4 routes: before those there are
)

// ApplyFDB changes thousands of FDB entries in few system calls: some five times as fast as one call for each.
//
// The kernel has no transaction. Every change is attempted, in order, whatever became of those before it. The error is a
// [*BatchError], which lists the changes that failed, or an [*Error]: that of an argument, with which nothing happened,
// or that of a broken conversation with the kernel, after which the table should be read back.
func (host *Host) ApplyFDB(change Change, entries []FDBEntry) error {
	return apply(host, len(entries), func(i int, c *C.vtep_fdb_entry, in *input) { entries[i].fill(c, in) },
		func(handle *C.vtep_host, first *C.vtep_fdb_entry, count C.uint32_t, failures **C.vtep_failure_list,
			err *C.vtep_error,
		) C.vtep_status {
			return C.vtep_host_fdb_apply(handle, C.uint32_t(change), first, count, failures, err)
		})
}

// ApplyNeighbours changes ARP and ND entries; see [Host.ApplyFDB].
func (host *Host) ApplyNeighbours(change Change, neighbours []Neighbour) error {
	return apply(host, len(neighbours), func(i int, c *C.vtep_neighbour, in *input) { neighbours[i].fill(c, in) },
		func(handle *C.vtep_host, first *C.vtep_neighbour, count C.uint32_t, failures **C.vtep_failure_list,
			err *C.vtep_error,
		) C.vtep_status {
			return C.vtep_host_neighbour_apply(handle, C.uint32_t(change), first, count, failures, err)
		})
}

// ApplyRoutes changes routes; see [Host.ApplyFDB].
func (host *Host) ApplyRoutes(change Change, routes []Route) error {
	return apply(host, len(routes), func(i int, c *C.vtep_route, in *input) { routes[i].fill(c, in) },
		func(handle *C.vtep_host, first *C.vtep_route, count C.uint32_t, failures **C.vtep_failure_list,
			err *C.vtep_error,
		) C.vtep_status {
			return C.vtep_host_route_apply(handle, C.uint32_t(change), first, count, failures, err)
		})
}

func apply[E any](
	host *Host, count int, fill func(i int, element *E, in *input),
	send func(*C.vtep_host, *E, C.uint32_t, **C.vtep_failure_list, *C.vtep_error) C.vtep_status,
) error {
	var in input
	defer in.free()
	if uint64(count) > math.MaxUint32 {
		in.fail("%d changes are more than fit in one batch", count)
	}
	if in.err != nil {
		return in.err
	}
	elements := make([]E, count)
	for i := range elements {
		fill(i, &elements[i], &in)
	}
	if in.err != nil {
		return in.err
	}
	var first *E
	if count > 0 {
		first = &elements[0]
	}
	var failures *C.vtep_failure_list
	err := host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return send(handle, first, C.uint32_t(count), &failures, err)
	})
	if failures == nil {
		return err
	}
	defer C.vtep_failure_list_free(failures)
	return &BatchError{Failures: goFailures(failures)}
}

func goFailures(list *C.vtep_failure_list) []Failure {
	failures := make([]Failure, int(C.vtep_failure_list_count(list)))
	var place C.uint32_t
	var c C.vtep_error
	resetError(&c)
	for i := range failures {
		C.vtep_failure_list_get(list, C.uint32_t(i), &place, &c, nil)
		failures[i] = Failure{Index: int(place), Err: newError(c.code, &c)}
	}
	return failures
}
