package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"runtime"
	"sync"
	"time"
)

// Engine is a VXLAN tunnel endpoint's forwarding and nothing else: frames from ports become VXLAN datagrams for remotes,
// or frames for other ports, and datagrams become frames again. It opens no socket, asks no clock and starts no thread;
// the caller receives and sends. [Endpoint] does all of it.
//
// `now` in its methods is the time since whatever moment the caller chose; it must never run backwards.
type Engine struct {
	mutex  sync.Mutex
	handle *C.vtep_engine
	err    C.vtep_error
}

// EngineOptions are what an engine is made with. Its tables are allocated once, of these sizes; nil: the library's choice.
type EngineOptions struct {
	Seed                *[2]uint64 // key of the hash tables; nil: random
	MaximumFDBEntries   *uint32    // 1...16777216, of all VNIs together; nil: 65536
	MaximumRemotes      *uint32    // 1...1048576; nil: 4096
	MaximumVNIs         *uint32    // 1...65534; nil: 4096
	MaximumPorts        *uint32    // 1...65535; nil: 1024
	MaximumBindings     *uint32    // 0...16777216 ARP and ND bindings; nil: 16384
	EntropySockets      *uint32    // 1...65535 sockets that send, each with a source port of its own; nil: 16
	SourcePorts         *PortRange // what a Transmission's SourcePort is within; nil: 49152...65535
	MaximumSegments     *uint32    // 1...1024 datagrams in one transmission; nil: 64. 1: no gathering
	MaximumTransmission *uint32    // 1...65507 bytes of one transmission; nil: 65487
	MaximumEvents       *uint32    // 0...65536 events that wait to be read; nil: 1024
	EventsPerSecond     *uint32    // 0...1000000 in the long run; nil: 1000
}

func (options *EngineOptions) fill(out *C.vtep_engine_options) {
	var has bits
	*out = C.vtep_engine_options{size: C.sizeof_vtep_engine_options}
	if has.set(C.VTEP_ENGINE_HAS_SEED, options.Seed != nil) {
		out.seed = [2]C.uint64_t{C.uint64_t(options.Seed[0]), C.uint64_t(options.Seed[1])}
	}
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES, &out.maximum_fdb_entries, options.MaximumFDBEntries)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_REMOTES, &out.maximum_remotes, options.MaximumRemotes)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_VNIS, &out.maximum_vnis, options.MaximumVNIs)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_PORTS, &out.maximum_ports, options.MaximumPorts)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_BINDINGS, &out.maximum_bindings, options.MaximumBindings)
	has.number(C.VTEP_ENGINE_HAS_ENTROPY_SOCKETS, &out.entropy_sockets, options.EntropySockets)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_SEGMENTS, &out.maximum_segments, options.MaximumSegments)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_TRANSMISSION, &out.maximum_transmission, options.MaximumTransmission)
	has.number(C.VTEP_ENGINE_HAS_MAXIMUM_EVENTS, &out.maximum_events, options.MaximumEvents)
	has.number(C.VTEP_ENGINE_HAS_EVENTS_PER_SECOND, &out.events_per_second, options.EventsPerSecond)
	if has.set(C.VTEP_ENGINE_HAS_SOURCE_PORTS, options.SourcePorts != nil) {
		out.source_port_min = C.uint32_t(options.SourcePorts.First)
		out.source_port_max = C.uint32_t(options.SourcePorts.Last)
	}
	out.has = C.uint32_t(has)
}

// NewEngine makes an engine without VNIs.
//
// Errors: [ErrInvalid] for a number out of its range, [ErrOutOfMemory].
func NewEngine(options EngineOptions) (*Engine, error) {
	var c C.vtep_engine_options
	options.fill(&c)
	engine := new(Engine)
	resetError(&engine.err)
	var handle *C.vtep_engine
	if status := C.vtep_engine_new(&c, &handle, &engine.err); status != C.VTEP_OK {
		return nil, newError(status, &engine.err)
	}
	engine.handle = handle
	runtime.SetFinalizer(engine, (*Engine).Close)
	return engine, nil
}

// Close ends the engine; batches that it filled stay as they are. It may be called any number of times. The error is
// always nil.
func (engine *Engine) Close() error {
	if engine == nil {
		return nil
	}
	engine.mutex.Lock()
	defer engine.mutex.Unlock()
	if engine.handle != nil {
		runtime.SetFinalizer(engine, nil)
		C.vtep_engine_free(engine.handle)
		engine.handle = nil
	}
	return nil
}

func (engine *Engine) call(body func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status) error {
	if engine == nil {
		return ErrClosed
	}
	engine.mutex.Lock()
	defer engine.mutex.Unlock()
	if engine.handle == nil {
		return ErrClosed
	}
	if status := body(engine.handle, &engine.err); status != C.VTEP_OK {
		return newError(status, &engine.err)
	}
	return nil
}

// AddVNI begins to forward for a VNI.
//
// Errors: [ErrExists]; [ErrNoSpace] where there are as many as EngineOptions allow; [ErrInvalid].
func (engine *Engine) AddVNI(vni VNI, policy VNIPolicy) error {
	var in input
	var c C.vtep_vni_policy
	policy.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_vni_add(handle, C.uint32_t(vni), &c, err)
	})
}

// SetVNIPolicy changes how a VNI is handled; what was learnt stays.
//
// Errors: [ErrNotFound], [ErrInvalid].
func (engine *Engine) SetVNIPolicy(vni VNI, policy VNIPolicy) error {
	var in input
	var c C.vtep_vni_policy
	policy.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_vni_set_policy(handle, C.uint32_t(vni), &c, err)
	})
}

// RemoveVNI ends a VNI with its ports, FDB entries, bindings, remotes and counters.
//
// Errors: [ErrNotFound].
func (engine *Engine) RemoveVNI(vni VNI) error {
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_vni_remove(handle, C.uint32_t(vni), err)
	})
}

// EnginePort is the engine's number of a port.
type EnginePort uint32

// Offloads are what a port takes, so that it need not be done by the engine. Superframes need OffloadChecksum, too.
type Offloads uint32

const (
	OffloadChecksum Offloads = C.VTEP_OFFLOAD_CHECKSUM // frames whose checksum is partial
	OffloadTCP4     Offloads = C.VTEP_OFFLOAD_TCP4     // superframes of TCP over IPv4
	OffloadTCP6     Offloads = C.VTEP_OFFLOAD_TCP6     // superframes of TCP over IPv6
	OffloadUDP      Offloads = C.VTEP_OFFLOAD_UDP      // superframes of UDP, over both
	OffloadECN      Offloads = C.VTEP_OFFLOAD_ECN      // superframes of TCP with CWR in the first segment
)

// EnginePortOptions are what the engine needs to know of a port; the zero value: a port without offloads.
type EnginePortOptions struct {
	Offloads       Offloads
	FloodLimit     uint32           // frames per second to groups, to everyone and to unknown stations; 0: no limit
	FloodBurst     uint32           // how many at once; 0: as many as in one second
	MAC            net.HardwareAddr // the port's own address: frames from the underlay that claim it are dropped
	TrustsUnderlay bool             // superframes are made without verifying the segments' checksums
}

func (options *EnginePortOptions) fill(out *C.vtep_engine_port_options, in *input) {
	var has bits
	*out = C.vtep_engine_port_options{
		size: C.sizeof_vtep_engine_port_options, offloads: C.uint32_t(options.Offloads),
		flood_limit: C.uint32_t(options.FloodLimit), flood_burst: C.uint32_t(options.FloodBurst),
		trusts_underlay: flag(options.TrustsUnderlay),
	}
	if has.set(C.VTEP_ENGINE_PORT_HAS_MAC, options.MAC != nil) {
		out.mac = in.mac("EnginePortOptions.MAC", options.MAC)
	}
	out.has = C.uint32_t(has)
}

// AddPort makes a port of a VNI.
//
// Errors: [ErrNotFound] for the VNI, [ErrNoSpace], [ErrInvalid].
func (engine *Engine) AddPort(vni VNI, options EnginePortOptions) (EnginePort, error) {
	var in input
	var c C.vtep_engine_port_options
	options.fill(&c, &in)
	if in.err != nil {
		return 0, in.err
	}
	var port C.uint32_t
	err := engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_port_add(handle, C.uint32_t(vni), &c, &port, err)
	})
	return EnginePort(port), err
}

// ConfigurePort changes a port from the next frame on.
//
// Errors: [ErrNotFound], [ErrInvalid].
func (engine *Engine) ConfigurePort(port EnginePort, options EnginePortOptions) error {
	var in input
	var c C.vtep_engine_port_options
	options.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_port_configure(handle, C.uint32_t(port), &c, err)
	})
}

// RemovePort removes a port and the FDB entries that point to it.
//
// Errors: [ErrNotFound].
func (engine *Engine) RemovePort(port EnginePort) error {
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_port_remove(handle, C.uint32_t(port), err)
	})
}

// AddPeer lets datagrams from an address pass, in every VNI. Remotes of FDB entries and default remotes pass without it.
//
// Errors: [ErrExists], [ErrNoSpace], [ErrInvalid].
func (engine *Engine) AddPeer(peer netip.Addr) error {
	return engine.withIP("peer", peer, func(handle *C.vtep_engine, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_peer_add(handle, c, err)
	})
}

// RemovePeer takes that back.
//
// Errors: [ErrNotFound], [ErrInvalid].
func (engine *Engine) RemovePeer(peer netip.Addr) error {
	return engine.withIP("peer", peer, func(handle *C.vtep_engine, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_peer_remove(handle, c, err)
	})
}

func (engine *Engine) withIP(
	what string, address netip.Addr, body func(*C.vtep_engine, *C.vtep_ip, *C.vtep_error) C.vtep_status,
) error {
	var in input
	c := in.ip(what, address)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status { return body(handle, &c, err) })
}

// EngineRemote is a VTEP, or a group, that frames are sent to.
type EngineRemote struct {
	Address netip.Addr
	Port    *uint16 // nil: the VNI's
	SendVNI *VNI    // the VNI to send with; nil: the same one
}

func (remote *EngineRemote) fill(out *C.vtep_engine_remote, in *input) {
	var has bits
	*out = C.vtep_engine_remote{size: C.sizeof_vtep_engine_remote, address: in.ip("EngineRemote.Address", remote.Address)}
	if has.set(C.VTEP_REMOTE_HAS_PORT, remote.Port != nil) {
		out.port = C.uint32_t(*remote.Port)
	}
	if has.set(C.VTEP_REMOTE_HAS_SEND_VNI, remote.SendVNI != nil) {
		out.send_vni = C.uint32_t(*remote.SendVNI)
	}
	out.has = C.uint32_t(has)
}

// AddDefaultRemote adds a remote that frames to groups, to everyone and to unknown stations go to.
//
// Errors: [ErrNotFound] for the VNI, [ErrExists], [ErrNoSpace], [ErrInvalid].
func (engine *Engine) AddDefaultRemote(vni VNI, remote EngineRemote) error {
	var in input
	var c C.vtep_engine_remote
	remote.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_default_remote_add(handle, C.uint32_t(vni), &c, err)
	})
}

// RemoveDefaultRemote takes that back, given the same remote.
//
// Errors: [ErrNotFound], [ErrInvalid].
func (engine *Engine) RemoveDefaultRemote(vni VNI, remote EngineRemote) error {
	var in input
	var c C.vtep_engine_remote
	remote.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_default_remote_remove(handle, C.uint32_t(vni), &c, err)
	})
}

// SetPathMTU notes the path MTU to a remote as the underlay found it: the outer IP packet's largest length, 0...65535; 0:
// unknown. A remote that is not known is a no-op.
func (engine *Engine) SetPathMTU(remote netip.Addr, mtu int) error {
	var in input
	number := in.number("mtu", mtu)
	if in.err != nil {
		return in.err
	}
	return engine.withIP("remote", remote, func(handle *C.vtep_engine, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_path_mtu_set(handle, c, number, err)
	})
}

// Advance lets time pass: what was idle too long goes. To be called some ten times a second; each call does a bounded part
// of the work. Without it nothing ages.
func (engine *Engine) Advance(now time.Duration) error {
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		C.vtep_engine_advance(handle, milliseconds(now))
		return C.VTEP_OK
	})
}

// milliseconds are an engine's clock; before its beginning it stands still.
func milliseconds(now time.Duration) C.uint64_t {
	if now < 0 {
		return 0
	}
	return C.uint64_t(now / time.Millisecond)
}
