package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"math"
	"net/netip"
	"runtime"
	"unsafe"
)

// Offload is what is still to be done for a frame, meant as struct virtio_net_hdr (VIRTIO 1.2 section 5.1.6). The zero
// value: nothing.
type Offload struct {
	Flags          uint8  // 1: the checksum is partial; 2: it was verified
	Segmentation   uint8  // 0: no superframe; 1: TCP/IPv4; 4: TCP/IPv6; 5: UDP; 0x80 beside 1 and 4: ECN
	HeaderLength   uint16 // a hint that is never trusted
	SegmentSize    uint16 // payload of each segment but the last
	ChecksumStart  uint16 // where the sum begins
	ChecksumOffset uint16 // where, from there, the checksum goes
}

func (offload Offload) c() C.vtep_offload {
	return C.vtep_offload{
		flags: C.uint8_t(offload.Flags), segmentation: C.uint8_t(offload.Segmentation),
		header_length: C.uint16_t(offload.HeaderLength), segment_size: C.uint16_t(offload.SegmentSize),
		checksum_start: C.uint16_t(offload.ChecksumStart), checksum_offset: C.uint16_t(offload.ChecksumOffset),
	}
}

func goOffload(c *C.vtep_offload) Offload {
	return Offload{
		Flags: uint8(c.flags), Segmentation: uint8(c.segmentation), HeaderLength: uint16(c.header_length),
		SegmentSize: uint16(c.segment_size), ChecksumStart: uint16(c.checksum_start),
		ChecksumOffset: uint16(c.checksum_offset),
	}
}

// memory is C's: the library holds on to what lies in it beyond a call, which Go's own memory is not for. It is freed when
// nobody can reach it any longer.
type memory struct {
	base     unsafe.Pointer
	stride   int
	headroom int
}

// headroom is what each buffer has before it, for the longest outer headers.
const headroom = 128

func newMemory(count, capacity int) (*memory, error) {
	const most, line = math.MaxInt32, 64
	if count < 1 || capacity < 1 || capacity > most || count > most/(capacity+headroom+2*line) {
		return nil, invalid("vtep: no room for so many buffers of that size")
	}
	// An odd number of cache lines from one to the next: the beginnings of frames are spread over the whole cache.
	stride := ((headroom+capacity+line-1)/line | 1) * line
	base := C.calloc(C.size_t(count), C.size_t(stride))
	if base == nil {
		return nil, &Error{Status: ErrOutOfMemory, AttributeOffset: -1, Message: "vtep: no memory for buffers"}
	}
	made := &memory{base: base, stride: stride, headroom: headroom}
	runtime.SetFinalizer(made, func(made *memory) { C.free(made.base) })
	return made, nil
}

func (m *memory) data(i int) unsafe.Pointer {
	return unsafe.Add(m.base, i*m.stride+m.headroom)
}

// Frames are frames from a port, in buffers that the engine reads and writes until their batch has been sent. A slice of
// [Frames.Buffer] is valid for as long as the Frames are in use.
type Frames struct {
	bytes    *memory
	capacity int
	c        []C.vtep_frame // in C's memory, too
	table    *memory
}

// NewFrames makes count buffers of capacity bytes each.
func NewFrames(count, capacity int) (*Frames, error) {
	bytes, err := newMemory(count, capacity)
	if err != nil {
		return nil, err
	}
	table, err := newMemory(1, count*C.sizeof_vtep_frame)
	if err != nil {
		return nil, err
	}
	frames := &Frames{bytes: bytes, capacity: capacity, table: table}
	frames.c = unsafe.Slice((*C.vtep_frame)(table.data(0)), count)
	for i := range frames.c {
		frames.c[i].data = bytes.data(i)
		frames.c[i].headroom = headroom
	}
	return frames, nil
}

// Len is how many buffers there are.
func (frames *Frames) Len() int { return len(frames.c) }

// Buffer is where frame i goes, from its destination MAC address on: capacity bytes.
func (frames *Frames) Buffer(i int) []byte {
	_ = frames.c[i]
	return unsafe.Slice((*byte)(frames.bytes.data(i)), frames.capacity)
}

// Set says how long the frame in buffer i is, and what is still to be done for it. It panics where length exceeds the
// buffer, as a slice would.
func (frames *Frames) Set(i, length int, offload Offload) {
	c := &frames.c[i]
	if uint(length) > uint(frames.capacity) {
		panic("vtep: a frame longer than its buffer")
	}
	// In one go: this is called for every frame.
	*c = C.vtep_frame{data: frames.bytes.data(i), length: C.uint32_t(length), headroom: headroom, offload: offload.c()}
}

// SetPolicy gives the frame in buffer i a group policy, for a VNI of DialectGBP. bits: 0x80000 applied, 0x400000 don't
// learn.
func (frames *Frames) SetPolicy(i int, id uint16, bits uint32) {
	var c *C.vtep_frame = &frames.c[i]
	c.policy_id, c.policy_bits = C.uint16_t(id), C.uint32_t(bits)
}

// Put copies a frame, for which nothing is left to be done, into buffer i.
func (frames *Frames) Put(i int, frame []byte) {
	copy(frames.Buffer(i)[:len(frame)], frame)
	frames.Set(i, len(frame), Offload{})
}

// Datagrams are what a UDP socket received, in buffers that the engine reads and writes until their batch has been
// delivered: each a datagram or, with UDP_GRO, several behind each other. See [Frames].
type Datagrams struct {
	bytes    *memory
	capacity int
	c        []C.vtep_datagram
	table    *memory
}

// NewDatagrams makes count buffers of capacity bytes each.
func NewDatagrams(count, capacity int) (*Datagrams, error) {
	bytes, err := newMemory(count, capacity)
	if err != nil {
		return nil, err
	}
	table, err := newMemory(1, count*C.sizeof_vtep_datagram)
	if err != nil {
		return nil, err
	}
	datagrams := &Datagrams{bytes: bytes, capacity: capacity, table: table}
	datagrams.c = unsafe.Slice((*C.vtep_datagram)(table.data(0)), count)
	for i := range datagrams.c {
		datagrams.c[i].data = bytes.data(i)
	}
	return datagrams, nil
}

// Len is how many buffers there are.
func (datagrams *Datagrams) Len() int { return len(datagrams.c) }

// Buffer is where datagram i goes, from its VXLAN header on: capacity bytes.
func (datagrams *Datagrams) Buffer(i int) []byte {
	_ = datagrams.c[i]
	return unsafe.Slice((*byte)(datagrams.bytes.data(i)), datagrams.capacity)
}

// Set says how long the datagram in buffer i is, who sent it, and with which TOS. segmentSize is that of each datagram but
// the last, where there are several; 0: there is one. It panics where length exceeds the buffer.
func (datagrams *Datagrams) Set(i, length, segmentSize int, source netip.AddrPort, tos uint8) {
	_ = datagrams.Buffer(i)[:length]
	if segmentSize < 0 || segmentSize > math.MaxUint16 {
		segmentSize = 0
	}
	address := source.Addr().As16() // IPv4 becomes ::ffff:192.0.2.1, as C wants it
	var c *C.vtep_datagram = &datagrams.c[i]
	c.data, c.length = datagrams.bytes.data(i), C.uint32_t(length)
	c.segment_size, c.source_port, c.tos = C.uint16_t(segmentSize), C.uint16_t(source.Port()), C.uint8_t(tos)
	c.source = *(*[16]C.uint8_t)(unsafe.Pointer(&address))
}

// Put copies one datagram into buffer i.
func (datagrams *Datagrams) Put(i int, datagram []byte, source netip.AddrPort) {
	copy(datagrams.Buffer(i)[:len(datagram)], datagram)
	datagrams.Set(i, len(datagram), 0, source, 0)
}
