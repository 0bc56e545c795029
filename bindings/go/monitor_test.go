package vtep_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"vtep"
)

func newMonitor(t testing.TB, network *network, options vtep.MonitorOptions) *vtep.Monitor {
	t.Helper()
	options.NamespaceFD = vtep.Ptr(int(network.file.Fd()))
	monitor := get[*vtep.Monitor](t)(vtep.OpenMonitor(options))
	t.Cleanup(func() { monitor.Close() })
	return monitor
}

// await is the first event that is wanted.
func await(t testing.TB, monitor *vtep.Monitor, what string, isWanted func(vtep.Event) bool) vtep.Event {
	t.Helper()
	limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for {
		event, err := monitor.Next(limit)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if isWanted(event) {
			return event
		}
	}
}

func TestMonitorTellsWhatChanges(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	monitor := newMonitor(t, network, vtep.MonitorOptions{Snapshot: true})
	known := map[string]bool{}
	await(t, monitor, "the snapshot", func(event vtep.Event) bool {
		if link, isLink := event.Object.(*vtep.Link); isLink {
			known[link.Name] = true
			equal(t, "kind of event", event.Kind, vtep.EventAdded)
		}
		return event.Kind == vtep.EventSynchronised
	})
	equal(t, "the snapshot", fmt.Sprint(known["lo"], known["under"], known["far"], len(known)), "true true true 3")

	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120})))
	event := await(t, monitor, "a link", func(event vtep.Event) bool { return event.Kind == vtep.EventAdded })
	link := event.Object.(*vtep.Link)
	equal(t, "the link", fmt.Sprint(link.Name, " ", *link.VXLAN.VNI), "vxlan0 120")

	must(t, host.SetLinkMTU("vxlan0", 1400))
	event = await(t, monitor, "a change", func(event vtep.Event) bool { return event.Kind == vtep.EventChanged })
	equal(t, "before and after", [2]int{event.Before.(*vtep.Link).MTU, event.Object.(*vtep.Link).MTU},
		[2]int{link.MTU, 1400})

	must(t, host.AddAddress("under", netip.MustParsePrefix("10.16.0.2/24"), netip.Addr{}))
	event = await(t, monitor, "an address", func(event vtep.Event) bool { return event.Table == vtep.ObjectAddress })
	equal(t, "the address", event.Object.(*vtep.Address).Prefix.String(), "10.16.0.2/24")

	route := vtep.Route{Destination: netip.MustParsePrefix("10.99.0.0/16"), NextHops: []vtep.NextHop{
		{LinkIndex: indexOf(t, host, "under"), Weight: 2}, {Gateway: netip.MustParseAddr("192.168.50.2"), Weight: 1}}}
	must(t, host.AddRoute(route))
	event = await(t, monitor, "a route", func(event vtep.Event) bool {
		route, isRoute := event.Object.(*vtep.Route)
		return isRoute && route.Destination.String() == "10.99.0.0/16"
	})
	equal(t, "its next hops", len(event.Object.(*vtep.Route).NextHops), 2)

	entry := vtep.FDBEntry{LinkIndex: link.Index, MAC: mac("02:00:00:00:00:01"), Destination: netip.MustParseAddr("10.0.0.1")}
	must(t, host.AddFDB(entry))
	isEntry := func(event vtep.Event) bool {
		told, isEntry := event.Object.(*vtep.FDBEntry)
		return isEntry && told.MAC.String() == entry.MAC.String()
	}
	event = await(t, monitor, "an FDB entry", isEntry)
	equal(t, "its remote", event.Object.(*vtep.FDBEntry).Destination, entry.Destination)

	neighbour := vtep.Neighbour{LinkIndex: link.Index, Address: netip.MustParseAddr("10.16.0.3"), MAC: entry.MAC}
	must(t, host.AddNeighbour(neighbour))
	event = await(t, monitor, "a neighbour", func(event vtep.Event) bool { return event.Table == vtep.ObjectNeighbour })
	equal(t, "its address", event.Object.(*vtep.Neighbour).Address, neighbour.Address)

	must(t, host.DeleteVXLAN("vxlan0", nil))
	event = await(t, monitor, "the end of the entry", isEntry)
	equal(t, "the entry", event.Kind, vtep.EventRemoved)
	await(t, monitor, "the end of the link", func(event vtep.Event) bool {
		told, isLink := event.Object.(*vtep.Link)
		return isLink && told.Name == "vxlan0" && event.Kind == vtep.EventRemoved
	})
}

func TestMonitorTellsVNIsOneByOne(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	on := vtep.Ptr(true)
	index := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{Name: "vx", External: on, VNIFilter: on})).Index
	must(t, host.AddVNIs("vx", vtep.VNIRange{First: 7, Last: 8}))
	monitor := newMonitor(t, network, vtep.MonitorOptions{Objects: vtep.ObjectVNI, Snapshot: true})
	next := func() vtep.Event { return await(t, monitor, "a VNI", func(vtep.Event) bool { return true }) }
	for vni := vtep.VNI(7); vni <= 8; vni++ {
		event := next()
		equal(t, "the snapshot", *event.Object.(*vtep.VNIRange), vtep.VNIRange{LinkIndex: index, First: vni, Last: vni})
	}
	equal(t, "and then", next().Kind, vtep.EventSynchronised)
	first, second := netip.MustParseAddr("10.0.0.9"), netip.MustParseAddr("10.0.0.10")
	must(t, host.AddVNIs("vx", vtep.VNIRange{First: 100, Last: 100, Remote: first}))
	equal(t, "its remote", next().Object.(*vtep.VNIRange).Remote, first)
	network.run("bridge", "vni", "add", "dev", "vx", "vni", "100", "remote", second.String())
	event := next()
	equal(t, "before and after", [2]netip.Addr{event.Before.(*vtep.VNIRange).Remote, event.Object.(*vtep.VNIRange).Remote},
		[2]netip.Addr{first, second})
	must(t, host.DeleteVXLAN("vx", nil))
	for _, vni := range []vtep.VNI{7, 8, 100} {
		event := next()
		equal(t, "the end", event.Kind, vtep.EventRemoved)
		equal(t, "whose", event.Object.(*vtep.VNIRange).First, vni)
	}
}

func TestMonitorWatchesWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	monitor := newMonitor(t, network, vtep.MonitorOptions{Objects: vtep.ObjectAddress})
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0", Up: true})))
	must(t, host.AddAddress("br0", netip.MustParsePrefix("10.0.0.1/24"), netip.Addr{}))
	event := await(t, monitor, "anything", func(vtep.Event) bool { return true })
	equal(t, "what is told", event.Table, vtep.ObjectAddress)
	equal(t, "in words", event.Kind.String(), "added")
}

func TestNextEndsWithItsContext(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	monitor := newMonitor(t, network, vtep.MonitorOptions{Objects: vtep.ObjectLink})
	short, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	is(t, one(monitor.Next(short)), context.DeadlineExceeded)
	if waited := time.Since(begun); waited < 40*time.Millisecond || waited > 5*time.Second {
		t.Errorf("it waited for %v", waited)
	}
	over, cancelOver := context.WithCancel(context.Background())
	cancelOver()
	is(t, one(monitor.Next(over)), context.Canceled)
	// What happens afterwards is still told.
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0"})))
	event := await(t, monitor, "the bridge", func(vtep.Event) bool { return true })
	equal(t, "the link", event.Object.(*vtep.Link).Name, "br0")
	later, cancelLater := context.WithCancel(context.Background())
	time.AfterFunc(30*time.Millisecond, cancelLater)
	is(t, one(monitor.Next(later)), context.Canceled)
}

func TestMonitorIsClosedUnderManyHands(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	monitor := newMonitor(t, network, vtep.MonitorOptions{Objects: vtep.ObjectLink})
	var workers sync.WaitGroup
	var told sync.Map
	for worker := 0; worker < 8; worker++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for {
				event, err := monitor.Next(context.Background())
				if err != nil {
					is(t, err, vtep.ErrClosed)
					return
				}
				if event.Kind == vtep.EventAdded {
					if _, isDouble := told.LoadOrStore(event.Object.(*vtep.Link).Name, true); isDouble {
						t.Errorf("told twice: %+v", event.Object)
					}
				}
			}
		}()
	}
	for i := 0; i < 20; i++ {
		must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: fmt.Sprint("br", i)})))
	}
	eventually(t, "all are told", func() bool {
		_, isLast := told.Load("br19")
		return isLast
	})
	must(t, monitor.Close())
	must(t, monitor.Close())
	workers.Wait()
	var none *vtep.Monitor
	must(t, none.Close())
	must(t, new(vtep.Monitor).Close())
	is(t, one(none.Next(context.Background())), os.ErrClosed)
	is(t, one(new(vtep.Monitor).Next(context.Background())), vtep.ErrClosed)
}

func TestWhatCannotBeMonitored(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]vtep.MonitorOptions{
		"unknown objects":     {Objects: 1 << 30},
		"a tiny buffer":       {BufferSize: 1},
		"a negative buffer":   {BufferSize: -1},
		"two namespaces":      {NamespaceFD: vtep.Ptr(0), NamespacePID: vtep.Ptr(1)},
		"no namespace":        {NamespacePath: "/dev/null"},
		"a path with a NUL":   {NamespacePath: "/proc\x00"},
		"a closed descriptor": {NamespaceFD: vtep.Ptr(-1)},
	} {
		if _, err := vtep.OpenMonitor(options); !errors.Is(err, vtep.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVisitHandsOverAllEntries(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	fillFDB(t, host, 3000)
	count, runs := 0, 0
	must(t, host.VisitFDB("vxlan0", "", func(entries []vtep.FDBEntry) error {
		count, runs = count+len(entries), runs+1
		// The host is busy meanwhile, and says so; a host of one's own is not.
		is(t, one(host.Links()), vtep.ErrBusy)
		return nil
	}))
	if count != 3000 || runs < 2 {
		t.Errorf("%d entries in %d runs", count, runs)
	}
	must(t, one(host.Links()))
	is(t, host.VisitFDB("none", "", func([]vtep.FDBEntry) error { return nil }), vtep.ErrNotFound)
}

// Whatever a visitor does, nothing unwinds through C, and the host can be used afterwards.
func TestVisitorsThatGoAway(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	fillFDB(t, host, 3000)
	enough := errors.New("enough")
	runs := 0
	is(t, host.VisitFDB("", "", func([]vtep.FDBEntry) error { runs++; return enough }), enough)
	equal(t, "runs", runs, 1)
	must(t, one(host.Links()))

	func() {
		defer func() { equal(t, "the panic", fmt.Sprint(recover()), "oh") }()
		host.VisitFDB("", "", func([]vtep.FDBEntry) error { panic("oh") })
	}()
	must(t, one(host.Links()))

	gone := make(chan struct{})
	go func() {
		defer close(gone)
		host.VisitFDB("", "", func([]vtep.FDBEntry) error { runtime.Goexit(); return nil })
		t.Error("runtime.Goexit did not end the goroutine")
	}()
	<-gone
	must(t, one(host.Links()))

	must(t, host.VisitFDB("", "", func([]vtep.FDBEntry) error { return host.Close() }))
	is(t, one(host.Links()), vtep.ErrClosed)
}

func fillFDB(t testing.TB, host *vtep.Host, count int) {
	t.Helper()
	link := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 5, Up: true}))
	entries := make([]vtep.FDBEntry, count)
	for i := range entries {
		entries[i] = vtep.FDBEntry{LinkIndex: link.Index, MAC: mac(fmt.Sprintf("02:00:00:00:%02x:%02x", i>>8, i&0xFF)),
			Destination: netip.MustParseAddr("10.0.0.1")}
	}
	must(t, host.ApplyFDB(vtep.ChangeAdd, entries))
}

func TestMixedBatch(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	vxlan := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 5, Up: true}))
	under := indexOf(t, host, "under")
	steps := []vtep.Step{
		{vtep.ChangeAdd, &vtep.Address{LinkIndex: under, Prefix: netip.MustParsePrefix("10.1.0.1/24"), Label: "under:a",
			Broadcast: netip.MustParseAddr("10.1.0.255"), Scope: vtep.Ptr(vtep.ScopeLink), ValidLifetime: vtep.Ptr(900 * second),
			PreferredLifetime: vtep.Ptr(800 * second)}},
		{vtep.ChangeAdd, vtep.Route{Destination: netip.MustParsePrefix("10.2.0.0/16"), NextHops: []vtep.NextHop{
			{Gateway: netip.MustParseAddr("10.1.0.2"), Weight: 1}, {LinkIndex: under, Weight: 1}}}},
		{vtep.ChangeAdd, &vtep.Neighbour{LinkIndex: under, Address: netip.MustParseAddr("10.1.0.2"),
			MAC: mac("02:00:00:00:00:02")}},
		{vtep.ChangeAppend, vtep.FDBEntry{LinkIndex: vxlan.Index, MAC: mac("00:00:00:00:00:00"),
			Destination: netip.MustParseAddr("10.1.0.2")}},
	}
	must(t, host.Apply(nil))
	must(t, host.Apply(steps))
	holds(t, network.run("ip", "address", "show", "dev", "under"), "inet 10.1.0.1/24 brd 10.1.0.255 scope link", "under:a")
	holds(t, network.run("ip", "route"), "nexthop via 10.1.0.2 dev under")
	holds(t, network.run("ip", "neigh"), "10.1.0.2 dev under lladdr 02:00:00:00:00:02 PERMANENT")
	holds(t, network.run("bridge", "fdb", "show", "dev", "vxlan0"), "dst 10.1.0.2")
	var batch *vtep.BatchError
	if err := host.Apply(steps[:3]); !errors.As(err, &batch) || len(batch.Failures) != 3 {
		t.Errorf("adding what there is: %v", err)
	}
	for _, object := range []any{nil, 5, "lo", &vtep.Link{}, (*vtep.Route)(nil), vtep.Neighbour{LinkIndex: -1}} {
		is(t, host.Apply([]vtep.Step{steps[0], {vtep.ChangeAdd, object}}), vtep.ErrInvalid)
	}
	is(t, host.Apply([]vtep.Step{{vtep.ChangeAdd, vtep.Address{Label: "much too long a label"}}}), vtep.ErrInvalid)
}
