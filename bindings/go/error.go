package vtep

// #include <vtep.h>
import "C"

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Status is the kind of an [*Error], and an error itself, for [errors.Is]. The set is open: treat one you don't know as
// a failure.
type Status int32

// The kinds of error (VTEP_E_*).
const (
	ErrInvalid      Status = C.VTEP_E_INVAL        // a value that can't be meant, or that the kernel refused
	ErrNoSpace      Status = C.VTEP_E_NOSPACE      // a buffer is too small
	ErrNotFound     Status = C.VTEP_E_NOTFOUND     // what was named does not exist; is fs.ErrNotExist, too
	ErrExists       Status = C.VTEP_E_EXISTS       // what was to be made exists already; is fs.ErrExist, too
	ErrPermission   Status = C.VTEP_E_PERM         // a privilege is missing; is fs.ErrPermission, too
	ErrSystem       Status = C.VTEP_E_SYSTEM       // the kernel or libc failed in another way: see Errno
	ErrCallback     Status = C.VTEP_E_CALLBACK     // a callback asked to stop
	ErrNotSupported Status = C.VTEP_E_NOTSUPPORTED // this kernel, device or library lacks the feature
	ErrBusy         Status = C.VTEP_E_BUSY         // it is in use
	ErrForeign      Status = C.VTEP_E_FOREIGN      // it exists, but is not what the caller said: left alone
	ErrOutOfMemory  Status = C.VTEP_E_OUTOFMEMORY  // no memory left, here or in the kernel
	ErrInterrupted  Status = C.VTEP_E_INTERRUPTED  // a table kept changing while it was read: try again
	ErrProtocol     Status = C.VTEP_E_PROTOCOL     // the kernel's answer can't be read
)

// Error is a few words for the kind: "not found".
func (s Status) Error() string {
	return C.GoString(C.vtep_status_text(C.vtep_status(s)))
}

// ErrClosed is what every method of a closed handle returns. It is [os.ErrClosed], too.
var ErrClosed error = closedError{}

type closedError struct{}

func (closedError) Error() string        { return "vtep: the handle is closed" }
func (closedError) Is(target error) bool { return target == os.ErrClosed }

// Error is what went wrong, in one call. Decide by Status and Errno: the wording of the texts may change.
type Error struct {
	Status          Status
	Errno           syscall.Errno // the kernel's or libc's, unchanged; 0 where there was none
	AttributeOffset int           // where the attribute at fault begins in the request, in bytes; -1: the kernel named none
	Message         string        // one line: cannot <what> "<on what>": <errno>; <why>; <what to do>
	KernelMessage   string        // the kernel's own words (extended ACK); may be empty
	Remedy          string        // what to do about it; may be empty
}

// Error is the message.
func (e *Error) Error() string {
	return e.Message
}

// Unwrap is the errno, if there is one.
func (e *Error) Unwrap() error {
	if e.Errno == 0 {
		return nil
	}
	return e.Errno
}

// Is tells whether the error is of the kind target, or of the kind's counterpart in package io/fs.
func (e *Error) Is(target error) bool {
	switch target {
	case fs.ErrNotExist:
		return e.Status == ErrNotFound
	case fs.ErrExist:
		return e.Status == ErrExists
	case fs.ErrPermission:
		return e.Status == ErrPermission
	case fs.ErrInvalid:
		return e.Status == ErrInvalid
	}
	status, isStatus := target.(Status)
	return isStatus && e.Status == status
}

// newError reads what a call of the library left. It has to be called before the next call with the same struct.
func newError(status C.vtep_status, err *C.vtep_error) *Error {
	return &Error{
		Status:          Status(status),
		Errno:           syscall.Errno(err.sys_errno),
		AttributeOffset: int(err.attribute_offset),
		Message:         C.GoString(&err.message[0]),
		KernelMessage:   C.GoString(&err.kernel_message[0]),
		Remedy:          C.GoString(&err.remedy[0]),
	}
}

// invalid is an error of this package: a value that can't be handed to C.
func invalid(message string) *Error {
	return &Error{Status: ErrInvalid, AttributeOffset: -1, Message: message}
}

// resetError prepares a struct for a call.
func resetError(err *C.vtep_error) {
	err.size = C.sizeof_vtep_error
}

// BatchError is what remains of a batch of which some changes failed: all others have happened.
type BatchError struct {
	Failures []Failure // in order, at least one
}

// Failure is one change of a batch that failed.
type Failure struct {
	Index int // the place of the change among those passed
	Err   *Error
}

// Error is the first failure's message.
func (e *BatchError) Error() string {
	return e.Failures[0].Err.Message
}

// Unwrap is the first failure.
func (e *BatchError) Unwrap() error {
	return e.Failures[0].Err
}

// Is tells whether any of the failures is of the kind target.
func (e *BatchError) Is(target error) bool {
	for _, failure := range e.Failures {
		if errors.Is(failure.Err, target) {
			return true
		}
	}
	return false
}
