package vtep

/*
#cgo pkg-config: vtep
#include <vtep.h>
#if VTEP_VERSION_MAJOR != 0 || VTEP_VERSION_MINOR < 1
#error "this package is written for vtep.h 0.1 and later minor versions"
#endif
*/
import "C"

import "fmt"

// HeaderVersion is the version of vtep.h that the package was built with.
const HeaderVersion Version = C.VTEP_VERSION

// Version is major << 16 | minor << 8 | patch.
type Version uint32

// LibraryVersion is the version of the libvtep.so that is loaded.
func LibraryVersion() Version {
	return Version(C.vtep_version())
}

// String is the version in decimal: "0.1.0".
func (v Version) String() string {
	return fmt.Sprintf("%d.%d.%d", v>>16, v>>8&0xFF, v&0xFF)
}

// Ptr makes a pointer of a value: the way to set an optional field.
//
//	options.TTL = vtep.Ptr[uint8](64)
func Ptr[T any](value T) *T {
	return &value
}
