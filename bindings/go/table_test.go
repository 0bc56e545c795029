package vtep_test

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"vtep"
)

const second = time.Second

func TestAddressesAreWhatIPShows(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	must(t, host.AddAddress("under", netip.MustParsePrefix("10.0.0.1/8"), netip.MustParseAddr("10.255.255.255")))
	network.run("ip", "address", "add", "10.9.0.1", "peer", "10.9.0.2/32", "dev", "under", "label", "under:x",
		"valid_lft", "1000", "preferred_lft", "500")
	network.run("ip", "address", "add", "2001:db8::1/64", "dev", "under", "nodad")
	found := map[string]vtep.Address{}
	for _, address := range get[[]vtep.Address](t)(host.Addresses("under")) {
		found[address.Prefix.String()] = address
	}
	equal(t, "broadcast", found["10.0.0.1/8"].Broadcast.String(), "10.255.255.255")
	equal(t, "lifetime", found["10.0.0.1/8"].ValidLifetime == nil, true)
	pointToPoint := found["10.9.0.1/32"]
	equal(t, "peer", pointToPoint.Peer.String(), "10.9.0.2")
	equal(t, "label", pointToPoint.Label, "under:x")
	equal(t, "scope", *pointToPoint.Scope, vtep.ScopeGlobal)
	if pointToPoint.ValidLifetime == nil || *pointToPoint.ValidLifetime < 900*second ||
		*pointToPoint.PreferredLifetime > 500*second {
		t.Errorf("lifetimes: %v, %v", pointToPoint.ValidLifetime, pointToPoint.PreferredLifetime)
	}
	equal(t, "IPv6", found["2001:db8::1/64"].Flags&vtep.AddressPermanent, vtep.AddressPermanent)
	must(t, host.DeleteAddress("under", netip.MustParsePrefix("10.0.0.1/8")))
	is(t, host.DeleteAddress("under", netip.MustParsePrefix("10.0.0.1/8")), vtep.ErrNotFound)
	is(t, host.AddAddress("under", netip.MustParsePrefix("192.168.50.1/24"), netip.Addr{}), vtep.ErrExists)
	all := get[[]vtep.Address](t)(host.Addresses(""))
	equal(t, "of all links", len(all) > len(found), true)
}

func TestRoutesComeAndGo(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	under := indexOf(t, host, "under")
	routes := []vtep.Route{
		{Destination: netip.MustParsePrefix("10.1.0.0/16"), LinkIndex: under, Metric: vtep.Ptr[uint32](7),
			PreferredSource: netip.MustParseAddr("192.168.50.1"), Scope: vtep.Ptr(vtep.ScopeLink)},
		{Destination: netip.MustParsePrefix("10.2.0.0/16"), Gateway: netip.MustParseAddr("192.168.50.9")},
		{Destination: netip.MustParsePrefix("10.3.0.0/16"), Gateway: netip.MustParseAddr("172.16.0.1"),
			LinkIndex: under, OnLink: true, Origin: vtep.Ptr(vtep.OriginStatic)},
		{Destination: netip.MustParsePrefix("10.4.0.0/16"), Type: vtep.Ptr(vtep.RouteBlackhole)},
		{Destination: netip.MustParsePrefix("10.5.0.0/16"), NextHops: []vtep.NextHop{
			{Gateway: netip.MustParseAddr("192.168.50.2"), Weight: 1}, {LinkIndex: under, Weight: 256}}},
		{Destination: netip.MustParsePrefix("10.6.0.0/16"), LinkIndex: under, Table: vtep.Ptr[vtep.Table](77)},
	}
	for _, route := range routes {
		must(t, host.AddRoute(route))
		is(t, host.AddRoute(route), vtep.ErrExists)
		must(t, host.ReplaceRoute(route))
	}
	holds(t, network.run("ip", "route"), "10.1.0.0/16 dev under scope link src 192.168.50.1 metric 7",
		"10.2.0.0/16 via 192.168.50.9 dev under", "10.3.0.0/16 via 172.16.0.1 dev under proto static onlink",
		"blackhole 10.4.0.0/16", "nexthop via 192.168.50.2 dev under weight 1", "nexthop dev under weight 256")
	holds(t, network.run("ip", "route", "show", "table", "77"), "10.6.0.0/16 dev under")
	read := get[[]vtep.Route](t)(host.Routes(vtep.IPv4, vtep.TableMain))
	hops := map[string]int{}
	for _, route := range read {
		hops[route.Destination.String()] = len(route.NextHops)
		holds(t, network.run("route", "-n"), route.FlagLetters())
	}
	equal(t, "next hops", hops["10.5.0.0/16"], 2)
	all := get[[]vtep.Route](t)(host.Routes(vtep.AnyFamily, vtep.TableAll))
	for _, route := range all {
		if *route.Table == vtep.TableLocal || *route.Origin == vtep.OriginKernel {
			continue
		}
		must(t, host.DeleteRoute(route)) // what was read can be passed back
		is(t, host.DeleteRoute(route), vtep.ErrNotFound)
	}
	equal(t, "routes left", strings.Count(network.run("ip", "route"), "\n"), 1)
	err := host.AddRoute(vtep.Route{
		Destination: netip.MustParsePrefix("10.7.0.0/16"), Gateway: netip.MustParseAddr("172.16.0.1")})
	is(t, err, vtep.ErrSystem)
	is(t, err, syscall.ENETUNREACH)
}

func TestNeighboursComeAndGo(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	neighbour := vtep.Neighbour{
		LinkIndex: indexOf(t, host, "under"), Address: netip.MustParseAddr("192.168.50.29"),
		MAC: mac("02:00:00:00:00:1d"), State: vtep.Ptr(vtep.NeighbourStale),
	}
	must(t, host.AddNeighbour(neighbour))
	is(t, host.AddNeighbour(neighbour), vtep.ErrExists)
	var read []vtep.Neighbour
	for _, entry := range get[[]vtep.Neighbour](t)(host.Neighbours("under")) {
		if entry.Address.Is4() { // the kernel finds multicast routers of IPv6 by itself
			entry.Confirmed, entry.Used, entry.Updated, entry.References = nil, nil, nil, nil
			read = append(read, entry)
		}
	}
	if len(read) != 1 || !reflect.DeepEqual(read[0], neighbour) {
		t.Errorf("read %+v, wrote %+v", read, neighbour)
	}
	holds(t, network.run("ip", "neigh"), "192.168.50.29 dev under lladdr 02:00:00:00:00:1d STALE")
	neighbour.State = nil
	must(t, host.ReplaceNeighbour(neighbour))
	holds(t, network.run("ip", "neigh"), "192.168.50.29 dev under lladdr 02:00:00:00:00:1d PERMANENT")
	equal(t, "word", vtep.NeighbourPermanent.String(), "permanent")
	must(t, host.DeleteNeighbour(neighbour))
	is(t, host.DeleteNeighbour(neighbour), vtep.ErrNotFound)
}

func TestFDBEntriesComeAndGo(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0", Up: true})))
	vxlan := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 5, Master: "br0", Up: true}))
	under := indexOf(t, host, "under")
	full := vtep.FDBEntry{
		LinkIndex: vxlan.Index, MAC: mac("02:00:00:00:00:01"), Destination: netip.MustParseAddr("192.168.50.2"),
		VNI: vtep.Ptr[vtep.VNI](9), Port: vtep.Ptr[uint16](4790), ViaIndex: under,
	}
	must(t, host.AddFDB(full))
	is(t, host.AddFDB(full), vtep.ErrExists)
	static := vtep.FDBEntry{LinkIndex: vxlan.Index, MAC: mac("02:00:00:00:00:02"),
		Flags: vtep.Ptr(vtep.NeighbourMaster), State: vtep.Ptr(vtep.NeighbourNoARP)}
	must(t, host.AddFDB(static))
	unknown := vtep.FDBEntry{LinkIndex: vxlan.Index, MAC: mac("00:00:00:00:00:00"),
		Destination: netip.MustParseAddr("192.168.50.3")}
	must(t, host.AppendFDB(unknown))
	shown := network.run("bridge", "fdb", "show", "dev", "vxlan0")
	holds(t, shown, "02:00:00:00:00:01 dst 192.168.50.2 port 4790 vni 9 via under self permanent",
		"02:00:00:00:00:02 master br0 static", "00:00:00:00:00:00 dst 192.168.50.3 self permanent")
	one := get[vtep.FDBEntry](t)(host.FDBEntry(vtep.FDBEntry{LinkIndex: vxlan.Index, MAC: full.MAC}))
	equal(t, "one by its key", fmt.Sprint(one.Destination, *one.VNI, *one.Port), "192.168.50.2 9 4790")
	if one.Used == nil || *one.Updated < 0 || *one.Updated > 10*second {
		t.Errorf("ages: %v, %v", one.Used, one.Updated)
	}
	full.Destination = netip.MustParseAddr("2001:db8::1")
	is(t, host.ReplaceFDB(full), syscall.EAFNOSUPPORT) // the device's tunnels are IPv4
	read := get[[]vtep.FDBEntry](t)(host.FDB("vxlan0"))
	equal(t, "entries", len(read), strings.Count(shown, "\n"))
	for _, entry := range read {
		if entry.MAC.String() == "02:00:00:00:00:01" {
			equal(t, "VNI, port, via", fmt.Sprint(*entry.VNI, *entry.Port, entry.ViaIndex), fmt.Sprint(9, 4790, under))
			must(t, host.DeleteFDB(entry)) // what was read can be passed back
			is(t, host.DeleteFDB(entry), vtep.ErrNotFound)
		}
	}
	must(t, host.FlushFDB("vxlan0", vtep.FDBFilter{Destination: netip.MustParseAddr("192.168.50.7")}))
	equal(t, "before", strings.Contains(network.run("bridge", "fdb", "show", "dev", "vxlan0"), "dst"), true)
	must(t, host.FlushFDB("vxlan0", vtep.FDBFilter{}))
	equal(t, "after", strings.Contains(network.run("bridge", "fdb", "show", "dev", "vxlan0"), "dst"), false)
}

func TestTextsAreRead(t *testing.T) {
	equal(t, "MAC", get[net.HardwareAddr](t)(vtep.ParseMAC("02-42-0A-11-00-08")).String(), "02:42:0a:11:00:08")
	equal(t, "IPv4", get[netip.Addr](t)(vtep.ParseAddr("192.168.50.29")), netip.MustParseAddr("192.168.50.29"))
	equal(t, "IPv6", get[netip.Addr](t)(vtep.ParseAddr("2001:DB8::1")), netip.MustParseAddr("2001:db8::1"))
	equal(t, "prefix", get[netip.Prefix](t)(vtep.ParsePrefix("10.16.0.2/24")), netip.MustParsePrefix("10.16.0.2/24"))
	equal(t, "bare", get[netip.Prefix](t)(vtep.ParsePrefix("::1")), netip.MustParsePrefix("::1/128"))
	for _, text := range []string{"", "x", "10.0.0.1.2", "010.0.0.1", "::1%lo", "10.0.0.1/33", "1\x00"} {
		is(t, one(vtep.ParseAddr(text)), vtep.ErrInvalid)
		is(t, one(vtep.ParsePrefix(text+"/8")), vtep.ErrInvalid)
		is(t, one(vtep.ParseMAC(text)), vtep.ErrInvalid)
	}
}

// A list's pointers are its own: changing what one points to must not change another element, or a later list.
func TestListsShareNothing(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	first := get[[]vtep.Route](t)(host.Routes(vtep.AnyFamily, vtep.TableAll))
	second := get[[]vtep.Route](t)(host.Routes(vtep.AnyFamily, vtep.TableAll))
	want := get[[]vtep.Route](t)(host.Routes(vtep.AnyFamily, vtep.TableAll))
	if len(first) < 3 || !reflect.DeepEqual(first, second) {
		t.Fatalf("read twice, %d and %d routes", len(first), len(second))
	}
	*first[0].Table, *first[0].Type = 99, vtep.RouteProhibit
	if !reflect.DeepEqual(first[1:], want[1:]) || !reflect.DeepEqual(second, want) {
		t.Error("a change of one route shows in another")
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	vxlan := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 5, Up: true}))
	const count = 700 // more than two runs of a list
	entries := make([]vtep.FDBEntry, count)
	for i := range entries {
		entries[i] = vtep.FDBEntry{LinkIndex: vxlan.Index, MAC: mac(fmt.Sprintf("02:00:00:00:%02x:%02x", i>>8, i&0xFF)),
			Destination: netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})}
	}
	must(t, host.ApplyFDB(vtep.ChangeAdd, nil))
	must(t, host.ApplyFDB(vtep.ChangeAdd, entries))
	read := get[[]vtep.FDBEntry](t)(host.FDB("vxlan0"))
	equal(t, "entries", len(read), count)
	seen := map[string]string{}
	for _, entry := range read {
		seen[entry.MAC.String()] = entry.Destination.String()
	}
	for _, entry := range entries {
		equal(t, "destination of "+entry.MAC.String(), seen[entry.MAC.String()], entry.Destination.String())
	}

	must(t, host.DeleteFDB(entries[3]))
	must(t, host.DeleteFDB(entries[600]))
	err := host.ApplyFDB(vtep.ChangeDelete, entries)
	var batch *vtep.BatchError
	if !errors.As(err, &batch) || len(batch.Failures) != 2 {
		t.Fatalf("deleting two that are gone: %v", err)
	}
	equal(t, "places", [2]int{batch.Failures[0].Index, batch.Failures[1].Index}, [2]int{3, 600})
	is(t, err, vtep.ErrNotFound)
	is(t, batch.Failures[1].Err, vtep.ErrNotFound)
	var first *vtep.Error
	equal(t, "as an *Error", errors.As(err, &first), true)
	equal(t, "what is left", len(get[[]vtep.FDBEntry](t)(host.FDB("vxlan0"))), 0)

	under := indexOf(t, host, "under")
	var routes []vtep.Route
	var neighbours []vtep.Neighbour
	for i := 0; i < 300; i++ {
		prefix := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 0}), 24)
		route := vtep.Route{Destination: prefix, LinkIndex: under}
		if i%2 == 0 {
			route = vtep.Route{Destination: prefix, NextHops: []vtep.NextHop{
				{LinkIndex: under, Weight: 1}, {Gateway: netip.MustParseAddr("192.168.50.7"), Weight: 3}}}
		}
		routes = append(routes, route)
		neighbours = append(neighbours, vtep.Neighbour{LinkIndex: under, Address: prefix.Addr(),
			MAC: mac("02:00:00:00:00:01")})
	}
	before := len(get[[]vtep.Route](t)(host.Routes(vtep.IPv4, vtep.TableMain)))
	must(t, host.ApplyRoutes(vtep.ChangeAdd, routes))
	equal(t, "routes", len(get[[]vtep.Route](t)(host.Routes(vtep.IPv4, vtep.TableMain))), before+300)
	is(t, host.ApplyRoutes(vtep.ChangeAdd, routes), vtep.ErrExists)
	must(t, host.ApplyRoutes(vtep.ChangeDelete, routes))
	must(t, host.ApplyNeighbours(vtep.ChangeAdd, neighbours))
	permanent := 0 // besides what the kernel finds out by itself
	for _, neighbour := range get[[]vtep.Neighbour](t)(host.Neighbours("under")) {
		if *neighbour.State == vtep.NeighbourPermanent {
			permanent++
		}
	}
	equal(t, "neighbours", permanent, 300)
	must(t, host.ApplyNeighbours(vtep.ChangeDelete, neighbours))
	is(t, host.ApplyFDB(99, entries[:1]), vtep.ErrInvalid)
}
