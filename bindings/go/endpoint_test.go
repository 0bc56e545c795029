package vtep_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"sync"
	"testing"
	"time"

	"vtep"
)

// twoHosts are joined by a cable, 192.168.50.1 and 192.168.50.2.
func twoHosts(t testing.TB) (a, b *network) {
	t.Helper()
	a, b = newNetwork(t), newNetwork(t)
	hostA, hostB := a.open(), b.open()
	must(t, one(hostA.CreateVeth(vtep.VethOptions{
		Name: "under", PeerName: "under", PeerNamespaceFD: vtep.Ptr(int(b.file.Fd())), Up: true})))
	must(t, hostA.AddAddress("under", netip.MustParsePrefix("192.168.50.1/24"), netip.Addr{}))
	must(t, hostB.AddAddress("under", netip.MustParsePrefix("192.168.50.2/24"), netip.Addr{}))
	a.run("ping", "-c", "1", "-w", "10", "192.168.50.2")
	return a, b
}

// newEndpoint has VNI 120, for one remote.
func newEndpoint(t testing.TB, network *network, remote string) *vtep.Endpoint {
	t.Helper()
	endpoint := get[*vtep.Endpoint](t)(vtep.NewEndpoint(vtep.EndpointOptions{
		IPv4: &vtep.UnderlayOptions{Device: "under"}, NamespaceFD: vtep.Ptr(int(network.file.Fd()))}))
	t.Cleanup(func() { endpoint.Close() })
	must(t, endpoint.AddVNI(120, vtep.VNIPolicy{}))
	must(t, endpoint.AddDefaultRemote(120, vtep.EngineRemote{Address: netip.MustParseAddr(remote)}))
	return endpoint
}

func TestFramesBetweenEndpoints(t *testing.T) {
	t.Parallel()
	a, b := twoHosts(t)
	near, far := newEndpoint(t, a, "192.168.50.2"), newEndpoint(t, b, "192.168.50.1")
	here, there := get[*vtep.MemoryPort](t)(vtep.NewMemoryPort(0)), get[*vtep.MemoryPort](t)(vtep.NewMemoryPort(0))
	port := get[vtep.EnginePort](t)(near.AddPort(120, vtep.EndpointPortOptions{Kind: vtep.PortMemory, Memory: here}))
	must(t, one(far.AddPort(120, vtep.EndpointPortOptions{Kind: vtep.PortMemory, Memory: there})))

	running, stop := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- near.Run(running, 0) }()
	must(t, far.Start())
	is(t, far.Start(), vtep.ErrExists)

	limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	sent := frame("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", 1400)
	must(t, here.Send(sent))
	buffer := make([]byte, 2000)
	length := get[int](t)(there.Receive(limit, buffer))
	equal(t, "the frame", bytes.Equal(buffer[:length], sent), true)
	answer := frame("02:00:00:00:00:01", "02:00:00:00:00:02", 60)
	must(t, there.Send(answer))
	length = get[int](t)(here.Receive(limit, buffer))
	equal(t, "the answer", bytes.Equal(buffer[:length], answer), true)

	entries := get[[]vtep.EngineFDBEntry](t)(near.FDB(120))
	if len(entries) != 1 || entries[0].Remote.String() != "192.168.50.2" {
		t.Errorf("learnt: %+v", entries)
	}
	event, isThere, err := near.NextEvent()
	must(t, err)
	equal(t, "event", isThere && event.Kind == vtep.StationLearnt, true)
	statistics := get[vtep.UnderlayStatistics](t)(near.UnderlayStatistics(vtep.IPv4))
	equal(t, "messages", [2]uint64{statistics.MessagesSent, statistics.MessagesReceived}, [2]uint64{1, 1})
	is(t, one(near.UnderlayStatistics(vtep.IPv6)), vtep.ErrNotFound)
	must(t, one(near.PortStatistics(port)))
	equal(t, "interface", get[string](t)(near.PortInterface(port)), "")
	total := uint64(0)
	for _, value := range get[vtep.Counters](t)(near.VNICounters(120)) {
		total += value
	}
	equal(t, "it counts", total > 0, true)

	short, cancelShort := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancelShort()
	is(t, one(here.Receive(short, buffer)), context.DeadlineExceeded)
	must(t, there.Send(sent))
	is(t, one(here.Receive(limit, buffer[:10])), vtep.ErrNoSpace)
	stop()
	is(t, <-ended, context.Canceled)
	go func() { ended <- near.Run(context.Background(), 0) }() // it may run again
	eventually(t, "it runs", func() bool { return near.FD(0) >= 0 })
	near.Stop()
	must(t, <-ended)
}

// The kernel's VXLAN device on the other side.
func TestEndpointAndKernel(t *testing.T) {
	t.Parallel()
	a, b := twoHosts(t)
	endpoint := newEndpoint(t, a, "192.168.50.2")
	port := get[vtep.EnginePort](t)(endpoint.AddPort(120, vtep.EndpointPortOptions{
		Kind: vtep.PortTAP, Name: "tap0", Addresses: []netip.Prefix{netip.MustParsePrefix("10.16.0.1/24")}}))
	equal(t, "interface", get[string](t)(endpoint.PortInterface(port)), "tap0")
	must(t, endpoint.Start())
	kernel := b.open()
	must(t, one(kernel.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120, Device: "under", Up: true,
		Remote: netip.MustParseAddr("192.168.50.1")})))
	must(t, kernel.AddAddress("vxlan0", netip.MustParsePrefix("10.16.0.2/24"), netip.Addr{}))
	a.run("ping", "-n", "-c", "3", "-i", "0.2", "-w", "10", "-M", "do", "-s", "1422", "10.16.0.2")
	must(t, endpoint.RemovePort(port))
	is(t, endpoint.RemovePort(port), vtep.ErrNotFound)
	is(t, one(a.open().Link("tap0")), vtep.ErrNotFound)
}

func TestEndpointTables(t *testing.T) {
	t.Parallel()
	a, _ := twoHosts(t)
	endpoint := newEndpoint(t, a, "192.168.50.2")
	entry := vtep.EngineFDBEntry{VNI: 120, MAC: mac("02:00:00:00:00:09"), Remote: netip.MustParseAddr("192.168.50.9"),
		Kind: vtep.EntryPermanent}
	must(t, endpoint.SetFDB(entry))
	is(t, endpoint.AppendFDB(entry), vtep.ErrExists)
	must(t, endpoint.FlushFDB(120))
	equal(t, "entries", len(get[[]vtep.EngineFDBEntry](t)(endpoint.FDB(120))), 1)
	must(t, endpoint.RemoveFDB(120, entry.MAC))
	address := netip.MustParseAddr("10.0.0.1")
	must(t, endpoint.SetBinding(120, address, entry.MAC, true))
	must(t, one(endpoint.Binding(120, address)))
	must(t, endpoint.RemoveBinding(120, address))
	is(t, one(endpoint.Binding(120, address)), vtep.ErrNotFound)
	must(t, endpoint.AddPeer(entry.Remote))
	must(t, endpoint.RemovePeer(entry.Remote))
	is(t, endpoint.AddPeer(netip.MustParseAddr("::1")), vtep.ErrInvalid)
	must(t, endpoint.SetDefaultRemotes(120, []vtep.EngineRemote{{Address: entry.Remote}}))
	is(t, endpoint.RemoveDefaultRemote(120, vtep.EngineRemote{Address: netip.MustParseAddr("192.168.50.2")}), vtep.ErrNotFound)
	must(t, endpoint.SetDefaultRemotes(120, nil))
	must(t, endpoint.SetVNIPolicy(120, vtep.VNIPolicy{ZeroChecksum: false, Neighbours: vtep.NeighboursProxy}))
	isRunning, err := endpoint.Step(0, 10*time.Millisecond)
	must(t, err)
	equal(t, "running", isRunning, true)
	must(t, endpoint.RemoveVNI(120))
	is(t, endpoint.RemoveVNI(120), vtep.ErrNotFound)
}

func TestEndpointBadInput(t *testing.T) {
	t.Parallel()
	a, _ := twoHosts(t)
	here := vtep.Ptr(int(a.file.Fd()))
	for what, options := range map[string]vtep.EndpointOptions{
		"no underlay":     {},
		"no such workers": {IPv4: &vtep.UnderlayOptions{}, Workers: vtep.Ptr[uint32](0)},
		"such patience":   {IPv4: &vtep.UnderlayOptions{}, BusyPoll: vtep.Ptr[uint32](10001)},
		"a seed":          {IPv4: &vtep.UnderlayOptions{}, Engine: &vtep.EngineOptions{Seed: &[2]uint64{}}},
		"port 0":          {IPv4: &vtep.UnderlayOptions{Port: vtep.Ptr[uint16](0)}},
		"a NUL":           {IPv4: &vtep.UnderlayOptions{Device: "a\x00"}},
		"another family":  {IPv4: &vtep.UnderlayOptions{Local: netip.MustParseAddr("::1")}},
	} {
		options.NamespaceFD = here
		if _, err := vtep.NewEndpoint(options); !errors.Is(err, vtep.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	endpoint := newEndpoint(t, a, "192.168.50.2")
	is(t, one(vtep.NewEndpoint(vtep.EndpointOptions{IPv4: &vtep.UnderlayOptions{}, NamespaceFD: here})), vtep.ErrBusy)
	is(t, one(endpoint.AddPort(120, vtep.EndpointPortOptions{})), vtep.ErrInvalid)
	is(t, one(endpoint.AddPort(120, vtep.EndpointPortOptions{Kind: vtep.PortMemory})), vtep.ErrInvalid)
	is(t, one(endpoint.AddPort(121, vtep.EndpointPortOptions{Kind: vtep.PortTAP})), vtep.ErrNotFound)
	is(t, one(endpoint.AddPort(120, vtep.EndpointPortOptions{Kind: vtep.PortPacket, Name: "none"})), vtep.ErrNotFound)
	is(t, one(endpoint.Step(-1, 0)), vtep.ErrInvalid)
	is(t, one(endpoint.Step(99, 0)), vtep.ErrInvalid)
	is(t, endpoint.Run(context.Background(), 99), vtep.ErrInvalid)
	equal(t, "no worker", fmt.Sprint(endpoint.FD(-1), endpoint.FD(99)), "-1 -1")

	port := get[*vtep.MemoryPort](t)(vtep.NewMemoryPort(4096))
	is(t, port.Send(nil), vtep.ErrInvalid)
	is(t, port.Send(make([]byte, 1<<21)), vtep.ErrInvalid)
	is(t, one(port.Receive(context.Background(), nil)), vtep.ErrInvalid)
	must(t, one(endpoint.AddPort(120, vtep.EndpointPortOptions{Kind: vtep.PortMemory, Memory: port})))
	var err error
	for i := 0; i < 1000 && err == nil; i++ {
		err = port.Send(frame("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", 1400))
	}
	is(t, err, vtep.ErrNoSpace)

	var waiting sync.WaitGroup
	waiting.Add(2)
	go func() {
		defer waiting.Done()
		_, err := port.Receive(context.Background(), make([]byte, 2000))
		is(t, err, vtep.ErrClosed)
	}()
	go func() {
		defer waiting.Done()
		err := endpoint.Run(context.Background(), 0)
		if err != nil && !errors.Is(err, vtep.ErrClosed) {
			t.Error(err)
		}
	}()
	time.Sleep(20 * time.Millisecond)
	must(t, port.Close())
	must(t, port.Close())
	must(t, endpoint.Close())
	must(t, endpoint.Close())
	waiting.Wait()
	is(t, port.Send([]byte{1}), os.ErrClosed)
	is(t, endpoint.AddVNI(1, vtep.VNIPolicy{}), vtep.ErrClosed)
	is(t, endpoint.Run(context.Background(), 0), vtep.ErrClosed)
	endpoint.Stop()
	var none *vtep.Endpoint
	must(t, none.Close())
	none.Stop()
	is(t, none.Start(), vtep.ErrClosed)
	var noPort *vtep.MemoryPort
	must(t, noPort.Close())
	is(t, noPort.Send([]byte{1}), vtep.ErrClosed)
}
