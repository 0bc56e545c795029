package vtep_test

import (
	"math"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"vtep"
)

// everyMethod calls each method of a host that reaches the library.
func everyMethod(host *vtep.Host) map[string]func() error {
	prefix, address := netip.MustParsePrefix("10.0.0.1/8"), netip.MustParseAddr("10.0.0.2")
	entry := vtep.FDBEntry{LinkIndex: 1, MAC: mac("02:00:00:00:00:01")}
	neighbour := vtep.Neighbour{LinkIndex: 1, Address: address}
	route := vtep.Route{Destination: prefix, LinkIndex: 1}
	return map[string]func() error{
		"Links":             func() error { return one(host.Links()) },
		"LinksOfKind":       func() error { return one(host.LinksOfKind("veth")) },
		"Link":              func() error { return one(host.Link("lo")) },
		"LinkByIndex":       func() error { return one(host.LinkByIndex(1)) },
		"LinkStatistics":    func() error { return one(host.LinkStatistics("lo")) },
		"SetLinkUp":         func() error { return host.SetLinkUp("none", true) },
		"SetLinkMTU":        func() error { return host.SetLinkMTU("none", 1500) },
		"SetLinkMAC":        func() error { return host.SetLinkMAC("none", entry.MAC) },
		"RenameLink":        func() error { return host.RenameLink("none", "other") },
		"SetLinkMaster":     func() error { return host.SetLinkMaster("none", "") },
		"MoveLinkToPath":    func() error { return host.MoveLinkToPath("none", "/proc/self/ns/net") },
		"MoveLinkToFD":      func() error { return host.MoveLinkToFD("none", 0) },
		"MoveLinkToPID":     func() error { return host.MoveLinkToPID("none", 1) },
		"DeleteLink":        func() error { return host.DeleteLink("none") },
		"DeleteLinkOfKind":  func() error { return host.DeleteLinkOfKind("none", "veth") },
		"CreateVXLAN":       func() error { return one(host.CreateVXLAN(vtep.VXLANOptions{Name: "v", VNI: 1})) },
		"DeleteVXLAN":       func() error { return host.DeleteVXLAN("none", nil) },
		"VXLAN":             func() error { return one(host.VXLAN("none")) },
		"AppendRemote":      func() error { return host.AppendRemote("none", address) },
		"DeleteRemote":      func() error { return host.DeleteRemote("none", address) },
		"Remotes":           func() error { return one(host.Remotes("none")) },
		"CreateBridge":      func() error { return one(host.CreateBridge(vtep.BridgeOptions{Name: "b"})) },
		"DeleteBridge":      func() error { return host.DeleteBridge("none") },
		"Bridge":            func() error { return one(host.Bridge("none")) },
		"BridgePort":        func() error { return one(host.BridgePort("none")) },
		"BridgePorts":       func() error { return one(host.BridgePorts("none")) },
		"CreateVeth":        func() error { return one(host.CreateVeth(vtep.VethOptions{Name: "a", PeerName: "b"})) },
		"Addresses":         func() error { return one(host.Addresses("")) },
		"AddAddress":        func() error { return host.AddAddress("none", prefix, netip.Addr{}) },
		"DeleteAddress":     func() error { return host.DeleteAddress("none", prefix) },
		"Routes":            func() error { return one(host.Routes(vtep.AnyFamily, vtep.TableMain)) },
		"AddRoute":          func() error { return host.AddRoute(route) },
		"ReplaceRoute":      func() error { return host.ReplaceRoute(route) },
		"DeleteRoute":       func() error { return host.DeleteRoute(route) },
		"Neighbours":        func() error { return one(host.Neighbours("")) },
		"AddNeighbour":      func() error { return host.AddNeighbour(neighbour) },
		"ReplaceNeighbour":  func() error { return host.ReplaceNeighbour(neighbour) },
		"DeleteNeighbour":   func() error { return host.DeleteNeighbour(neighbour) },
		"FDB":               func() error { return one(host.FDB("")) },
		"FDBEntry":          func() error { return one(host.FDBEntry(entry)) },
		"AddFDB":            func() error { return host.AddFDB(entry) },
		"AppendFDB":         func() error { return host.AppendFDB(entry) },
		"ReplaceFDB":        func() error { return host.ReplaceFDB(entry) },
		"DeleteFDB":         func() error { return host.DeleteFDB(entry) },
		"FlushFDB":          func() error { return host.FlushFDB("none", vtep.FDBFilter{}) },
		"ApplyFDB":          func() error { return host.ApplyFDB(vtep.ChangeAdd, []vtep.FDBEntry{entry}) },
		"ApplyNeighbours":   func() error { return host.ApplyNeighbours(vtep.ChangeAdd, []vtep.Neighbour{neighbour}) },
		"ApplyRoutes":       func() error { return host.ApplyRoutes(vtep.ChangeAdd, []vtep.Route{route}) },
		"VisitFDB":          func() error { return host.VisitFDB("", "", func([]vtep.FDBEntry) error { return nil }) },
		"Apply":             func() error { return host.Apply([]vtep.Step{{Change: vtep.ChangeAdd, Object: entry}}) },
		"ApplyFDB, nothing": func() error { return host.ApplyFDB(vtep.ChangeAdd, nil) },
	}
}

func TestClosedAndNilHandles(t *testing.T) {
	t.Parallel()
	host := newNetwork(t).open()
	must(t, host.Close())
	must(t, host.Close())
	var none *vtep.Host
	must(t, none.Close())
	must(t, new(vtep.Host).Close())
	for what, closed := range map[string]*vtep.Host{"closed": host, "nil": none, "zero": new(vtep.Host)} {
		for name, call := range everyMethod(closed) {
			if err := call(); err != vtep.ErrClosed {
				t.Errorf("%s of a %s host: %v", name, what, err)
			}
		}
	}
	is(t, vtep.ErrClosed, os.ErrClosed)
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	is(t, one(vtep.OpenPath("/run/netns/there-is-none")), vtep.ErrNotFound)
	is(t, one(vtep.OpenPath("/dev/null")), vtep.ErrInvalid)
	is(t, one(vtep.OpenPath("")), vtep.ErrNotFound)
	is(t, one(vtep.OpenPath("/proc/self\x00/ns/net")), vtep.ErrInvalid)
	is(t, one(vtep.OpenPath(strings.Repeat("a", 1<<20))), vtep.ErrInvalid)
	is(t, one(vtep.OpenFD(-1)), vtep.ErrInvalid)
	is(t, one(vtep.OpenFD(math.MinInt)), vtep.ErrInvalid)
	is(t, one(vtep.OpenFD(1<<40)), vtep.ErrInvalid)
	is(t, one(vtep.OpenPID(0)), vtep.ErrInvalid)
	is(t, one(vtep.OpenPID(math.MaxInt32)), vtep.ErrNotFound)
	is(t, one(vtep.OpenPID(1<<32+1)), vtep.ErrInvalid) // and not process 1
}

// What C can't take is refused here, and never cut to what it can.
func TestValuesOutOfRange(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	before := network.run("ip", "address")
	good := vtep.VXLANOptions{Name: "vxlan0", VNI: 1}
	options := func(change func(*vtep.VXLANOptions)) func() error {
		return func() error {
			changed := good
			change(&changed)
			return one(host.CreateVXLAN(changed))
		}
	}
	zoned := netip.MustParseAddr("fe80::1%under")
	remote := vtep.VXLANOptions{}.Remote
	for name, call := range map[string]func() error{
		"a name with a NUL":      options(func(o *vtep.VXLANOptions) { o.Name = "vxlan0\x00x" }),
		"no name":                options(func(o *vtep.VXLANOptions) { o.Name = "" }),
		"a name too long":        options(func(o *vtep.VXLANOptions) { o.Name = strings.Repeat("n", 1<<16) }),
		"a name in Latin-1":      options(func(o *vtep.VXLANOptions) { o.Name = "\xff\xfe" }),
		"a device with a NUL":    options(func(o *vtep.VXLANOptions) { o.Device = "under\x00" }),
		"a VNI of 25 bits":       options(func(o *vtep.VXLANOptions) { o.VNI = vtep.MaxVNI + 1 }),
		"a remote with a zone":   options(func(o *vtep.VXLANOptions) { o.Remote = zoned }),
		"port 0":                 options(func(o *vtep.VXLANOptions) { o.DestinationPort = vtep.Ptr[uint16](0) }),
		"source ports backwards": options(func(o *vtep.VXLANOptions) { o.SourcePorts = &vtep.PortRange{First: 9, Last: 8} }),
		"a negative MTU":         options(func(o *vtep.VXLANOptions) { o.MTU = vtep.Ptr(-1) }),
		"an MTU of 33 bits":      options(func(o *vtep.VXLANOptions) { o.MTU = vtep.Ptr(1<<32 + 1450) }),
		"a MAC of 8 octets":      options(func(o *vtep.VXLANOptions) { o.MAC = make(net.HardwareAddr, 8) }),
		"an empty MAC":           options(func(o *vtep.VXLANOptions) { o.MAC = net.HardwareAddr{} }),
		"a MAC of zeros":         options(func(o *vtep.VXLANOptions) { o.MAC = make(net.HardwareAddr, 6) }),
		"half a second":          options(func(o *vtep.VXLANOptions) { o.Ageing = vtep.Ptr(time.Second / 2) }),
		"a negative time":        options(func(o *vtep.VXLANOptions) { o.Ageing = vtep.Ptr(-time.Second) }),
		"an index below 0":       func() error { return one(host.LinkByIndex(-1)) },
		"an index of 33 bits":    func() error { return one(host.LinkByIndex(1<<32 + 1)) },
		"no prefix":              func() error { return host.AddAddress("under", netip.Prefix{}, netip.Addr{}) },
		"a prefix too long": func() error {
			return host.AddAddress("under", netip.PrefixFrom(netip.MustParseAddr("10.0.0.1"), 33), netip.Addr{})
		},
		"no remote":  func() error { return host.AppendRemote("under", remote) },
		"no MAC":     func() error { return host.AddFDB(vtep.FDBEntry{LinkIndex: 1}) },
		"no address": func() error { return host.AddNeighbour(vtep.Neighbour{LinkIndex: 1}) },
		"family 5":   func() error { return one(host.Routes(5, vtep.TableMain)) },
		"too many next hops": func() error {
			return host.AddRoute(vtep.Route{Destination: netip.MustParsePrefix("10.0.0.0/8"), NextHops: make([]vtep.NextHop, 1e5)})
		},
		"one bad entry of a batch": func() error {
			return host.ApplyFDB(vtep.ChangeAdd, []vtep.FDBEntry{{LinkIndex: 1, MAC: mac("02:00:00:00:00:01")}, {}})
		},
	} {
		if err := call(); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			t.Run(name, func(t *testing.T) { is(t, err, vtep.ErrInvalid) })
		}
	}
	if after := network.run("ip", "address"); after != before {
		t.Errorf("something was changed: before\n%s\nafter\n%s", before, after)
	}
	is(t, host.DeleteLink(""), vtep.ErrNotFound)
	equal(t, "no identifier", vtep.BridgeID{}.String(), "UNKNOWN")
	equal(t, "no route", (&vtep.Route{}).FlagLetters(), "UNKNOWN")
}
