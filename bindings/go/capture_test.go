package vtep_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"vtep"
)

func TestCaptureOfAnEndpoint(t *testing.T) {
	t.Parallel()
	a, _ := twoHosts(t)
	endpoint := newEndpoint(t, a, "192.168.50.2")
	port := get[*vtep.MemoryPort](t)(vtep.NewMemoryPort(0))
	defer port.Close()
	must(t, one(endpoint.AddPort(120, vtep.EndpointPortOptions{Kind: vtep.PortMemory, Memory: port})))
	capture := get[*vtep.Capture](t)(vtep.NewCapture(vtep.CaptureUnderlay|vtep.CapturePorts, 0, 0))
	must(t, endpoint.Capture(capture))
	must(t, endpoint.Start())
	sent := frame("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", 300)
	must(t, port.Send(sent))
	file := get[*os.File](t)(os.Create(filepath.Join(t.TempDir(), "overlay.pcapng")))
	defer file.Close()
	captured := 0
	eventually(t, "the frame at the port and the packet", func() bool {
		captured += get[int](t)(capture.Drain(int(file.Fd())))
		return captured >= 2
	})
	must(t, endpoint.Capture(nil))
	must(t, capture.Finish(int(file.Fd())))
	written := get[[]byte](t)(os.ReadFile(file.Name()))
	equal(t, "it is pcapng", string(written[:4]), "\x0a\x0d\x0d\x0a")
	equal(t, "the frame is in there twice", bytes.Count(written, sent) >= 2, true)

	is(t, one(vtep.NewCapture(0x80, 0, 0)), vtep.ErrInvalid)
	is(t, one(vtep.NewCapture(vtep.CapturePorts, -1, 0)), vtep.ErrInvalid)
	must(t, capture.Close())
	must(t, capture.Close())
	is(t, one(capture.Drain(int(file.Fd()))), vtep.ErrClosed)
	is(t, endpoint.Capture(capture), vtep.ErrClosed)
	var none *vtep.Capture
	must(t, none.Close())
	is(t, none.Finish(1), vtep.ErrClosed)
}
