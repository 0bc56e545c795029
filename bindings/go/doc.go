// Package vtep joins hosts with VXLAN (RFC 7348) on Linux. It is the Go face of libvtep.so: what include/vtep.h declares,
// in Go's own types.
//
// A [Host] is the kernel networking of one network namespace: its links, VXLAN devices, bridges, addresses, routes,
// neighbours and forwarding databases (FDB). Nothing is cached; every call asks the kernel.
//
//	host, err := vtep.Open()
//	if err != nil {
//		return err
//	}
//	defer host.Close()
//	link, err := host.CreateVXLAN(vtep.VXLANOptions{
//		Name:   "vxlan0",
//		VNI:    120,
//		Device: "eth0",
//		Remote: netip.MustParseAddr("192.168.50.29"),
//		Up:     true,
//	})
//
// A [Monitor] tells what changes. An [Endpoint] is a VTEP in this program, without the kernel's VXLAN device; an [Engine]
// is its forwarding alone.
//
// # Optional values
//
// A nil pointer, an empty string, a zero [net/netip.Addr] or a nil [net.HardwareAddr] means "the kernel's default", never
// zero or false. [Ptr] makes a pointer of a constant. Lists that were read have pointers of their own: changing what one
// points to changes nothing else.
//
// # Errors
//
// What the library or the kernel refuses is an [*Error]. Its kind is a [Status], which is an error itself:
//
//	errors.Is(err, vtep.ErrNotFound)   // what was named does not exist
//	errors.Is(err, syscall.ENETDOWN)   // what the kernel said
//	errors.Is(err, fs.ErrPermission)   // and fs.ErrExist, fs.ErrNotExist
//	var e *vtep.Error
//	errors.As(err, &e)                 // e.KernelMessage, e.Remedy
//
// # Goroutines
//
// Every method may be called from any goroutine at any time, Close included; calls of one handle wait for one another,
// handles are independent. The library has no thread-local state, so it does not matter which thread a goroutine is on.
// Signals, Go's preemption included, interrupt no call. A method of a closed or nil handle fails with [ErrClosed].
//
// # Privileges
//
// Reading needs none. Changing needs CAP_NET_ADMIN in the network namespace; opening another one needs CAP_SYS_ADMIN
// there.
//
// # Building
//
// The package is found through pkg-config: install the library (make install), or point PKG_CONFIG_PATH to the folder of
// vtep.pc.
package vtep
