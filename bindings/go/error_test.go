package vtep_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"vtep"
)

func TestErrorsAreOfTheirKind(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	err := one(host.CreateBridge(vtep.BridgeOptions{Name: "under"}))
	is(t, err, vtep.ErrExists)
	is(t, err, syscall.EEXIST)
	is(t, err, fs.ErrExist)
	is(t, one(host.Link("none")), fs.ErrNotExist)
	is(t, host.SetLinkMTU("under", 1), fs.ErrInvalid)
	for _, other := range []error{vtep.ErrNotFound, syscall.ENOENT, fs.ErrNotExist, vtep.ErrClosed, os.ErrClosed} {
		if errors.Is(err, other) {
			t.Errorf("%v is no %v", err, other)
		}
	}
	var e *vtep.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T is no *vtep.Error", err)
	}
	equal(t, "status", e.Status, vtep.ErrExists)
	equal(t, "errno", e.Errno, syscall.EEXIST)
	equal(t, "text", err.Error(), e.Message)
	holds(t, e.Message, "cannot create bridge \"under\"", "EEXIST", e.Remedy)
	equal(t, "one line", strings.Contains(e.Message, "\n"), false)
	var errno syscall.Errno
	equal(t, "as an errno", errors.As(err, &errno), true)
	equal(t, "as a status", vtep.ErrExists.Error(), "already exists")
}

func TestTheKernelsOwnWords(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 1})))
	err := one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan1", VNI: 1}))
	var e *vtep.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	holds(t, e.KernelMessage, "VNI")
	holds(t, e.Message, "vxlan0", e.KernelMessage)
	equal(t, "a remedy", e.Remedy != "", true)
}

func TestEveryStatusHasWords(t *testing.T) {
	seen := map[string]vtep.Status{}
	for status := vtep.ErrProtocol; status <= vtep.ErrInvalid; status++ {
		text := status.Error()
		if other, isTaken := seen[text]; isTaken || text == "" || text == vtep.Status(-9999).Error() {
			t.Errorf("status %d says %q, like %d", int32(status), text, int32(other))
		}
		seen[text] = status
	}
	equal(t, "an unknown one", vtep.Status(-9999).Error(), "unknown status")
}

func TestVersions(t *testing.T) {
	equal(t, "library", vtep.LibraryVersion(), vtep.HeaderVersion)
	equal(t, "text", vtep.Version(0x00010203).String(), "1.2.3")
}
