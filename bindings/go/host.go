package vtep

// #include <vtep.h>
import "C"

import (
	"runtime"
	"sync"
)

// Host is the kernel networking of one network namespace, through a netlink connection of its own. It is an
// [io.Closer]; one that is forgotten is closed when it is collected.
type Host struct {
	mutex  sync.Mutex // the library wants one thread at a time
	handle *C.vtep_host
	err    C.vtep_error // what calls fill; large, so it is kept

	isVisited   bool // VisitFDB has the handle
	closesLater bool // it is closed as soon as that is over
}

// Open opens the network namespace of the calling thread: that of the process, unless the goroutine is locked to a
// thread ([runtime.LockOSThread]) that has entered another one.
func Open() (*Host, error) {
	return open(func(out **C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_open(out, err)
	})
}

// OpenPath opens the network namespace that a file refers to: "/run/netns/blue" or "/proc/1234/ns/net".
//
// Errors: [ErrNotFound] where there is no such file, [ErrInvalid] where it is no network namespace, [ErrPermission].
func OpenPath(path string) (*Host, error) {
	var in input
	defer in.free()
	text := in.required("path", path)
	if in.err != nil {
		return nil, in.err
	}
	return open(func(out **C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_open_path(text, out, err)
	})
}

// OpenFD opens the network namespace that an open descriptor refers to. The descriptor stays the caller's, who may close
// it afterwards.
//
// Errors: [ErrInvalid] where it is closed or something else, [ErrPermission].
func OpenFD(fd int) (*Host, error) {
	var in input
	descriptor := in.signed("fd", fd)
	if in.err != nil {
		return nil, in.err
	}
	return open(func(out **C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_open_fd(descriptor, out, err)
	})
}

// OpenPID opens the network namespace that a process is in.
//
// Errors: [ErrNotFound] where there is no such process, [ErrInvalid] for an id below 1, [ErrPermission].
func OpenPID(pid int) (*Host, error) {
	var in input
	process := in.signed("pid", pid)
	if in.err != nil {
		return nil, in.err
	}
	return open(func(out **C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_open_pid(process, out, err)
	})
}

func open(open func(out **C.vtep_host, err *C.vtep_error) C.vtep_status) (*Host, error) {
	host := new(Host)
	resetError(&host.err)
	var handle *C.vtep_host
	if status := open(&handle, &host.err); status != C.VTEP_OK {
		return nil, newError(status, &host.err)
	}
	host.handle = handle
	runtime.SetFinalizer(host, func(host *Host) { C.vtep_host_close(host.handle) })
	return host, nil
}

// Close closes the connection; what was made through it stays. It waits for a call that is under way, and may be called
// any number of times. The error is always nil.
func (host *Host) Close() error {
	if host == nil {
		return nil
	}
	host.mutex.Lock()
	defer host.mutex.Unlock()
	if host.isVisited {
		host.closesLater = true
	} else {
		host.close()
	}
	return nil
}

func (host *Host) close() {
	if host.handle != nil {
		runtime.SetFinalizer(host, nil)
		C.vtep_host_close(host.handle)
		host.handle = nil
	}
}

// usable is the reason why the handle can't be used, if there is one.
func (host *Host) usable() error {
	switch {
	case host.handle == nil || host.closesLater:
		return ErrClosed
	case host.isVisited:
		return &Error{Status: ErrBusy, AttributeOffset: -1, Message: "vtep: the host's FDB is being visited"}
	}
	return nil
}

// call is how every method reaches the library: one at a time, and never with a handle that is closed.
func (host *Host) call(body func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status) error {
	if host == nil {
		return ErrClosed
	}
	host.mutex.Lock()
	defer host.mutex.Unlock()
	if err := host.usable(); err != nil {
		return err
	}
	if status := body(host.handle, &host.err); status != C.VTEP_OK {
		return newError(status, &host.err)
	}
	return nil
}

// named is a call about one link: most of them are.
func (host *Host) named(name string, body func(*C.vtep_host, *C.char, *C.vtep_error) C.vtep_status) error {
	var in input
	defer in.free()
	text := in.required("name", name)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return body(handle, text, err) })
}

// maybeNamed is a call about one link, or about all where name is empty.
func (host *Host) maybeNamed(name string, body func(*C.vtep_host, *C.char, *C.vtep_error) C.vtep_status) error {
	if name != "" {
		return host.named(name, body)
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return body(handle, nil, err) })
}
