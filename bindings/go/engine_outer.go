package vtep

/*
#include <stdlib.h>
#include <string.h>
#include <vtep.h>

// The slices of one transmission lie in the batch from its first on.
static vtep_status vtepgo_outer_write(const vtep_outer_options *options, const vtep_batch_view *view, uint32_t i,
                                      uint32_t identification, void *memory, uint32_t capacity, uint32_t *written) {
	const vtep_transmission *transmission = &view->transmissions[i];
	return vtep_outer_write(options, transmission, view->slices + transmission->first_slice, identification, memory,
	                        capacity, written);
}
*/
import "C"

import (
	"net"
	"net/netip"
	"unsafe"
)

// OuterChecksum is how the UDP checksum of outer headers is written.
type OuterChecksum uint8

const (
	OuterChecksumZero     OuterChecksum = C.VTEP_OUTER_CHECKSUM_ZERO
	OuterChecksumComplete OuterChecksum = C.VTEP_OUTER_CHECKSUM_COMPLETE
	OuterChecksumPartial  OuterChecksum = C.VTEP_OUTER_CHECKSUM_PARTIAL // the pseudo header's part, for a card to complete
)

// OuterOptions are what outer headers are written with, for packet sockets and the like.
type OuterOptions struct {
	Local       netip.Addr       // the source address, of the remote's family
	Destination net.HardwareAddr // the next hop's; nil: no Ethernet header
	Source      net.HardwareAddr // the own
	Checksum    OuterChecksum
}

// AppendOuter appends to dst the headers that go before send i of the batch: Ethernet (14 bytes, if asked for), IPv4 (20)
// or IPv6 (40), UDP (8).
//
// Errors: [ErrInvalid], also where the remote is of the other family, or where there are several datagrams and the
// checksum is not partial.
func (batch *Batch) AppendOuter(dst []byte, i int, options OuterOptions, identification uint16) ([]byte, error) {
	var in input
	c := C.vtep_outer_options{
		size: C.sizeof_vtep_outer_options, local: in.ip("OuterOptions.Local", options.Local),
		checksum: C.uint8_t(options.Checksum),
	}
	if options.Destination != nil || options.Source != nil {
		c.has = C.VTEP_OUTER_HAS_ETHERNET
		c.destination = in.mac("OuterOptions.Destination", options.Destination)
		c.source = in.mac("OuterOptions.Source", options.Source)
	}
	if in.err != nil {
		return dst, in.err
	}
	batch.mutex.Lock()
	defer batch.mutex.Unlock()
	_ = transmissions(&batch.view)[i]
	var headers [64]byte
	var written C.uint32_t
	status := C.vtepgo_outer_write(&c, &batch.view, C.uint32_t(i), C.uint32_t(identification),
		unsafe.Pointer(&headers[0]), C.uint32_t(len(headers)), &written)
	if status != C.VTEP_OK {
		return dst, &Error{Status: Status(status), AttributeOffset: -1, Message: "vtep: " + Status(status).Error()}
	}
	return append(dst, headers[:written]...), nil
}

// OuterFlags say how a packet is to be read.
type OuterFlags uint32

const (
	OuterEthernet      OuterFlags = C.VTEP_OUTER_READ_ETHERNET       // it begins with an Ethernet header, not with IP
	OuterVerified      OuterFlags = C.VTEP_OUTER_READ_VERIFIED       // checksums were verified elsewhere
	OuterZeroChecksum6 OuterFlags = C.VTEP_OUTER_READ_ZERO_CHECKSUM6 // a UDP checksum over IPv6 may be 0 (RFC 6936)
)

// PutPacket copies a whole packet into buffer i, reads the headers before its VXLAN header, and makes the rest the
// datagram. port is the VTEP's UDP port.
//
// Errors: [ErrForeign] for what is not UDP to this port; [ErrProtocol] for fragments, for what is cut short, and for wrong
// checksums; [ErrNoSpace] for what is longer than the buffer.
func (datagrams *Datagrams) PutPacket(i int, packet []byte, flags OuterFlags, port uint16) error {
	if len(packet) == 0 || len(packet) > len(datagrams.Buffer(i)) {
		return &Error{Status: ErrNoSpace, AttributeOffset: -1, Message: "vtep: the packet is empty, or longer than its buffer"}
	}
	copy(datagrams.Buffer(i), packet)
	var c C.vtep_datagram
	status := C.vtep_outer_read(datagrams.bytes.data(i), C.uint32_t(len(packet)), C.uint32_t(flags), C.uint32_t(port), &c)
	if status != C.VTEP_OK {
		return &Error{Status: Status(status), AttributeOffset: -1, Message: "vtep: " + Status(status).Error()}
	}
	datagrams.c[i] = c
	return nil
}
