package vtep_test

import (
	"net/netip"
	"reflect"
	"syscall"
	"testing"

	"vtep"
)

func TestNexthopObjects(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	under := indexOf(t, host, "under")
	first := get[uint32](t)(host.AddNexthop(vtep.Nexthop{LinkIndex: under, Gateway: netip.MustParseAddr("192.168.50.2")}))
	must(t, one(host.AddNexthop(vtep.Nexthop{ID: 12, LinkIndex: under, Gateway: netip.MustParseAddr("192.168.50.3")})))
	group := vtep.Nexthop{ID: 20, Members: []vtep.NexthopMember{{ID: first, Weight: 2}, {ID: 12, Weight: 1}}}
	must(t, one(host.AddNexthop(group)))
	is(t, one(host.AddNexthop(group)), vtep.ErrExists)
	holds(t, network.run("ip", "nexthop"), "id 12 via 192.168.50.3 dev under", "id 20 group")
	read := get[vtep.Nexthop](t)(host.Nexthop(20, false))
	equal(t, "members", len(read.Members), 2)
	equal(t, "weight", read.Members[0].Weight, 2)
	must(t, host.AddRoute(vtep.Route{Destination: netip.MustParsePrefix("10.7.0.0/16"), NextHopID: 20}))
	holds(t, network.run("ip", "route"), "10.7.0.0/16 nhid 20")
	equal(t, "groups", len(get[[]vtep.Nexthop](t)(host.Nexthops(vtep.NexthopFilter{GroupsOnly: true}))), 1)
	must(t, host.ReplaceNexthop(vtep.Nexthop{ID: 12, LinkIndex: under, Gateway: netip.MustParseAddr("192.168.50.4")}))
	must(t, host.DeleteNexthop(20))
	is(t, one(host.Nexthop(20, false)), vtep.ErrNotFound)

	must(t, one(host.AddNexthop(vtep.Nexthop{ID: 30, Buckets: 8, IdleTimer: vtep.Ptr(9 * second),
		Members: []vtep.NexthopMember{{ID: first, Weight: 1}, {ID: 12, Weight: 1}}})))
	buckets := get[[]vtep.NexthopBucket](t)(host.NexthopBuckets(30))
	equal(t, "buckets", len(buckets), 8)
	equal(t, "of", buckets[7].GroupID, 30)
	equal(t, "idle timer", *get[vtep.Nexthop](t)(host.Nexthop(30, false)).IdleTimer, 9*second)

	// Remotes of FDB entries.
	must(t, one(host.AddNexthop(vtep.Nexthop{ID: 40, Gateway: netip.MustParseAddr("10.0.0.40"), FDB: true})))
	must(t, one(host.AddNexthop(vtep.Nexthop{ID: 41, Members: []vtep.NexthopMember{{ID: 40, Weight: 1}}, FDB: true})))
	vxlan := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 5, Up: true}))
	must(t, host.AddFDB(vtep.FDBEntry{LinkIndex: vxlan.Index, MAC: mac("02:00:00:00:00:01"), NextHopID: 41}))
	holds(t, network.run("bridge", "fdb", "show", "dev", "vxlan0"), "nhid 41")
	if flushed := get[int](t)(host.FlushNexthops(vtep.NexthopFilter{})); flushed < 4 {
		t.Errorf("flushed %d", flushed)
	}
	equal(t, "left", network.run("ip", "nexthop"), "")
	is(t, one(host.AddNexthop(vtep.Nexthop{Members: make([]vtep.NexthopMember, 5000)})), vtep.ErrInvalid)
}

func TestRulesComeAndGo(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	rule := vtep.Rule{
		Family: vtep.IPv4, Priority: vtep.Ptr[uint32](77), Table: 99, Source: netip.MustParsePrefix("10.0.0.0/8"),
		InputLink: "under", Mark: vtep.Ptr[uint32](5), MarkMask: vtep.Ptr[uint32](0xF), Protocol: vtep.Ptr[uint8](17),
		DestinationPorts: &vtep.PortRange{First: 4789, Last: 4790}, Users: &[2]uint32{1, 2},
		TunnelID: vtep.Ptr[uint64](120), SuppressPrefixLength: vtep.Ptr[uint32](0),
	}
	must(t, host.AddRule(rule))
	is(t, host.AddRule(rule), vtep.ErrExists)
	holds(t, network.run("ip", "rule"), "77:", "from 10.0.0.0/8", "fwmark 0x5/0xf", "iif under", "uidrange 1-2",
		"ipproto udp", "dport 4789-4790", "tun_id 120", "lookup 99", "suppress_prefixlength 0")
	for _, read := range get[[]vtep.Rule](t)(host.Rules(vtep.AnyFamily)) {
		if *read.Priority != 77 {
			continue
		}
		equal(t, "action", *read.Action, vtep.RuleLookup)
		rule.Action, rule.Origin = read.Action, read.Origin
		if !reflect.DeepEqual(read, rule) {
			t.Errorf("read %+v, wrote %+v", read, rule)
		}
		must(t, host.DeleteRule(read)) // what was read can be passed back
	}
	is(t, host.DeleteRule(rule), vtep.ErrNotFound)
	is(t, host.AddRule(vtep.Rule{Family: vtep.IPv4, InputLink: "a name that is too long"}), vtep.ErrInvalid)
}

func TestRoutesWhole(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	under := indexOf(t, host, "under")
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", External: vtep.Ptr(true), Up: true})))
	route := vtep.Route{
		Destination: netip.MustParsePrefix("10.8.0.0/16"), LinkIndex: indexOf(t, host, "vxlan0"), TOS: 8,
		Metrics: &vtep.RouteMetrics{Values: map[vtep.Metric]uint32{vtep.MetricMTU: 1400, vtep.MetricInitCwnd: 20},
			Locked: []vtep.Metric{vtep.MetricMTU}},
		Encapsulation: &vtep.Encapsulation{Type: vtep.EncapsulationIP, ID: 120, TTL: 9, GroupPolicy: vtep.Ptr[uint32](7),
			Destination: netip.MustParseAddr("192.168.50.29")},
	}
	must(t, host.AddRoute(route))
	holds(t, network.run("ip", "route"), "10.8.0.0/16 ", "encap ip id 120", "tos 0x08", "dst 192.168.50.29 ttl 9",
		"mtu lock 1400", "initcwnd 20")
	for _, read := range get[[]vtep.Route](t)(host.Routes(vtep.IPv4, vtep.TableMain)) {
		if read.Destination != route.Destination {
			continue
		}
		if !reflect.DeepEqual(read.Metrics, route.Metrics) {
			t.Errorf("metrics: read %+v, wrote %+v", read.Metrics, route.Metrics)
		}
		equal(t, "encapsulation", [2]uint64{read.Encapsulation.ID, uint64(*read.Encapsulation.GroupPolicy)}, [2]uint64{120, 7})
		must(t, host.UpdateRoute(read))
		must(t, host.DeleteRoute(read))
	}
	is(t, host.UpdateRoute(route), vtep.ErrNotFound)

	six := vtep.Route{Destination: netip.MustParsePrefix("2001:db8:7::/48"), LinkIndex: under,
		Preference: vtep.Ptr(vtep.PreferenceHigh), Expires: vtep.Ptr(500 * second)}
	must(t, host.AddRoute(six))
	holds(t, network.run("ip", "-6", "route"), "2001:db8:7::/48 dev under", "pref high", "expires")
	is(t, host.AddRoute(vtep.Route{Destination: six.Destination, LinkIndex: under,
		Metrics: &vtep.RouteMetrics{Values: map[vtep.Metric]uint32{99: 1}}}), vtep.ErrInvalid)

	found := get[vtep.Route](t)(host.FindRoute(vtep.RouteLookup{Destination: netip.MustParseAddr("192.168.50.77")}))
	equal(t, "the way", found.LinkIndex, under)
	equal(t, "its source", found.PreferredSource.String(), "192.168.50.1")
	is(t, one(host.FindRoute(vtep.RouteLookup{Destination: netip.MustParseAddr("172.16.0.1")})), syscall.ENETUNREACH)
	is(t, one(host.FindRoute(vtep.RouteLookup{})), vtep.ErrInvalid)
}

func TestAddressesAndNeighboursWhole(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	under := indexOf(t, host, "under")
	address := vtep.Address{LinkIndex: under, Prefix: netip.MustParsePrefix("10.3.0.1/24"), Metric: vtep.Ptr[uint32](55),
		Flags: vtep.AddressNoPrefixRoute, ValidLifetime: vtep.Ptr(900 * second), PreferredLifetime: vtep.Ptr(800 * second)}
	must(t, host.PutAddress(address, false))
	is(t, host.PutAddress(address, false), vtep.ErrExists)
	must(t, host.PutAddress(address, true))
	holds(t, network.run("ip", "address", "show", "dev", "under"), "10.3.0.1/24 metric 55", "noprefixroute", "900sec")
	for _, read := range get[[]vtep.Address](t)(host.Addresses("under")) {
		if read.Prefix == address.Prefix {
			equal(t, "metric", *read.Metric, 55)
			equal(t, "stamps", read.Created != nil && read.Updated != nil, true)
		}
	}
	equal(t, "flushed", get[int](t)(host.FlushAddresses("under", vtep.IPv4)), 2)

	key := vtep.Neighbour{LinkIndex: under, Address: netip.MustParseAddr("10.3.0.9"), MAC: mac("02:00:00:00:00:09"),
		State: vtep.Ptr(vtep.NeighbourStale), Origin: vtep.Ptr(vtep.OriginStatic)}
	is(t, host.UpdateNeighbour(key), vtep.ErrNotFound)
	must(t, host.AddNeighbour(key))
	must(t, host.UpdateNeighbour(key))
	read := get[vtep.Neighbour](t)(host.Neighbour(key))
	equal(t, "origin", *read.Origin, vtep.OriginStatic)
	equal(t, "ages", read.Updated != nil && *read.Updated < 10*second, true)
	proxy := vtep.Neighbour{LinkIndex: under, Address: netip.MustParseAddr("10.3.0.10"), Flags: vtep.NeighbourProxy}
	must(t, host.AddNeighbour(proxy))
	equal(t, "proxies", len(get[[]vtep.Neighbour](t)(host.ProxyNeighbours("under"))), 1)
	equal(t, "flushed", get[int](t)(host.FlushNeighbours("under", vtep.NeighbourFilter{Proxies: true})), 1)
	equal(t, "flushed", get[int](t)(host.FlushNeighbours("", vtep.NeighbourFilter{Family: vtep.IPv4})), 1)
	is(t, one(host.Neighbour(key)), vtep.ErrNotFound)
}
