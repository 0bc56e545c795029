package vtep

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"
)

// readiness waits for a descriptor of the library's to become readable, in Go's own poller: no thread is held meanwhile.
// The descriptor lies in an epoll of ours, so that nothing about it has to be changed for that.
type readiness struct {
	file *os.File // the epoll
	raw  syscall.RawConn
}

func newReadiness(fd int) (*readiness, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, systemError("make an epoll", err)
	}
	event := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}
	if err := syscall.EpollCtl(epoll, syscall.EPOLL_CTL_ADD, fd, &event); err != nil {
		syscall.Close(epoll)
		return nil, systemError("watch a descriptor", err)
	}
	if err := syscall.SetNonblock(epoll, true); err != nil { // os.NewFile then hands it to the poller
		syscall.Close(epoll)
		return nil, systemError("watch a descriptor", err)
	}
	file := os.NewFile(uintptr(epoll), "epoll")
	raw, err := file.SyscallConn()
	if err != nil {
		file.Close()
		return nil, systemError("watch a descriptor", err)
	}
	return &readiness{file: file, raw: raw}, nil
}

func systemError(what string, err error) error {
	errno, _ := err.(syscall.Errno)
	return &Error{Status: ErrSystem, Errno: errno, AttributeOffset: -1, Message: "vtep: cannot " + what + ": " + err.Error()}
}

// close ends every wait, and all that come.
func (wake *readiness) close() {
	if wake != nil {
		wake.file.Close()
	}
}

// wait calls isDone until it is true: at first, and whenever the descriptor has become readable. One goroutine at a time.
// It ends with the context's error, or with ErrClosed.
func (wake *readiness) wait(ctx context.Context, isDone func() bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			wake.file.SetReadDeadline(time.Unix(1, 0)) // long ago
		case <-stop:
		}
	}()
	err := wake.raw.Read(func(uintptr) bool { return isDone() })
	close(stop)
	<-stopped
	wake.file.SetReadDeadline(time.Time{})
	switch {
	case err == nil:
		return nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return ctx.Err()
	}
	return ErrClosed
}
