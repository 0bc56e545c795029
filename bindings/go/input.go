package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"strings"
	"time"
	"unsafe"
)

// input turns Go values into C's. It remembers the first value that C can't take, and frees what it allocated.
type input struct {
	err    error
	memory []unsafe.Pointer
}

// free ends what the other methods returned.
func (in *input) free() {
	for _, memory := range in.memory {
		C.free(memory)
	}
	in.memory = nil
}

func (in *input) fail(format string, arguments ...any) {
	if in.err == nil {
		in.err = invalid("vtep: " + fmt.Sprintf(format, arguments...))
	}
}

// text is a C string; NULL for an empty one, which means "unset" everywhere.
func (in *input) text(what, text string) *C.char {
	if text == "" {
		return nil
	}
	return in.required(what, text)
}

// required is a C string; an empty one stays an empty one.
func (in *input) required(what, text string) *C.char {
	if strings.IndexByte(text, 0) >= 0 {
		in.fail("%s %q holds a NUL byte", what, text)
		return nil
	}
	memory := C.CString(text)
	in.memory = append(in.memory, unsafe.Pointer(memory))
	return memory
}

// fixed is a text in a field of the struct itself, with its NUL.
func (in *input) fixed(what, text string, field []C.char) {
	if len(text) >= len(field) || strings.IndexByte(text, 0) >= 0 {
		in.fail("%s %q has more than %d bytes, or a NUL", what, text, len(field)-1)
		return
	}
	for i := 0; i < len(text); i++ {
		field[i] = C.char(text[i])
	}
}

func (in *input) mac(what string, mac net.HardwareAddr) (out C.vtep_mac) {
	if len(mac) != len(out.bytes) {
		in.fail("%s has %d octets, not %d: %v", what, len(mac), len(out.bytes), mac)
		return out
	}
	for i, octet := range mac {
		out.bytes[i] = C.uint8_t(octet)
	}
	return out
}

// ip is family 0 for the zero Addr.
func (in *input) ip(what string, address netip.Addr) (out C.vtep_ip) {
	if address.Zone() != "" {
		in.fail("%s %v has a zone; name the link by its own field", what, address)
		return out
	}
	putIP(&out, address)
	return out
}

// putIP leaves a zone out.
func putIP(out *C.vtep_ip, address netip.Addr) {
	switch {
	case address.Is4():
		out.family = 4
		*(*[4]byte)(unsafe.Pointer(&out.bytes)) = address.As4()
	case address.Is6():
		out.family = 6
		*(*[16]byte)(unsafe.Pointer(&out.bytes)) = address.As16()
	}
}

// prefix is family 0 for the zero Prefix. netip's prefixes have no zone.
func (in *input) prefix(what string, prefix netip.Prefix) (out C.vtep_prefix) {
	if !prefix.IsValid() {
		if prefix.Addr().IsValid() {
			in.fail("%s has a length that is none: %v", what, prefix)
		}
		return out
	}
	out.address = in.ip(what, prefix.Addr())
	out.length = C.uint8_t(prefix.Bits())
	return out
}

// number is for what Go calls an int and C a uint32_t.
func (in *input) number(what string, number int) C.uint32_t {
	if number < 0 || uint64(number) > math.MaxUint32 {
		in.fail("%s is out of range: %d", what, number)
		return 0
	}
	return C.uint32_t(number)
}

// signed is for what Go calls an int and C an int32_t: a descriptor, a process id.
func (in *input) signed(what string, number int) C.int32_t {
	if number < math.MinInt32 || number > math.MaxInt32 {
		in.fail("%s is out of range: %d", what, number)
		return -1
	}
	return C.int32_t(number)
}

// duration counts units, of which it has to be a whole number.
func (in *input) duration(what string, duration, unit time.Duration) C.uint32_t {
	count := duration / unit
	if duration < 0 || duration%unit != 0 || uint64(count) > math.MaxUint32 {
		in.fail("%s is no whole number of %v, or out of range: %v", what, unit, duration)
		return 0
	}
	return C.uint32_t(count)
}

// longDuration counts hundredths of a second, of which it has to be a whole number.
func (in *input) longDuration(what string, duration time.Duration) C.uint64_t {
	if duration < 0 || duration%hundredth != 0 {
		in.fail("%s is no whole number of %v, or out of range: %v", what, hundredth, duration)
		return 0
	}
	return C.uint64_t(duration / hundredth)
}

func flag(set bool) C.uint8_t {
	if set {
		return 1
	}
	return 0
}

// A has word of a C struct that is being filled: each of these sets its bit and returns true where the value is there.
type bits C.uint32_t

func (has *bits) set(bit C.uint32_t, isThere bool) bool {
	if isThere {
		*has |= bits(bit)
	}
	return isThere
}

// A truth value that may be left out, and its bit of a pair of words flags and flags_mask.
type flagValue struct {
	bit   C.uint32_t
	value *bool
}

func flagWords(values []flagValue) (flags, mask C.uint32_t) {
	for _, each := range values {
		if each.value == nil {
			continue
		}
		mask |= each.bit
		if *each.value {
			flags |= each.bit
		}
	}
	return flags, mask
}

// number is for an optional number.
func (has *bits) number(bit C.uint32_t, place *C.uint32_t, value *uint32) {
	if has.set(bit, value != nil) {
		*place = C.uint32_t(*value)
	}
}
