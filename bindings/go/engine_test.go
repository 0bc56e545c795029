package vtep_test

import (
	"bytes"
	"net/netip"
	"os"
	"sync"
	"testing"
	"time"

	"vtep"
)

var remoteOfTests = netip.MustParseAddr("192.168.50.29")

// newEngine forwards for VNI 120, with a port and a default remote.
func newEngine(t testing.TB) (*vtep.Engine, vtep.EnginePort, *vtep.Batch) {
	t.Helper()
	engine := get[*vtep.Engine](t)(vtep.NewEngine(vtep.EngineOptions{Seed: &[2]uint64{1, 2}}))
	batch := get[*vtep.Batch](t)(vtep.NewBatch())
	t.Cleanup(func() { engine.Close(); batch.Close() })
	must(t, engine.AddVNI(120, vtep.VNIPolicy{}))
	must(t, engine.AddDefaultRemote(120, vtep.EngineRemote{Address: remoteOfTests}))
	return engine, get[vtep.EnginePort](t)(engine.AddPort(120, vtep.EnginePortOptions{})), batch
}

// frame is Ethernet with a payload of one letter.
func frame(to, from string, length int) []byte {
	frame := append(append([]byte{}, mac(to)...), mac(from)...)
	frame = append(frame, 0x88, 0xB5)
	return append(frame, bytes.Repeat([]byte{'x'}, length-len(frame))...)
}

func TestFramesGoThereAndBack(t *testing.T) {
	t.Parallel()
	engine, port, batch := newEngine(t)
	frames := get[*vtep.Frames](t)(vtep.NewFrames(4, 1500))
	sent := frame("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", 100)
	frames.Put(2, sent)
	equal(t, "taken", get[int](t)(engine.Encapsulate(frames, 2, 1, port, time.Second, batch)), 1)
	equal(t, "transmissions", batch.TransmissionCount(), 1)
	transmission := batch.Transmission(0)
	equal(t, "remote", transmission.Remote, netip.AddrPortFrom(remoteOfTests, 4789))
	equal(t, "length", transmission.Length, 108)
	datagram := batch.AppendTransmission(nil, 0)
	equal(t, "VXLAN header", string(datagram[:8]), "\x08\x00\x00\x00\x00\x00\x78\x00")
	equal(t, "the frame within", string(datagram[8:]), string(sent))

	// Headers before it, and read again by another engine.
	packet := get[[]byte](t)(batch.AppendOuter(nil, 0, vtep.OuterOptions{
		Local: netip.MustParseAddr("192.168.50.1"), Checksum: vtep.OuterChecksumComplete,
		Destination: mac("02:00:00:00:00:0d"), Source: mac("02:00:00:00:00:0e")}, 7))
	equal(t, "outer headers", len(packet), 14+20+8)
	packet = append(packet, datagram...)
	batch.Clear()
	equal(t, "cleared", batch.TransmissionCount(), 0)

	there, _, other := newEngine(t)
	must(t, there.AddPeer(netip.MustParseAddr("192.168.50.1")))
	datagrams := get[*vtep.Datagrams](t)(vtep.NewDatagrams(2, 2000))
	must(t, datagrams.PutPacket(1, packet, vtep.OuterEthernet, 4789))
	equal(t, "taken", get[int](t)(there.Decapsulate(datagrams, 1, 1, time.Second, other)), 1)
	equal(t, "deliveries", other.DeliveryCount(), 1)
	delivery := other.Delivery(0)
	equal(t, "VNI", delivery.VNI, 120)
	equal(t, "the frame", string(other.AppendDelivery(nil, 0)), string(sent))
	entries := get[[]vtep.EngineFDBEntry](t)(there.FDB(120, 3*time.Second))
	if len(entries) != 1 || entries[0].Port != nil || entries[0].Remote.String() != "192.168.50.1" ||
		entries[0].Kind != vtep.EntryLearnt || entries[0].Idle != 2*time.Second {
		t.Errorf("what was learnt: %+v", entries)
	}
	event, isThere, err := there.NextEvent()
	must(t, err)
	if !isThere || event.Kind != vtep.StationLearnt || event.Remote.String() != "192.168.50.1" ||
		event.MAC.String() != "02:00:00:00:00:01" || event.Time != time.Second {
		t.Errorf("event: %v %+v", isThere, event)
	}
	_, isThere, err = there.NextEvent()
	must(t, err)
	equal(t, "another event", isThere, false)
	packet[len(packet)-1] ^= 1
	is(t, datagrams.PutPacket(0, packet, vtep.OuterEthernet, 4789), vtep.ErrProtocol)
	is(t, datagrams.PutPacket(0, packet, vtep.OuterEthernet, 4790), vtep.ErrForeign)
	is(t, datagrams.PutPacket(0, make([]byte, 2001), 0, 4789), vtep.ErrNoSpace)
}

func TestEngineTablesComeAndGo(t *testing.T) {
	t.Parallel()
	engine, port, batch := newEngine(t)
	entry := vtep.EngineFDBEntry{VNI: 120, MAC: mac("02:00:00:00:00:09"), Remote: remoteOfTests, Kind: vtep.EntryPermanent,
		RemotePort: vtep.Ptr[uint16](4790), SendVNI: vtep.Ptr[vtep.VNI](7), Sticky: true}
	must(t, engine.SetFDB(entry, 0))
	is(t, engine.AppendFDB(entry, 0), vtep.ErrExists)
	entry.Remote = netip.MustParseAddr("192.168.50.30")
	must(t, engine.AppendFDB(entry, 0))
	equal(t, "entries", get[int](t)(engine.FDBCount()), 1)
	equal(t, "remotes", len(get[[]vtep.EngineFDBEntry](t)(engine.FDB(120, 0))), 2)
	frames := get[*vtep.Frames](t)(vtep.NewFrames(1, 1500))
	frames.Put(0, frame("02:00:00:00:00:09", "02:00:00:00:00:01", 60))
	must(t, one(engine.Encapsulate(frames, 0, 1, port, 0, batch)))
	equal(t, "sent to both", batch.TransmissionCount(), 2)
	equal(t, "port and VNI", batch.Transmission(0).Remote.Port(), 4790)
	equal(t, "the VNI sent with", batch.AppendTransmission(nil, 1)[6], 7)
	must(t, engine.FlushFDB(120))
	must(t, engine.RemoveFDB(120, entry.MAC))
	is(t, engine.RemoveFDB(120, entry.MAC), vtep.ErrNotFound)

	address := netip.MustParseAddr("10.0.0.1")
	must(t, engine.SetBinding(120, address, entry.MAC, false))
	equal(t, "binding", get[string](t)(bindingText(engine, address)), entry.MAC.String())
	must(t, engine.RemoveBinding(120, address))
	is(t, one(engine.Binding(120, address)), vtep.ErrNotFound)

	must(t, engine.SetVNIPolicy(120, vtep.VNIPolicy{UnknownUnicast: vtep.UnknownUnicastDrop, Ageing: vtep.Ptr(9 * second)}))
	batch.Clear()
	frames.Put(0, frame("02:00:00:00:00:44", "02:00:00:00:00:01", 60))
	must(t, one(engine.Encapsulate(frames, 0, 1, port, 0, batch)))
	equal(t, "unknown ones are dropped", batch.TransmissionCount(), 0)
	counters := get[vtep.Counters](t)(engine.VNICounters(120))
	total := uint64(0)
	for name, value := range counters {
		if value > get[vtep.Counters](t)(engine.Counters())[name] {
			t.Errorf("%s counts more in one VNI than in all", name)
		}
		total += value
	}
	if total == 0 || len(counters) < 10 {
		t.Errorf("counters: %v", counters)
	}
	must(t, engine.Advance(time.Hour))
	must(t, engine.SetPathMTU(remoteOfTests, 1400))
	must(t, engine.ConfigurePort(port, vtep.EnginePortOptions{MAC: mac("02:00:00:00:00:01"), Offloads: vtep.OffloadChecksum}))
	must(t, engine.RemovePort(port))
	must(t, one(engine.Encapsulate(frames, 0, 1, port, 0, batch)))
	equal(t, "from a port that is gone", batch.TransmissionCount(), 0)
	must(t, engine.RemoveDefaultRemote(120, vtep.EngineRemote{Address: remoteOfTests}))
	must(t, engine.RemoveVNI(120))
	is(t, engine.RemoveVNI(120), vtep.ErrNotFound)
	is(t, engine.RemovePeer(remoteOfTests), vtep.ErrNotFound)
}

func bindingText(engine *vtep.Engine, address netip.Addr) (string, error) {
	mac, err := engine.Binding(120, address)
	return mac.String(), err
}

// A batch that is full takes a part; the rest comes after it was cleared.
func TestFullBatches(t *testing.T) {
	t.Parallel()
	engine, port, batch := newEngine(t)
	const count = 40000
	frames := get[*vtep.Frames](t)(vtep.NewFrames(count, 64))
	for i := 0; i < count; i++ {
		frames.Put(i, frame("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", 64))
	}
	sent, rounds := 0, 0
	for first := 0; first < count; rounds++ {
		taken := get[int](t)(engine.Encapsulate(frames, first, count-first, port, 0, batch))
		if taken == 0 {
			t.Fatal("an empty batch took nothing")
		}
		for i := 0; i < batch.TransmissionCount(); i++ {
			sent += batch.Transmission(i).DatagramCount
		}
		first += taken
		batch.Clear()
	}
	if sent != count || rounds < 2 {
		t.Errorf("%d of %d in %d rounds", sent, count, rounds)
	}
}

func TestEngineBadInput(t *testing.T) {
	t.Parallel()
	engine, port, batch := newEngine(t)
	is(t, one(vtep.NewEngine(vtep.EngineOptions{MaximumPorts: vtep.Ptr[uint32](0)})), vtep.ErrInvalid)
	is(t, engine.AddVNI(120, vtep.VNIPolicy{}), vtep.ErrExists)
	is(t, engine.AddVNI(vtep.MaxVNI+1, vtep.VNIPolicy{}), vtep.ErrInvalid)
	is(t, engine.AddVNI(1, vtep.VNIPolicy{Ageing: vtep.Ptr(time.Millisecond)}), vtep.ErrInvalid)
	is(t, engine.AddVNI(1, vtep.VNIPolicy{Dialect: 99}), vtep.ErrInvalid)
	is(t, one(engine.AddPort(121, vtep.EnginePortOptions{})), vtep.ErrNotFound)
	is(t, engine.AddPeer(netip.Addr{}), vtep.ErrInvalid)
	is(t, engine.SetFDB(vtep.EngineFDBEntry{VNI: 120}, 0), vtep.ErrInvalid)
	is(t, engine.SetPathMTU(remoteOfTests, -1), vtep.ErrInvalid)
	for _, size := range [][2]int{{0, 10}, {10, 0}, {-1, 10}, {1 << 40, 1 << 40}, {1 << 20, 1 << 20}} {
		is(t, one(vtep.NewFrames(size[0], size[1])), vtep.ErrInvalid)
		is(t, one(vtep.NewDatagrams(size[0], size[1])), vtep.ErrInvalid)
	}
	is(t, one(engine.Encapsulate(nil, 0, 0, port, 0, batch)), vtep.ErrInvalid)
	is(t, one(engine.Decapsulate(nil, 0, 0, 0, batch)), vtep.ErrInvalid)
	frames := get[*vtep.Frames](t)(vtep.NewFrames(2, 64))
	for what, body := range map[string]func(){
		"a frame longer than its buffer": func() { frames.Put(0, make([]byte, 65)) },
		"a negative length":              func() { frames.Set(0, -1, vtep.Offload{}) },
		"a buffer that is none":          func() { frames.Buffer(2) },
		"frames that are none":           func() { engine.Encapsulate(frames, 1, 2, port, 0, batch) },
		"a delivery that is none":        func() { batch.Delivery(0) },
		"a transmission that is none":    func() { batch.AppendTransmission(nil, 0) },
		"headers of none":                func() { batch.AppendOuter(nil, 0, vtep.OuterOptions{Local: remoteOfTests}, 0) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", what)
				}
			}()
			body()
		}()
	}
	must(t, batch.Close())
	must(t, batch.Close())
	batch.Clear()
	is(t, one(engine.Encapsulate(frames, 0, 1, port, 0, batch)), vtep.ErrClosed)
	must(t, engine.Close())
	must(t, engine.Close())
	is(t, engine.AddVNI(1, vtep.VNIPolicy{}), os.ErrClosed)
	is(t, one(engine.Counters()), vtep.ErrClosed)
	_, _, err := engine.NextEvent()
	is(t, err, vtep.ErrClosed)
	var none *vtep.Engine
	is(t, none.AddVNI(1, vtep.VNIPolicy{}), vtep.ErrClosed)
	must(t, none.Close())
}

// Several goroutines share an engine, each with frames and a batch of its own.
func TestGoroutinesShareAnEngine(t *testing.T) {
	t.Parallel()
	engine, port, _ := newEngine(t)
	var workers sync.WaitGroup
	for worker := 0; worker < 8; worker++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			batch := get[*vtep.Batch](t)(vtep.NewBatch())
			defer batch.Close()
			frames := get[*vtep.Frames](t)(vtep.NewFrames(32, 200))
			for round := 0; round < 200; round++ {
				for i := 0; i < frames.Len(); i++ {
					frames.Put(i, frame("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:01", 100))
				}
				equal(t, "taken", get[int](t)(engine.Encapsulate(frames, 0, 32, port, 0, batch)), 32)
				equal(t, "first bytes", batch.AppendTransmission(nil, 0)[0], 8)
				batch.Clear()
			}
		}()
	}
	workers.Wait()
}
