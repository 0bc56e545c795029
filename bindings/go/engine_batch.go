package vtep

/*
#include <vtep.h>

// The work and the view of what came of it, in one call; and before, where it is due, the clearing of the batch.
static vtep_status vtepgo_encapsulate(vtep_engine *engine, vtep_frame *frames, uint32_t count, uint32_t port,
                                      uint64_t now, vtep_batch *batch, uint8_t clear, uint32_t *taken,
                                      vtep_batch_view *view) {
	if (clear) vtep_batch_clear(batch);
	vtep_status status = vtep_engine_encapsulate(engine, frames, count, port, now, batch, taken);
	return status == VTEP_OK ? vtep_batch_get(batch, view) : status;
}

static vtep_status vtepgo_decapsulate(vtep_engine *engine, vtep_datagram *datagrams, uint32_t count, uint64_t now,
                                      vtep_batch *batch, uint8_t clear, uint32_t *taken, vtep_batch_view *view) {
	if (clear) vtep_batch_clear(batch);
	vtep_status status = vtep_engine_decapsulate(engine, datagrams, count, now, batch, taken);
	return status == VTEP_OK ? vtep_batch_get(batch, view) : status;
}
*/
import "C"

import (
	"net/netip"
	"runtime"
	"sync"
	"time"
	"unsafe"
)

// Batch is what calls of an engine produced: made once, used over and over. One goroutine at a time fills it and reads it.
type Batch struct {
	mutex  sync.Mutex
	handle *C.vtep_batch
	view   C.vtep_batch_view
	keeps  []any // whose memory its slices point to
	stale  bool  // it was cleared here: the library is told with the next call
}

// Delivery is a frame for a port: its bytes are [Batch.AppendDelivery]'s.
type Delivery struct {
	Port       EnginePort
	VNI        VNI
	Length     int
	Offload    Offload // nothing that the port does not take
	PolicyID   uint16  // group policy from the VXLAN header
	PolicyBits uint32  // 0x80000000: there is one; 0x80000 applied; 0x400000 don't learn
}

// Transmission is one send to the underlay: a datagram or, for UDP_SEGMENT, several; its bytes are
// [Batch.AppendTransmission]'s, and begin with a VXLAN header.
type Transmission struct {
	Remote        netip.AddrPort
	EntropySocket int    // which of the sockets that send; frames of one flow have the same
	SourcePort    uint16 // of the first frame's flow, for whoever writes the outer headers
	SegmentSize   int    // of each datagram but the last; 0: there is one
	DatagramCount int
	Length        int
	TOS           uint8
	TTL           uint8 // 0: the default
	DontFragment  bool
	ZeroChecksum  bool
	RemoteIndex   uint32 // the remote's number in the engine, for as long as it is known
}

// NewBatch makes an empty batch, of about 1 MB.
func NewBatch() (*Batch, error) {
	batch := new(Batch)
	err := errorPool.Get().(*C.vtep_error)
	defer errorPool.Put(err)
	if status := C.vtep_batch_new(&batch.handle, err); status != C.VTEP_OK {
		return nil, newError(status, err)
	}
	batch.view.size = C.sizeof_vtep_batch_view
	runtime.SetFinalizer(batch, (*Batch).Close)
	return batch, nil
}

// Close ends the batch. It may be called any number of times. The error is always nil.
func (batch *Batch) Close() error {
	if batch == nil {
		return nil
	}
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	if batch.handle != nil {
		runtime.SetFinalizer(batch, nil)
		C.vtep_batch_free(batch.handle)
		batch.forget()
		batch.handle = nil
	}
	return nil
}

// Clear forgets everything in it.
func (batch *Batch) Clear() {
	if batch == nil {
		return
	}
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	batch.stale = true
	batch.forget()
}

func (batch *Batch) forget() {
	batch.view = C.vtep_batch_view{size: C.sizeof_vtep_batch_view}
	for i := range batch.keeps {
		batch.keeps[i] = nil
	}
	batch.keeps = batch.keeps[:0]
}

// takeStale tells whether the library has to clear the batch, and that it will.
func (batch *Batch) takeStale() bool {
	stale := batch.stale
	batch.stale = false
	return stale
}

func (batch *Batch) keep(owner any) {
	if count := len(batch.keeps); count == 0 || batch.keeps[count-1] != owner {
		batch.keeps = append(batch.keeps, owner)
	}
}

// Encapsulate forwards count frames from a port, the first of them in buffer first; what comes of them is added to the
// batch. It returns how many were taken: fewer than count if the batch is full. Then send it, clear it, and call again
// with the rest: an empty batch takes at least one. A frame that is dropped is taken and counted.
//
// Frames from a port that there is not are dropped, too.
func (engine *Engine) Encapsulate(
	frames *Frames, first, count int, port EnginePort, now time.Duration, batch *Batch,
) (int, error) {
	if frames == nil {
		return 0, invalid("vtep: no frames")
	}
	run := frames.c[first : first+count]
	return engine.fill(batch, frames, func(handle *C.vtep_engine, taken *C.uint32_t) C.vtep_status {
		if count == 0 {
			return C.VTEP_OK
		}
		return C.vtepgo_encapsulate(handle, &run[0], C.uint32_t(count), C.uint32_t(port), milliseconds(now),
			batch.handle, flag(batch.takeStale()), taken, &batch.view)
	})
}

// Decapsulate checks count datagrams from the underlay, the first of them in buffer first, learns from them and gives
// their frames to ports. It returns how many were taken, as [Engine.Encapsulate] does.
func (engine *Engine) Decapsulate(
	datagrams *Datagrams, first, count int, now time.Duration, batch *Batch,
) (int, error) {
	if datagrams == nil {
		return 0, invalid("vtep: no datagrams")
	}
	run := datagrams.c[first : first+count]
	return engine.fill(batch, datagrams, func(handle *C.vtep_engine, taken *C.uint32_t) C.vtep_status {
		if count == 0 {
			return C.VTEP_OK
		}
		return C.vtepgo_decapsulate(handle, &run[0], C.uint32_t(count), milliseconds(now), batch.handle,
			flag(batch.takeStale()), taken, &batch.view)
	})
}

// fill holds both locks, always in this order.
func (engine *Engine) fill(
	batch *Batch, owner any, body func(handle *C.vtep_engine, taken *C.uint32_t) C.vtep_status,
) (int, error) {
	if engine == nil || batch == nil {
		return 0, ErrClosed
	}
	engine.mutex.Lock()
	defer engine.mutex.Unlock()
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	if engine.handle == nil || batch.handle == nil {
		return 0, ErrClosed
	}
	batch.keep(owner)
	var taken C.uint32_t
	if status := body(engine.handle, &taken); status != C.VTEP_OK {
		return 0, &Error{Status: Status(status), AttributeOffset: -1, Message: "vtep: " + Status(status).Error()}
	}
	return int(taken), nil
}

// DeliveryCount is how many frames for ports there are.
func (batch *Batch) DeliveryCount() int {
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	return int(batch.view.delivery_count)
}

// TransmissionCount is how many sends to the underlay there are.
func (batch *Batch) TransmissionCount() int {
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	return int(batch.view.transmission_count)
}

// The arrays are valid while the lock is held.
func deliveries(view *C.vtep_batch_view) []C.vtep_delivery {
	return unsafe.Slice(view.deliveries, int(view.delivery_count))
}

func transmissions(view *C.vtep_batch_view) []C.vtep_transmission {
	return unsafe.Slice(view.transmissions, int(view.transmission_count))
}

func appendSlices(dst []byte, view *C.vtep_batch_view, first, count C.uint32_t) []byte {
	var slices []C.vtep_slice = unsafe.Slice(view.slices, int(view.slice_count))
	for _, slice := range slices[first : first+count] {
		dst = append(dst, unsafe.Slice((*byte)(slice.data), int(slice.length))...)
	}
	return dst
}

// Delivery is frame i for a port. It panics where there is none, as an index into a slice would.
func (batch *Batch) Delivery(i int) Delivery {
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	return goDelivery(&deliveries(&batch.view)[i])
}

func goDelivery(c *C.vtep_delivery) Delivery {
	return Delivery{
		Port: EnginePort(c.port), VNI: VNI(c.vni), Length: int(c.length), Offload: goOffload(&c.offload),
		PolicyID: uint16(c.policy_id), PolicyBits: uint32(c.policy_bits),
	}
}

// AppendDelivery appends the bytes of frame i to dst.
func (batch *Batch) AppendDelivery(dst []byte, i int) []byte {
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	var c *C.vtep_delivery = &deliveries(&batch.view)[i]
	return appendSlices(dst, &batch.view, c.first_slice, c.slice_count)
}

// Transmission is send i to the underlay. It panics where there is none.
func (batch *Batch) Transmission(i int) Transmission {
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	return goTransmission(&transmissions(&batch.view)[i])
}

func goTransmission(c *C.vtep_transmission) Transmission {
	remote := netip.AddrFrom16(*(*[16]byte)(unsafe.Pointer(&c.remote))).Unmap()
	return Transmission{
		Remote: netip.AddrPortFrom(remote, uint16(c.port)), EntropySocket: int(c.entropy_socket),
		SourcePort: uint16(c.source_port), SegmentSize: int(c.segment_size), DatagramCount: int(c.datagram_count),
		Length: int(c.length), TOS: uint8(c.tos), TTL: uint8(c.ttl), RemoteIndex: uint32(c.remote_index),
		DontFragment: c.flags&C.VTEP_TRANSMISSION_DONT_FRAGMENT != 0,
		ZeroChecksum: c.flags&C.VTEP_TRANSMISSION_ZERO_CHECKSUM != 0,
	}
}

// AppendTransmission appends the bytes of send i to dst.
func (batch *Batch) AppendTransmission(dst []byte, i int) []byte {
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	var c *C.vtep_transmission = &transmissions(&batch.view)[i]
	return appendSlices(dst, &batch.view, c.first_slice, c.slice_count)
}
