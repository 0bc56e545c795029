package vtep

// #include <vtep.h>
import "C"

import (
	"runtime"
	"sync"
)

// CapturePoints are what a capture takes.
type CapturePoints uint32

const (
	CaptureUnderlay CapturePoints = C.VTEP_CAPTURE_UNDERLAY // the underlay's packets, from the IP header on
	CapturePorts    CapturePoints = C.VTEP_CAPTURE_PORTS    // the ports' frames: superframes whole, checksums perhaps partial
)

// Capture is copies of frames on their way, for a pcapng file, which Wireshark and tshark open.
type Capture struct {
	mutex  sync.Mutex
	handle *C.vtep_capture
}

// NewCapture makes a capture. snapLength is how many bytes of each frame are kept, 0: all; bufferBytes how much is kept
// until it is drained, 0: 4 MB. What finds no room is lost, and frames never wait.
func NewCapture(points CapturePoints, snapLength, bufferBytes int) (*Capture, error) {
	var in input
	snap, buffer := in.number("snapLength", snapLength), in.number("bufferBytes", bufferBytes)
	if in.err != nil {
		return nil, in.err
	}
	capture := new(Capture)
	err := withError(func(err *C.vtep_error) C.vtep_status {
		return C.vtep_capture_new(C.uint32_t(points), snap, buffer, &capture.handle, err)
	})
	if err != nil {
		return nil, err
	}
	runtime.SetFinalizer(capture, (*Capture).Close)
	return capture, nil
}

// Close ends this program's use of the capture; an endpoint that shows frames to it keeps it until then. It may be called
// any number of times. The error is always nil.
func (capture *Capture) Close() error {
	if capture == nil {
		return nil
	}
	capture.mutex.Lock()
	defer capture.mutex.Unlock()
	if capture.handle != nil {
		runtime.SetFinalizer(capture, nil)
		C.vtep_capture_free(capture.handle)
		capture.handle = nil
	}
	return nil
}

// Drain writes what was captured since the last call to a descriptor, the first time behind the file's header, and returns
// how many frames. It waits for a pipe that is full; call it now and then.
func (capture *Capture) Drain(fd int) (int, error) {
	var count C.uint32_t
	err := capture.write(fd, func(handle *C.vtep_capture, fd C.int32_t, err *C.vtep_error) C.vtep_status {
		return C.vtep_capture_drain(handle, fd, &count, err)
	})
	return int(count), err
}

// Finish writes what is left, and how many frames were lost.
func (capture *Capture) Finish(fd int) error {
	return capture.write(fd, func(handle *C.vtep_capture, fd C.int32_t, err *C.vtep_error) C.vtep_status {
		return C.vtep_capture_finish(handle, fd, err)
	})
}

func (capture *Capture) write(fd int, body func(*C.vtep_capture, C.int32_t, *C.vtep_error) C.vtep_status) error {
	if capture == nil {
		return ErrClosed
	}
	var in input
	descriptor := in.signed("fd", fd)
	if in.err != nil {
		return in.err
	}
	capture.mutex.Lock()
	defer capture.mutex.Unlock()
	if capture.handle == nil {
		return ErrClosed
	}
	return withError(func(err *C.vtep_error) C.vtep_status { return body(capture.handle, descriptor, err) })
}

// Capture shows everything that passes from now on to the capture, in place of the one before; nil: to nobody.
func (endpoint *Endpoint) Capture(capture *Capture) error {
	if capture == nil {
		return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
			return C.vtep_endpoint_capture(handle, nil, err)
		})
	}
	capture.mutex.Lock()
	defer capture.mutex.Unlock()
	if capture.handle == nil {
		return ErrClosed
	}
	return endpoint.call(func(handle *C.vtep_endpoint, err *C.vtep_error) C.vtep_status {
		return C.vtep_endpoint_capture(handle, capture.handle, err)
	})
}
