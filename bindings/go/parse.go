package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"sync"
)

// ParseMAC reads "02:42:0a:11:00:08" or "02-42-0A-11-00-08", and unlike [net.ParseMAC] only addresses of six octets. The
// error says which part is wrong and how.
func ParseMAC(text string) (net.HardwareAddr, error) {
	var mac C.vtep_mac
	err := parse(text, func(text *C.char, err *C.vtep_error) C.vtep_status { return C.vtep_mac_parse(text, &mac, err) })
	if err != nil {
		return nil, err
	}
	return goMAC(&mac), nil
}

// ParseAddr reads "192.168.50.233", or an IPv6 address as in RFC 4291 section 2.2, and unlike [netip.ParseAddr] none
// with a zone.
func ParseAddr(text string) (netip.Addr, error) {
	var ip C.vtep_ip
	err := parse(text, func(text *C.char, err *C.vtep_error) C.vtep_status { return C.vtep_ip_parse(text, &ip, err) })
	return goIP(&ip), err
}

// ParsePrefix reads "10.16.0.2/24" or "2001:db8::1/64", and unlike [netip.ParsePrefix] takes a bare address as /32 or
// /128.
func ParsePrefix(text string) (netip.Prefix, error) {
	var prefix C.vtep_prefix
	err := parse(text, func(text *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_prefix_parse(text, &prefix, err)
	})
	return goPrefix(&prefix), err
}

func parse(text string, body func(*C.char, *C.vtep_error) C.vtep_status) error {
	var in input
	defer in.free()
	c := in.required("the text", text)
	if in.err != nil {
		return in.err
	}
	err := errorPool.Get().(*C.vtep_error)
	defer errorPool.Put(err)
	if status := body(c, err); status != C.VTEP_OK {
		return newError(status, err)
	}
	return nil
}

// errorPool is for calls without a handle: an error is larger than what such a call reads.
var errorPool = sync.Pool{New: func() any { return &C.vtep_error{size: C.sizeof_vtep_error} }}
