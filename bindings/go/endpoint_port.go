package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"runtime"
	"sync"
	"unsafe"
)

// PortKind is what a port of an endpoint is.
type PortKind uint32

const (
	PortTAP        PortKind = C.VTEP_ENDPOINT_PORT_TAP         // a TAP device, made where there is none
	PortTAPFDs     PortKind = C.VTEP_ENDPOINT_PORT_TAP_FDS     // queues of one that somebody opened with IFF_NO_PI: FDs
	PortStream     PortKind = C.VTEP_ENDPOINT_PORT_STREAM      // a Unix stream socket in QEMU's framing: Name, Client
	PortStreamFD   PortKind = C.VTEP_ENDPOINT_PORT_STREAM_FD   // a connected one: FDs
	PortDatagram   PortKind = C.VTEP_ENDPOINT_PORT_DATAGRAM    // a Unix datagram socket in QEMU's framing: Name, Peer
	PortDatagramFD PortKind = C.VTEP_ENDPOINT_PORT_DATAGRAM_FD // a connected datagram or seqpacket socket: FDs
	PortPacket     PortKind = C.VTEP_ENDPOINT_PORT_PACKET      // a packet socket on an interface: Name, NotPromiscuous
	PortMemory     PortKind = C.VTEP_ENDPOINT_PORT_MEMORY      // this program: Memory
)

// EndpointPortOptions are a port of an endpoint. What is of another kind of port is ignored.
type EndpointPortOptions struct {
	Kind           PortKind
	Name           string           // TAP: empty: the kernel picks; Packet: the interface; Stream, Datagram: a path, or "@name"
	Peer           string           // where a Datagram port sends to
	Master         string           // the bridge a TAP is to be a port of
	Addresses      []netip.Prefix   // a TAP's
	FDs            []int            // the port takes them over; they stay the caller's where adding it fails
	Memory         *MemoryPort      // in one endpoint at a time
	MAC            net.HardwareAddr // a TAP's; nil: as it is
	OwnMAC         net.HardwareAddr // frames from the underlay that claim it are dropped; nil: the interface's
	MTU            *int             // nil: the underlay's less the headers
	Queues         *uint32          // of a TAP: 1...256; nil: 1
	Offloads       *Offloads        // what it may hand over and take unfinished; nil: everything that it can
	FloodLimit     uint32           // as in EnginePortOptions
	FloodBurst     uint32
	Down           bool // a TAP is not set up
	Client         bool // a Stream connects, again and again, rather than to listen
	NotPromiscuous bool // a Packet port does not hear frames for other stations than the interface
	TrustsUnderlay bool // as in EnginePortOptions
}

func (options *EndpointPortOptions) fill(out *C.vtep_endpoint_port_options, in *input) {
	var has bits
	*out = C.vtep_endpoint_port_options{
		size: C.sizeof_vtep_endpoint_port_options, kind: C.uint32_t(options.Kind),
		flood_limit: C.uint32_t(options.FloodLimit), flood_burst: C.uint32_t(options.FloodBurst),
		name: in.text("EndpointPortOptions.Name", options.Name), peer: in.text("EndpointPortOptions.Peer", options.Peer),
		master: in.text("EndpointPortOptions.Master", options.Master), down: flag(options.Down),
		client: flag(options.Client), not_promiscuous: flag(options.NotPromiscuous),
		trusts_underlay: flag(options.TrustsUnderlay),
	}
	if has.set(C.VTEP_ENDPOINT_PORT_HAS_MAC, options.MAC != nil) {
		out.mac = in.mac("EndpointPortOptions.MAC", options.MAC)
	}
	if has.set(C.VTEP_ENDPOINT_PORT_HAS_OWN_MAC, options.OwnMAC != nil) {
		out.own_mac = in.mac("EndpointPortOptions.OwnMAC", options.OwnMAC)
	}
	if has.set(C.VTEP_ENDPOINT_PORT_HAS_MTU, options.MTU != nil) {
		out.mtu = in.number("EndpointPortOptions.MTU", *options.MTU)
	}
	if has.set(C.VTEP_ENDPOINT_PORT_HAS_OFFLOADS, options.Offloads != nil) {
		out.offloads = C.uint32_t(*options.Offloads)
	}
	has.number(C.VTEP_ENDPOINT_PORT_HAS_QUEUES, &out.queues, options.Queues)
	out.has = C.uint32_t(has)
	out.addresses, out.address_count = in.prefixes(options.Addresses)
	out.fds, out.fd_count = in.descriptors(options.FDs)
}

func (in *input) prefixes(prefixes []netip.Prefix) (*C.vtep_prefix, C.uint32_t) {
	if len(prefixes) == 0 {
		return nil, 0
	}
	memory := C.calloc(C.size_t(len(prefixes)), C.sizeof_vtep_prefix)
	in.memory = append(in.memory, memory)
	for i, prefix := range prefixes {
		unsafe.Slice((*C.vtep_prefix)(memory), len(prefixes))[i] = in.prefix("EndpointPortOptions.Addresses", prefix)
	}
	return (*C.vtep_prefix)(memory), C.uint32_t(len(prefixes))
}

func (in *input) descriptors(fds []int) (*C.int32_t, C.uint32_t) {
	if len(fds) == 0 {
		return nil, 0
	}
	memory := C.calloc(C.size_t(len(fds)), 4)
	in.memory = append(in.memory, memory)
	for i, fd := range fds {
		unsafe.Slice((*C.int32_t)(memory), len(fds))[i] = in.signed("EndpointPortOptions.FDs", fd)
	}
	return (*C.int32_t)(memory), C.uint32_t(len(fds))
}

// AddPort opens a port and makes it part of a VNI; between several ports of one VNI the endpoint switches.
//
// Errors: [ErrNotFound] for the VNI, an interface or a bridge; [ErrPermission]; [ErrBusy]; [ErrNoSpace]; [ErrInvalid].
func (endpoint *Endpoint) AddPort(vni VNI, options EndpointPortOptions) (EnginePort, error) {
	var in input
	defer in.free()
	var c C.vtep_endpoint_port_options
	options.fill(&c, &in)
	if in.err != nil {
		return 0, in.err
	}
	if options.Memory != nil {
		options.Memory.mutex.RLock()
		defer options.Memory.mutex.RUnlock()
		if options.Memory.handle == nil {
			return 0, ErrClosed
		}
		c.memory = options.Memory.handle
	}
	var port C.uint32_t
	err := endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_port_add(handle, C.uint32_t(vni), &c, &port, err)
	})
	return EnginePort(port), err
}

// RemovePort closes a port.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) RemovePort(port EnginePort) error {
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_port_remove(handle, C.uint32_t(port), err)
	})
}

// PortInterface is a TAP's name, "" for a port that is no interface.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) PortInterface(port EnginePort) (string, error) {
	var name [16]C.char
	err := endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_port_interface(handle, C.uint32_t(port), &name[0], C.uint32_t(len(name)), err)
	})
	if err != nil {
		return "", err
	}
	return C.GoString(&name[0]), nil
}

// PortStatistics are what a port refused, beside what the engine counts.
type PortStatistics struct {
	Congested   uint64 // frames that its queue, or the peer's, had no room for
	Oversized   uint64 // frames longer than it takes
	Refused     uint64 // frames refused otherwise: the interface is down, nobody is connected
	Violations  uint64 // breaches of QEMU's framing; the peer was disconnected
	Connections uint64 // how often a peer connected
}

// PortStatistics are those of one port.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) PortStatistics(port EnginePort) (PortStatistics, error) {
	c := C.vtep_port_statistics{size: C.sizeof_vtep_port_statistics}
	err := endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_port_statistics(handle, C.uint32_t(port), &c, err)
	})
	return PortStatistics{
		Congested: uint64(c.congested), Oversized: uint64(c.oversized), Refused: uint64(c.refused),
		Violations: uint64(c.violations), Connections: uint64(c.connections),
	}, err
}

// MemoryPort is a port whose other side is this program.
type MemoryPort struct {
	turn   chan struct{} // holds one token, which who receives has
	wake   *readiness
	mutex  sync.RWMutex // read: a call is under way; written: it ends
	handle *C.vtep_memory_port
}

// NewMemoryPort makes one. queueBytes is what each direction holds; 0: 1 MB.
func NewMemoryPort(queueBytes int) (*MemoryPort, error) {
	var in input
	bytes := in.number("queueBytes", queueBytes)
	if in.err != nil {
		return nil, in.err
	}
	port := &MemoryPort{turn: make(chan struct{}, 1)}
	err := withError(func(err *C.vtep_error) C.vtep_status {
		return C.vtep_memory_port_new(bytes, nil, nil, &port.handle, err)
	})
	if err != nil {
		return nil, err
	}
	wake, err := newReadiness(int(C.vtep_memory_port_fd(port.handle)))
	if err != nil {
		C.vtep_memory_port_free(port.handle)
		return nil, err
	}
	port.wake = wake
	runtime.SetFinalizer(port, (*MemoryPort).Close)
	return port, nil
}

// Close ends this program's use of the port, and every Receive that waits; an endpoint that has it keeps it until it is
// removed there. It may be called any number of times. The error is always nil.
func (port *MemoryPort) Close() error {
	if port == nil {
		return nil
	}
	port.wake.close()
	port.mutex.Lock()
	defer port.mutex.Unlock()
	if port.handle != nil {
		runtime.SetFinalizer(port, nil)
		C.vtep_memory_port_free(port.handle)
		port.handle = nil
	}
	return nil
}

// Send hands a frame to the overlay: Ethernet, from the destination MAC address on. It is copied.
//
// Errors: [ErrNoSpace] where the queue is full; [ErrInvalid] where the frame is longer than any can be.
func (port *MemoryPort) Send(frame []byte) error {
	if len(frame) == 0 || uint64(len(frame)) > 1<<20 {
		return invalid("vtep: a frame of no length, or longer than any can be")
	}
	return port.call(func(handle *C.vtep_memory_port) C.vtep_status {
		return C.vtep_memory_port_send(handle, unsafe.Pointer(&frame[0]), C.uint32_t(len(frame)))
	})
}

// Receive waits for the next frame out of the overlay, writes it to buffer and returns its length.
//
// Errors, besides the context's: [ErrNoSpace] where it is longer than buffer: then it is lost; [ErrClosed].
func (port *MemoryPort) Receive(ctx context.Context, buffer []byte) (int, error) {
	if port == nil || port.wake == nil {
		return 0, ErrClosed
	}
	if len(buffer) == 0 {
		return 0, invalid("vtep: no buffer for a frame")
	}
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case port.turn <- struct{}{}:
	}
	defer func() { <-port.turn }()
	var length C.uint32_t
	var failure error
	err := port.wake.wait(ctx, func() bool {
		failure = port.call(func(handle *C.vtep_memory_port) C.vtep_status {
			return C.vtep_memory_port_receive(handle, unsafe.Pointer(&buffer[0]), C.uint32_t(len(buffer)), &length)
		})
		return !errors.Is(failure, ErrNotFound)
	})
	if err != nil {
		return 0, err
	}
	return int(length), failure
}

func (port *MemoryPort) call(body func(handle *C.vtep_memory_port) C.vtep_status) error {
	if port == nil {
		return ErrClosed
	}
	port.mutex.RLock()
	defer port.mutex.RUnlock()
	if port.handle == nil {
		return ErrClosed
	}
	if status := body(port.handle); status != C.VTEP_OK {
		return &Error{Status: Status(status), AttributeOffset: -1, Message: "vtep: " + Status(status).Error()}
	}
	return nil
}
