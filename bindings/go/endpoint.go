package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"context"
	"net"
	"net/netip"
	"os"
	"runtime"
	"sync"
	"time"
)

// Endpoint is a running VTEP without the kernel's VXLAN device: an engine between ports, where Ethernet frames come and
// go, and UDP sockets. On the wire it is interchangeable with the kernel's.
//
// Who may send: default remotes, remotes of FDB entries, and peers. Datagrams from others are dropped before anything is
// learnt from them or delivered, unless VNIPolicy.AcceptsUnknownRemotes, which a group usually needs. VXLAN has no
// authentication: run it over IPsec or WireGuard where that counts.
//
// All methods may be called at any time, also while it runs.
type Endpoint struct {
	mutex  sync.RWMutex // read: a call is under way; written: it ends
	handle *C.vtep_endpoint
}

// UnderlayOptions are the UDP side over one IP version; the zero value: port 4789 on every local address.
type UnderlayOptions struct {
	Device          string     // the link that all traffic uses, and on which groups are joined; empty: by route
	Local           netip.Addr // the address to send from and to receive on; the zero Addr: by route, and on every one
	Port            *uint16    // nil: 4789
	TransmitSockets *uint32    // 1...64 sockets that send, each with a source port of its own; nil: 16
	ReceiveSockets  *uint32    // 1...16; nil: 1
	SourcePorts     *PortRange // nil: 49152...65535
	SocketBuffer    *uint32    // bytes, of each socket; nil: 7 MB. The kernel may give less
	ZeroChecksum    bool       // a VNI's policy may ask for zero UDP checksums, which cost throughput
	AcceptZero6     bool       // zero UDP checksums over IPv6 are accepted (RFC 6935)
	NoSegmentation  bool       // no UDP_SEGMENT
	NoCoalescing    bool       // no UDP_GRO
	NoBatches       bool       // no sendmmsg and recvmmsg
}

// underlay lies in C's memory; NULL for nil.
func (in *input) underlay(options *UnderlayOptions) *C.vtep_underlay_options {
	if options == nil {
		return nil
	}
	memory := C.calloc(1, C.sizeof_vtep_underlay_options)
	in.memory = append(in.memory, memory)
	out := (*C.vtep_underlay_options)(memory)
	var has bits
	*out = C.vtep_underlay_options{
		size: C.sizeof_vtep_underlay_options, device: in.text("UnderlayOptions.Device", options.Device),
		local: in.ip("UnderlayOptions.Local", options.Local), zero_checksum: flag(options.ZeroChecksum),
		accept_zero6: flag(options.AcceptZero6), no_segmentation: flag(options.NoSegmentation),
		no_coalescing: flag(options.NoCoalescing), no_batches: flag(options.NoBatches),
	}
	if has.set(C.VTEP_UNDERLAY_HAS_PORT, options.Port != nil) {
		out.port = C.uint32_t(*options.Port)
	}
	has.number(C.VTEP_UNDERLAY_HAS_TRANSMIT_SOCKETS, &out.transmit_sockets, options.TransmitSockets)
	has.number(C.VTEP_UNDERLAY_HAS_RECEIVE_SOCKETS, &out.receive_sockets, options.ReceiveSockets)
	has.number(C.VTEP_UNDERLAY_HAS_SOCKET_BUFFER, &out.socket_buffer, options.SocketBuffer)
	if has.set(C.VTEP_UNDERLAY_HAS_SOURCE_PORTS, options.SourcePorts != nil) {
		out.source_port_min, out.source_port_max = C.uint32_t(options.SourcePorts.First), C.uint32_t(options.SourcePorts.Last)
	}
	out.has = C.uint32_t(has)
	return out
}

// EndpointOptions are what an endpoint is made with. One of IPv4 and IPv6 at least is required.
type EndpointOptions struct {
	IPv4, IPv6    *UnderlayOptions
	Engine        *EngineOptions // sizes; nil: the library's. Seed, sockets, source ports and transmissions are not to be set
	NamespacePath string         // the network namespace of sockets, TAPs and interfaces; empty: by NamespaceFD, or the caller's
	NamespaceFD   *int
	Workers       *uint32 // 1...64 that may run it at once; nil: 1
	// BusyPoll: for how many microseconds a worker in Run that had something to do looks for more before it sleeps,
	// 0...10000; nil: 0, never. It costs processor time: as much for each burst of frames.
	BusyPoll *uint32
}

// NewEndpoint opens the underlay's sockets. Nothing is received before it runs.
//
// Errors: [ErrBusy] where the UDP port is taken, by a VXLAN device for example; [ErrNotFound] for a device;
// [ErrPermission]; [ErrInvalid].
func NewEndpoint(options EndpointOptions) (*Endpoint, error) {
	var in input
	defer in.free()
	var has bits
	c := C.vtep_endpoint_options{
		size: C.sizeof_vtep_endpoint_options, ipv4: in.underlay(options.IPv4), ipv6: in.underlay(options.IPv6),
		netns: in.text("EndpointOptions.NamespacePath", options.NamespacePath),
	}
	if options.Engine != nil {
		memory := C.calloc(1, C.sizeof_vtep_engine_options)
		in.memory = append(in.memory, memory)
		c.engine = (*C.vtep_engine_options)(memory)
		options.Engine.fill((*C.vtep_engine_options)(memory))
	}
	if has.set(C.VTEP_ENDPOINT_HAS_NETNS_FD, options.NamespaceFD != nil) {
		c.netns_fd = in.signed("EndpointOptions.NamespaceFD", *options.NamespaceFD)
	}
	has.number(C.VTEP_ENDPOINT_HAS_WORKERS, &c.workers, options.Workers)
	has.number(C.VTEP_ENDPOINT_HAS_BUSY_POLL, &c.busy_poll, options.BusyPoll)
	c.has = C.uint32_t(has)
	if in.err != nil {
		return nil, in.err
	}
	endpoint := new(Endpoint)
	err := withError(func(err *C.vtep_error) C.vtep_status { return C.vtep_endpoint_new(&c, &endpoint.handle, err) })
	if err != nil {
		return nil, err
	}
	runtime.SetFinalizer(endpoint, (*Endpoint).Close)
	return endpoint, nil
}

// withError is a call that has an error of its own, as it may run beside others.
func withError(body func(err *C.vtep_error) C.vtep_status) error {
	err := errorPool.Get().(*C.vtep_error)
	defer errorPool.Put(err)
	if status := body(err); status != C.VTEP_OK {
		return newError(status, err)
	}
	return nil
}

// Close stops the endpoint, waits for what runs it, and closes everything; TAPs that it made go. It may be called any
// number of times. The error is always nil.
func (endpoint *Endpoint) Close() error {
	if endpoint == nil {
		return nil
	}
	endpoint.Stop()
	endpoint.mutex.Lock()
	defer endpoint.mutex.Unlock()
	if endpoint.handle != nil {
		runtime.SetFinalizer(endpoint, nil)
		C.vtep_endpoint_free(endpoint.handle)
		endpoint.handle = nil
	}
	return nil
}

func (endpoint *Endpoint) call(body func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status) error {
	if endpoint == nil {
		return ErrClosed
	}
	endpoint.mutex.RLock()
	defer endpoint.mutex.RUnlock()
	if endpoint.handle == nil {
		return ErrClosed
	}
	return withError(func(err *C.vtep_error) C.vtep_status { return body(endpoint.handle, err) })
}

// Run moves frames until the context is done, whose error it then returns, or until [Endpoint.Stop], which it answers with
// nil. worker counts from 0; one goroutine for each. It holds a thread.
func (endpoint *Endpoint) Run(ctx context.Context, worker int) error {
	var in input
	number := in.number("worker", worker)
	if in.err != nil {
		return in.err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return systemError("make a pipe", err)
	}
	defer read.Close()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			write.Write([]byte{0})
		case <-stop:
		}
	}()
	err = endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_run(handle, number, C.int32_t(read.Fd()), err)
	})
	close(stop)
	<-stopped
	write.Close()
	if err == nil {
		err = ctx.Err()
	}
	return err
}

// Step waits up to timeout until a worker has something to do, and does it, once: for a loop of the caller's own. It is to
// be called about once in a second, too, for entries age by it. isRunning is false once the endpoint was stopped.
func (endpoint *Endpoint) Step(worker int, timeout time.Duration) (isRunning bool, err error) {
	var in input
	number := in.number("worker", worker)
	wait := in.duration("timeout", timeout.Truncate(time.Millisecond), time.Millisecond)
	if in.err != nil {
		return false, in.err
	}
	var running C.uint8_t
	err = endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_step(handle, number, wait, &running, err)
	})
	return running != 0, err
}

// FD is readable while a worker has something to do, for an event loop that then calls [Endpoint.Step]; -1 where there is
// no such worker. It stays the endpoint's.
func (endpoint *Endpoint) FD(worker int) int {
	fd := C.int32_t(-1)
	if worker < 0 || uint64(worker) > 1<<16 {
		return -1
	}
	endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		fd = C.vtep_endpoint_fd(handle, C.uint32_t(worker))
		return C.VTEP_OK
	})
	return int(fd)
}

// Start begins to move frames on threads of the endpoint's own.
//
// Errors: [ErrExists] where it has begun already.
func (endpoint *Endpoint) Start() error {
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_start(handle, err)
	})
}

// Stop ends all runs, at once and for good, and waits for the endpoint's own threads.
func (endpoint *Endpoint) Stop() {
	endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		C.vtep_endpoint_stop(handle)
		return C.VTEP_OK
	})
}

// AddVNI begins to forward for a VNI; see [Engine.AddVNI].
func (endpoint *Endpoint) AddVNI(vni VNI, policy VNIPolicy) error {
	var in input
	var c C.vtep_vni_policy
	policy.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_vni_add(handle, C.uint32_t(vni), &c, err)
	})
}

// SetVNIPolicy changes how a VNI is handled; what was learnt stays.
func (endpoint *Endpoint) SetVNIPolicy(vni VNI, policy VNIPolicy) error {
	var in input
	var c C.vtep_vni_policy
	policy.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_vni_set_policy(handle, C.uint32_t(vni), &c, err)
	})
}

// RemoveVNI ends a VNI: its ports are closed, its groups left.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) RemoveVNI(vni VNI) error {
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_vni_remove(handle, C.uint32_t(vni), err)
	})
}

// AddPeer lets datagrams from an address pass; see [Engine.AddPeer]. [ErrInvalid], too, where there is no underlay of that
// IP version.
func (endpoint *Endpoint) AddPeer(peer netip.Addr) error {
	return endpoint.withIP("peer", peer, func(handle *C.vtep_endpoint, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_peer_add(handle, c, err)
	})
}

// RemovePeer takes that back.
func (endpoint *Endpoint) RemovePeer(peer netip.Addr) error {
	return endpoint.withIP("peer", peer, func(handle *C.vtep_endpoint, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_peer_remove(handle, c, err)
	})
}

func (endpoint *Endpoint) withIP(
	what string, address netip.Addr, body func(*C.vtep_endpoint, *C.vtep_ip, *C.vtep_error) C.vtep_status,
) error {
	var in input
	c := in.ip(what, address)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status { return body(handle, &c, err) })
}

// AddDefaultRemote adds a remote that frames to groups, to everyone and to unknown stations go to; a group is joined. See
// [Engine.AddDefaultRemote].
func (endpoint *Endpoint) AddDefaultRemote(vni VNI, remote EngineRemote) error {
	var in input
	var c C.vtep_engine_remote
	remote.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_default_remote_add(handle, C.uint32_t(vni), &c, err)
	})
}

// RemoveDefaultRemote takes that back.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) RemoveDefaultRemote(vni VNI, remote EngineRemote) error {
	var in input
	var c C.vtep_engine_remote
	remote.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_default_remote_remove(handle, C.uint32_t(vni), &c, err)
	})
}

// SetDefaultRemotes makes these the default remotes of a VNI and no others; those that it has already stay undisturbed.
// After an error those before it have been added, and none taken away.
func (endpoint *Endpoint) SetDefaultRemotes(vni VNI, remotes []EngineRemote) error {
	var in input
	c := make([]C.vtep_engine_remote, len(remotes)+1) // one more, so that there is a first
	for i := range remotes {
		remotes[i].fill(&c[i], &in)
	}
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_default_remotes_set(handle, C.uint32_t(vni), &c[0], C.uint32_t(len(remotes)), err)
	})
}

// SetFDB puts an entry in; see [Engine.SetFDB].
func (endpoint *Endpoint) SetFDB(entry EngineFDBEntry) error {
	var in input
	var c C.vtep_engine_fdb_entry
	entry.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_fdb_set(handle, &c, err)
	})
}

// AppendFDB adds one more remote to an entry; see [Engine.AppendFDB].
func (endpoint *Endpoint) AppendFDB(entry EngineFDBEntry) error {
	var in input
	var c C.vtep_engine_fdb_entry
	entry.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_fdb_append(handle, &c, err)
	})
}

// RemoveFDB takes an entry out, with all its remotes.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) RemoveFDB(vni VNI, mac net.HardwareAddr) error {
	var in input
	c := in.mac("mac", mac)
	if in.err != nil {
		return in.err
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_fdb_remove(handle, C.uint32_t(vni), &c, err)
	})
}

// FlushFDB takes out all entries of a VNI that were learnt.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) FlushFDB(vni VNI) error {
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_fdb_flush(handle, C.uint32_t(vni), err)
	})
}

// FDB lists a VNI's entries; see [Engine.FDB].
func (endpoint *Endpoint) FDB(vni VNI) ([]EngineFDBEntry, error) {
	var list *C.vtep_engine_fdb_list
	err := endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_fdb(handle, C.uint32_t(vni), &list, err)
	})
	if err != nil {
		return nil, err
	}
	return goEngineFDB(list), nil
}

// SetBinding says which station has an IP address; see [Engine.SetBinding].
func (endpoint *Endpoint) SetBinding(vni VNI, address netip.Addr, mac net.HardwareAddr, router bool) error {
	var in input
	station := in.mac("mac", mac)
	if in.err != nil {
		return in.err
	}
	return endpoint.withIP("address", address, func(h *C.vtep_endpoint, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_binding_set(h, C.uint32_t(vni), c, &station, flag(router), err)
	})
}

// Binding is the station that has an IP address, set or learnt.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) Binding(vni VNI, address netip.Addr) (net.HardwareAddr, error) {
	var mac C.vtep_mac
	err := endpoint.withIP("address", address, func(h *C.vtep_endpoint, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_binding_get(h, C.uint32_t(vni), c, &mac, err)
	})
	if err != nil {
		return nil, err
	}
	return goMAC(&mac), nil
}

// RemoveBinding takes a binding out, set or learnt.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) RemoveBinding(vni VNI, address netip.Addr) error {
	return endpoint.withIP("address", address, func(h *C.vtep_endpoint, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_binding_remove(h, C.uint32_t(vni), c, err)
	})
}

// Counters are those over all VNIs, with the names of [Engine.Counters].
func (endpoint *Endpoint) Counters() (Counters, error) {
	return goCounters(func(values *C.uint64_t, count C.uint32_t) error {
		return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
			return C.vtep_endpoint_counters(handle, values, count, err)
		})
	})
}

// VNICounters are those of one VNI.
//
// Errors: [ErrNotFound].
func (endpoint *Endpoint) VNICounters(vni VNI) (Counters, error) {
	return goCounters(func(values *C.uint64_t, count C.uint32_t) error {
		return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
			return C.vtep_endpoint_vni_counters(handle, C.uint32_t(vni), values, count, err)
		})
	})
}

// NextEvent takes out the oldest event that waits; its Time is CLOCK_MONOTONIC's. isThere is false if none does.
func (endpoint *Endpoint) NextEvent() (event EngineEvent, isThere bool, err error) {
	c := C.vtep_engine_event{size: C.sizeof_vtep_engine_event}
	err = endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_event_next(handle, &c, err)
	})
	return goEngineEvent(&c, err)
}

// UnderlayStatistics are what happened at the underlay's sockets, beside what the engine counts.
type UnderlayStatistics struct {
	MessagesSent         uint64 // datagrams, or runs of them
	MessagesReceived     uint64
	Congested            uint64 // datagrams that there was no room for
	Oversized            uint64 // datagrams longer than the path takes
	Refused              uint64 // datagrams refused otherwise: no route, a firewall
	OtherFamily          uint64 // datagrams to remotes without an underlay
	Truncated            uint64 // datagrams longer than any can be
	Overrun              uint64 // datagrams that found the receive buffer full
	SegmentationFailures uint64 // runs that the kernel would not split
}

// UnderlayStatistics are those of IPv4 or of IPv6.
//
// Errors: [ErrNotFound] where there is no such underlay.
func (endpoint *Endpoint) UnderlayStatistics(family Family) (UnderlayStatistics, error) {
	c := C.vtep_underlay_statistics{size: C.sizeof_vtep_underlay_statistics}
	err := endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_underlay_statistics(handle, C.uint8_t(family), &c, err)
	})
	return UnderlayStatistics{
		MessagesSent: uint64(c.messages_sent), MessagesReceived: uint64(c.messages_received),
		Congested: uint64(c.congested), Oversized: uint64(c.oversized), Refused: uint64(c.refused),
		OtherFamily: uint64(c.other_family), Truncated: uint64(c.truncated), Overrun: uint64(c.overrun),
		SegmentationFailures: uint64(c.segmentation_failures),
	}, err
}
