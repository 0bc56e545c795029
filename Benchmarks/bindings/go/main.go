// The passes of ../calls.c and of ../../netlink/tables.c through the Go binding: prints the microseconds that one pass
// took, or one call on average.
package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"time"

	"vtep"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// each is the time of one call, of count.
func each(count int, call func(i int)) float64 {
	start := time.Now()
	for i := 0; i < count; i++ {
		call(i)
	}
	return float64(time.Since(start).Nanoseconds()) / 1e3 / float64(count)
}

func once(body func()) float64 {
	return each(1, func(int) { body() })
}

func makeVXLAN(host *vtep.Host) int {
	link, err := host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120, Up: true})
	check(err)
	return link.Index
}

func fdbEntries(host *vtep.Host, count int) []vtep.FDBEntry {
	link, entries := makeVXLAN(host), make([]vtep.FDBEntry, count)
	for i := range entries {
		entries[i] = vtep.FDBEntry{
			LinkIndex: link, MAC: net.HardwareAddr{2, 0, 0, byte(i >> 16), byte(i >> 8), byte(i)},
			Destination: netip.AddrFrom4([4]byte{10, 0, 0, byte(1 + i%100)}),
		}
	}
	return entries
}

var passes = map[string]func(host *vtep.Host) float64{
	"version": func(*vtep.Host) float64 {
		return each(1000000, func(int) { vtep.LibraryVersion() })
	},
	"parse": func(*vtep.Host) float64 {
		return each(200000, func(int) {
			_, err := vtep.ParseAddr("192.168.50.29")
			check(err)
		})
	},
	"link-get": func(host *vtep.Host) float64 {
		return each(5000, func(int) {
			_, err := host.Link("lo")
			check(err)
		})
	},
	"fdb-add": func(host *vtep.Host) float64 {
		entry := vtep.FDBEntry{LinkIndex: makeVXLAN(host), MAC: net.HardwareAddr{2, 0, 0, 0, 0, 0},
			Destination: netip.MustParseAddr("10.0.0.0")}
		return each(5000, func(i int) {
			entry.MAC[4], entry.MAC[5] = byte(i>>8), byte(i)
			check(host.AddFDB(entry))
		})
	},
	"fdb-append": func(host *vtep.Host) float64 {
		entries := fdbEntries(host, 20000)
		return once(func() { check(host.ApplyFDB(vtep.ChangeAppend, entries)) })
	},
	"fdb-dump": func(host *vtep.Host) float64 {
		check(host.ApplyFDB(vtep.ChangeAppend, fdbEntries(host, 100000)))
		return once(func() {
			entries, err := host.FDB("")
			check(err)
			expect(len(entries), 100000)
		})
	},
	"route-dump": func(host *vtep.Host) float64 {
		check(host.SetLinkUp("lo", true))
		loopback, err := host.Link("lo")
		check(err)
		routes := make([]vtep.Route, 50000)
		for i := range routes {
			address := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
			routes[i] = vtep.Route{Destination: netip.PrefixFrom(address, 32), LinkIndex: loopback.Index}
		}
		check(host.ApplyRoutes(vtep.ChangeAdd, routes))
		return once(func() {
			routes, err := host.Routes(vtep.IPv4, vtep.TableMain)
			check(err)
			expect(len(routes), 50000)
		})
	},
	"encapsulate": func(*vtep.Host) float64 {
		return encapsulate(64)
	},
	"encapsulate-1024": func(*vtep.Host) float64 {
		return encapsulate(1024)
	},
	"link-list": func(host *vtep.Host) float64 {
		for i := 0; i < 1000; i++ {
			_, err := host.CreateBridge(vtep.BridgeOptions{Name: fmt.Sprint("br", i)})
			check(err)
		}
		return once(func() {
			links, err := host.Links()
			check(err)
			expect(len(links), 1000)
		})
	},
}

// encapsulate is one frame of count that go through the engine in a call: to everyone, from one station, for one remote.
func encapsulate(count int) float64 {
	const length, all = 1400, 320000
	rounds := all / count
	engine, err := vtep.NewEngine(vtep.EngineOptions{})
	check(err)
	check(engine.AddVNI(120, vtep.VNIPolicy{}))
	check(engine.AddDefaultRemote(120, vtep.EngineRemote{Address: netip.MustParseAddr("192.168.50.29")}))
	port, err := engine.AddPort(120, vtep.EnginePortOptions{})
	check(err)
	batch, err := vtep.NewBatch()
	check(err)
	frames, err := vtep.NewFrames(count, length)
	check(err)
	for i := 0; i < count; i++ {
		copy(frames.Buffer(i), "\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x88\xb5")
	}
	sent := 0
	time := each(rounds, func(round int) {
		for i := 0; i < count; i++ {
			frames.Set(i, length, vtep.Offload{})
		}
		taken, err := engine.Encapsulate(frames, 0, count, port, time.Duration(round)*time.Millisecond, batch)
		check(err)
		expect(taken, count)
		for i := 0; i < batch.TransmissionCount(); i++ {
			sent += batch.Transmission(i).DatagramCount
		}
		batch.Clear()
	})
	expect(sent, count*rounds)
	return time / float64(count)
}

func expect(count, least int) {
	if count < least {
		check(fmt.Errorf("only %d of %d", count, least))
	}
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "load" { // compare.py has the time
		vtep.LibraryVersion()
		return
	}
	if len(os.Args) < 2 || passes[os.Args[1]] == nil {
		os.Exit(64)
	}
	host, err := vtep.Open()
	check(err)
	defer host.Close()
	fmt.Printf("%.4f\n", passes[os.Args[1]](host))
}
