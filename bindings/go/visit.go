package vtep

/*
#include <stdint.h>
#include <vtep.h>

int32_t vtepgoVisitFDB(uintptr_t visit, vtep_fdb_entry *entries, uint32_t count);

// What the library calls. The entries are only read, but Go has no word for that.
static int32_t vtepgo_visit(void *context, const vtep_fdb_entry *entries, uint32_t count) {
	return vtepgoVisitFDB((uintptr_t)context, (vtep_fdb_entry *)entries, count);
}

static vtep_status vtepgo_fdb_visit(vtep_host *host, const char *name, const char *bridge, uintptr_t visit,
                                    vtep_error *err) {
	return vtep_host_fdb_visit(host, name, bridge, vtepgo_visit, (void *)visit, err);
}
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// fdbVisit is a table on its way from the library, which reads it on a goroutine of its own, to the caller's visitor. So
// no code of the caller's ever runs below C, and a panic of it, or a runtime.Goexit, unwinds nothing but Go.
type fdbVisit struct {
	runs   chan []FDBEntry
	goesOn chan bool // the answer to each run
}

//export vtepgoVisitFDB
func vtepgoVisitFDB(handle C.uintptr_t, first *C.vtep_fdb_entry, count C.uint32_t) C.int32_t {
	visit := cgo.Handle(handle).Value().(*fdbVisit)
	entries, values := make([]FDBEntry, int(count)), make([]fdbValues, int(count))
	for i := range entries {
		// Each has the size of the first, which may be a newer library's.
		entries[i].read((*C.vtep_fdb_entry)(unsafe.Add(unsafe.Pointer(first), i*int(first.size))), &values[i])
	}
	visit.runs <- entries
	if !<-visit.goesOn {
		return 1
	}
	return 0
}

// VisitFDB hands the FDB entries of one link, of a bridge and its ports, or of all links (both names empty) to visit, some
// hundred at a time: however large the table, no more are in memory. An error of visit ends it, and is returned.
//
// Of entries that come and go meanwhile, and of their neighbours in the table, some may be missing or come twice. Other
// calls of the host fail with [ErrBusy] until it is over; Close takes effect then.
//
// Errors: [ErrNotFound] for the link or bridge.
func (host *Host) VisitFDB(name, bridge string, visit func(entries []FDBEntry) error) (err error) {
	var in input
	defer in.free()
	nameText, bridgeText := in.text("name", name), in.text("bridge", bridge)
	if in.err != nil {
		return in.err
	}
	if err := host.beginVisit(); err != nil {
		return err
	}
	table := &fdbVisit{runs: make(chan []FDBEntry), goesOn: make(chan bool)}
	ended := make(chan error, 1)
	go func() {
		handle := cgo.NewHandle(table)
		defer handle.Delete()
		status := C.vtepgo_fdb_visit(host.handle, nameText, bridgeText, C.uintptr_t(handle), &host.err)
		if status != C.VTEP_OK {
			ended <- newError(status, &host.err)
		}
		close(ended)
		close(table.runs)
	}()
	waits := false // the library waits for an answer
	defer func() {
		if waits {
			table.goesOn <- false
		}
		kernel := <-ended
		host.endVisit()
		if err == nil {
			err = kernel
		}
	}()
	for run := range table.runs {
		waits = true
		if err := visit(run); err != nil {
			return err
		}
		waits = false
		table.goesOn <- true
	}
	return nil
}

// beginVisit keeps others from the handle without holding the lock, for which a visitor that called the host would wait
// for ever.
func (host *Host) beginVisit() error {
	if host == nil {
		return ErrClosed
	}
	host.mutex.Lock()
	defer host.mutex.Unlock()
	if err := host.usable(); err != nil {
		return err
	}
	host.isVisited = true
	return nil
}

func (host *Host) endVisit() {
	host.mutex.Lock()
	defer host.mutex.Unlock()
	host.isVisited = false
	if host.closesLater {
		host.close()
	}
}
