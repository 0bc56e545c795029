package vtep

// #include <vtep.h>
import "C"

import (
	"math"
	"net"
	"net/netip"
	"time"
	"unsafe"
)

// goIP is the zero Addr where there is none.
func goIP(ip *C.vtep_ip) netip.Addr {
	switch ip.family {
	case 4:
		return netip.AddrFrom4(*(*[4]byte)(unsafe.Pointer(&ip.bytes)))
	case 6:
		return netip.AddrFrom16(*(*[16]byte)(unsafe.Pointer(&ip.bytes)))
	}
	return netip.Addr{}
}

func goPrefix(prefix *C.vtep_prefix) netip.Prefix {
	address := goIP(&prefix.address)
	if !address.IsValid() {
		return netip.Prefix{}
	}
	return netip.PrefixFrom(address, int(prefix.length))
}

const macLength = len(C.vtep_mac{}.bytes)

func macBytes(mac *C.vtep_mac) *[macLength]byte {
	return (*[macLength]byte)(unsafe.Pointer(&mac.bytes))
}

func goMAC(mac *C.vtep_mac) net.HardwareAddr {
	return append(net.HardwareAddr(nil), macBytes(mac)[:]...)
}

func seconds(count C.uint32_t) time.Duration {
	return time.Duration(count) * time.Second
}

// The kernel counts a bridge's times in these (USER_HZ).
const hundredth = 10 * time.Millisecond

func hundredths(count C.uint32_t) time.Duration {
	return time.Duration(count) * hundredth
}

// longHundredths is the longest that Go can say where the count is longer.
func longHundredths(count C.uint64_t) time.Duration {
	if uint64(count) > uint64(math.MaxInt64/hundredth) {
		return math.MaxInt64
	}
	return time.Duration(count) * hundredth
}

// optional is nil where the bit is missing.
func optional[T any](isSet bool, value T) *T {
	if !isSet {
		return nil
	}
	return &value
}

// keep is nil where the bit is missing; otherwise the value lies where place says.
func keep[T any](bit C.uint32_t, place *T, value T) *T {
	if bit == 0 {
		return nil
	}
	*place = value
	return place
}
