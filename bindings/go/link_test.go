package vtep_test

import (
	"net/netip"
	"os"
	"testing"

	"vtep"
)

func TestLinksAreWhatIPShows(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	links := get[[]vtep.Link](t)(host.Links())
	equal(t, "links", len(links), 3)
	for i, link := range links {
		one := get[vtep.Link](t)(host.Link(link.Name))
		byIndex := get[vtep.Link](t)(host.LinkByIndex(link.Index))
		equal(t, "name by index", byIndex.Name, link.Name)
		equal(t, "index by name", one.Index, link.Index)
		equal(t, "order", i == 0 || links[i-1].Index < link.Index, true)
		shown := network.run("ip", "-d", "link", "show", "dev", link.Name)
		holds(t, shown, link.MAC.String(), link.Broadcast.String(), "state "+link.OperState.String(), "qdisc "+link.Qdisc)
		if link.Statistics == nil || one.Statistics != nil {
			t.Errorf("statistics of %s: %v in the list, %v alone", link.Name, link.Statistics, one.Statistics)
		}
	}
	equal(t, "kind of lo", links[0].Kind, "")
	equal(t, "hardware type of lo", links[0].HardwareType, 772)
	equal(t, "loopback", links[0].Flags&vtep.LinkLoopback, vtep.LinkLoopback)
	equal(t, "physical links", len(get[[]vtep.Link](t)(host.LinksOfKind(""))), 1)
	equal(t, "veth links", len(get[[]vtep.Link](t)(host.LinksOfKind("veth"))), 2)
	equal(t, "links of no kind", len(get[[]vtep.Link](t)(host.LinksOfKind("none"))), 0)
}

func TestLinksCanBeChanged(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	must(t, host.SetLinkMTU("far", 1400))
	must(t, host.SetLinkMAC("far", mac("02:00:00:00:00:07")))
	must(t, host.SetLinkUp("far", false))
	must(t, host.RenameLink("far", "near"))
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br"})))
	must(t, host.SetLinkMaster("near", "br"))
	holds(t, network.run("ip", "link", "show", "dev", "near"), "mtu 1400", "02:00:00:00:00:07", "master br", "state DOWN")
	link := get[vtep.Link](t)(host.Link("near"))
	equal(t, "up", link.IsUp(), false)
	equal(t, "master", link.MasterIndex, indexOf(t, host, "br"))
	if link.BridgePort == nil || link.Bridge != nil || link.VXLAN != nil {
		t.Errorf("details of a bridge port: %+v", link)
	}
	must(t, host.SetLinkMaster("near", ""))
	equal(t, "master", get[vtep.Link](t)(host.Link("near")).MasterIndex, 0)
	is(t, host.SetLinkMTU("near", 1), vtep.ErrInvalid)
	is(t, host.DeleteLinkOfKind("near", "vxlan"), vtep.ErrForeign)
	must(t, host.DeleteLinkOfKind("near", "veth"))
	is(t, one(host.Link("under")), vtep.ErrNotFound) // its peer went along
	is(t, host.DeleteLink("lo"), vtep.ErrNotSupported)
}

func TestCountersCount(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	network.run("ping", "-c", "3", "-i", "0.01", "127.0.0.1")
	counted := get[vtep.LinkStatistics](t)(host.LinkStatistics("lo"))
	if counted.RxPackets < 6 || counted.TxBytes < 6*84 || counted.RxPackets != counted.TxPackets {
		t.Errorf("after three pings on lo: %+v", counted)
	}
}

func TestLinksMoveBetweenNamespaces(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	other := newNetwork(t)
	there := other.open()
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0"})))
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br1"})))
	must(t, one(host.CreateVeth(vtep.VethOptions{
		Name: "a", PeerName: "b", Up: true, MTU: vtep.Ptr(1300), PeerMAC: mac("02:00:00:00:00:0b"),
		PeerNamespaceFD: vtep.Ptr(int(other.file.Fd())), MAC: mac("02:00:00:00:00:0a"), Master: "br0",
	})))
	peer := get[vtep.Link](t)(there.Link("b"))
	equal(t, "MTU", peer.MTU, 1300)
	equal(t, "MAC", peer.MAC.String(), "02:00:00:00:00:0b")
	if peer.LowerNetNSID == nil {
		t.Error("the other end is in another namespace, and has no number for it")
	}
	equal(t, "ports", len(get[[]vtep.Link](t)(host.BridgePorts("br0"))), 1)
	must(t, host.MoveLinkToFD("far", int(other.file.Fd())))
	is(t, one(host.Link("far")), vtep.ErrNotFound)
	must(t, one(there.Link("far")))
	is(t, host.MoveLinkToFD("lo", int(other.file.Fd())), vtep.ErrInvalid)
	is(t, host.MoveLinkToPath("under", "/run/netns/there-is-none"), vtep.ErrNotFound)
	is(t, host.MoveLinkToPID("under", 0), vtep.ErrInvalid)
	must(t, there.MoveLinkToPID("far", os.Getpid())) // this process' own, in which nobody else works with "far"
	must(t, get[*vtep.Host](t)(vtep.OpenPID(os.Getpid())).DeleteLink("far"))
}

func TestVXLANDeviceHasWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	link := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{
		Name: "vxlan0", VNI: 120, Device: "under", Remote: netip.MustParseAddr("192.168.50.29"), Up: true,
		Local: netip.MustParseAddr("192.168.50.1"), DestinationPort: vtep.Ptr[uint16](4790),
		SourcePorts: &vtep.PortRange{First: 5000, Last: 6000}, TTL: vtep.Ptr[uint8](9), TOS: vtep.Ptr[uint8](16),
		Ageing: vtep.Ptr(77 * second), MTU: vtep.Ptr(1300), MAC: mac("02:00:00:00:00:05"), Learning: vtep.Ptr(false),
		UDPChecksum: vtep.Ptr(false), UDP6ZeroChecksumTx: vtep.Ptr(true), UDP6ZeroChecksumRx: vtep.Ptr(true),
	}))
	shown := network.run("ip", "-d", "link", "show", "dev", "vxlan0")
	holds(t, shown, "vxlan id 120 remote 192.168.50.29 local 192.168.50.1 dev under srcport 5000 6000 dstport 4790",
		"nolearning", "tos 0x10 ttl 9 ageing 77 noudpcsum udp6zerocsumtx udp6zerocsumrx", "mtu 1300", "02:00:00:00:00:05")
	vxlan := link.VXLAN
	if vxlan == nil {
		t.Fatalf("no details: %+v", link)
	}
	equal(t, "VNI", *vxlan.VNI, 120)
	equal(t, "remote", vxlan.Remote.String(), "192.168.50.29")
	equal(t, "group", vxlan.Group.IsValid(), false)
	equal(t, "local", vxlan.Local.String(), "192.168.50.1")
	equal(t, "device", vxlan.DeviceIndex, indexOf(t, host, "under"))
	equal(t, "port", vxlan.DestinationPort, 4790)
	equal(t, "source ports", *vxlan.SourcePorts, vtep.PortRange{First: 5000, Last: 6000})
	equal(t, "TTL and TOS", [2]uint8{vxlan.TTL, vxlan.TOS}, [2]uint8{9, 16})
	equal(t, "ageing", vxlan.Ageing, 77*second)
	equal(t, "switches", [4]bool{vxlan.Learning, vxlan.UDPChecksum, vxlan.UDP6ZeroChecksumTx, vxlan.UDP6ZeroChecksumRx},
		[4]bool{false, false, true, true})
	is(t, host.DeleteVXLAN("vxlan0", vtep.Ptr[vtep.VNI](121)), vtep.ErrForeign)
	must(t, host.DeleteVXLAN("vxlan0", vtep.Ptr[vtep.VNI](120)))
}

func TestVXLANDeviceHasTheRestToo(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	on := vtep.Ptr(true)
	link := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{
		Name: "vxlan0", VNI: 120, Local: netip.MustParseAddr("fd50::1"), DF: vtep.Ptr(vtep.DFInherit),
		FlowLabel: vtep.Ptr[uint32](0x12345), FlowLabelPolicy: vtep.Ptr(vtep.FlowLabelInherit),
		MaximumEntries: vtep.Ptr[uint32](77), ReservedBits: vtep.Ptr[uint64](0x7000000000000000), Proxy: on, RSC: on,
		L2Miss: on, L3Miss: on, RemCsumTx: on, RemCsumRx: on, RemCsumNoPartial: on, GBP: on, TTLInherit: on,
		LocalBypass: vtep.Ptr(false), MulticastRouting: on,
	}))
	holds(t, network.run("ip", "-d", "link", "show", "dev", "vxlan0"), "proxy rsc l2miss l3miss", "ttl inherit df inherit",
		"flowlabel 0x12345", "maxaddr 77", "remcsumtx remcsumrx", "gbp")
	vxlan := *link.VXLAN
	equal(t, "numbers", [4]uint64{uint64(vxlan.DF), uint64(vxlan.FlowLabel), uint64(vxlan.FlowLabelPolicy),
		uint64(vxlan.MaximumEntries)}, [4]uint64{2, 0x12345, 1, 77})
	equal(t, "reserved bits", *vxlan.ReservedBits, 0x7000000000000000)
	equal(t, "switches", [10]bool{vxlan.Proxy, vxlan.RSC, vxlan.L2Miss, vxlan.L3Miss, vxlan.RemCsumTx, vxlan.RemCsumRx,
		vxlan.RemCsumNoPartial, vxlan.GBP, vxlan.TTLInherit, vxlan.LocalBypass},
		[10]bool{true, true, true, true, true, true, true, true, true, false})
	link = get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{
		Name: "vxlan1", External: on, VNIFilter: on, GPE: on, Learning: vtep.Ptr(false),
	}))
	vxlan = *link.VXLAN
	equal(t, "external", [4]bool{vxlan.External, vxlan.VNIFilter, vxlan.GPE, vxlan.VNI == nil},
		[4]bool{true, true, true, true})
	equal(t, "IANA's port for GPE", vxlan.DestinationPort, 4790)
}

func TestVXLANDeviceChangesInPlace(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120, Remote: netip.MustParseAddr("192.168.50.29")})))
	link := get[vtep.Link](t)(host.ChangeVXLAN(vtep.VXLANOptions{
		Name: "vxlan0", TTL: vtep.Ptr[uint8](9), Remote: netip.MustParseAddr("192.168.50.30"), Device: "under",
	}, vtep.Ptr[vtep.VNI](120)))
	equal(t, "TTL", link.VXLAN.TTL, 9)
	equal(t, "remote", link.VXLAN.Remote.String(), "192.168.50.30")
	equal(t, "device", link.VXLAN.DeviceIndex, indexOf(t, host, "under"))
	link = get[vtep.Link](t)(host.ChangeVXLAN(vtep.VXLANOptions{Name: "vxlan0", Remote: netip.IPv4Unspecified()}, nil))
	equal(t, "remote", link.VXLAN.Remote.IsValid(), false)
	is(t, one(host.ChangeVXLAN(vtep.VXLANOptions{Name: "vxlan0"}, vtep.Ptr[vtep.VNI](121))), vtep.ErrNotSupported)
	is(t, one(host.ChangeVXLAN(vtep.VXLANOptions{Name: "vxlan0", GBP: vtep.Ptr(true)}, nil)), vtep.ErrNotSupported)
	is(t, one(host.ChangeVXLAN(vtep.VXLANOptions{Name: "vxlan0", Up: true}, nil)), vtep.ErrInvalid)
	is(t, one(host.ChangeVXLAN(vtep.VXLANOptions{Name: "far"}, nil)), vtep.ErrForeign)
}

// Nothing that was left out may reach the kernel as a zero.
func TestVXLANDeviceHasTheKernelsDefaults(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	link := get[vtep.Link](t)(host.CreateVXLAN(vtep.VXLANOptions{
		Name: "vxlan0", Device: "under", Group: netip.MustParseAddr("239.1.1.1"),
	}))
	network.run("ip", "link", "add", "theirs", "type", "vxlan", "id", "0", "dstport", "4791", "group", "239.1.1.1",
		"dev", "under")
	theirs := get[vtep.Link](t)(host.Link("theirs"))
	equal(t, "VNI 0", *link.VXLAN.VNI, 0)
	equal(t, "port", link.VXLAN.DestinationPort, 4789)
	equal(t, "MTU", link.MTU, theirs.MTU)
	equal(t, "up", link.IsUp(), false)
	equal(t, "reserved bits", *link.VXLAN.ReservedBits, *theirs.VXLAN.ReservedBits)
	theirs.VXLAN.DestinationPort, theirs.VXLAN.VNI, link.VXLAN.VNI = 4789, nil, nil
	theirs.VXLAN.ReservedBits, link.VXLAN.ReservedBits = nil, nil
	equal(t, "all else", *link.VXLAN, *theirs.VXLAN)
	must(t, host.DeleteVXLAN("vxlan0", nil))
}

func TestRemotesComeAndGo(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 1, Up: true})))
	for _, remote := range []string{"192.168.50.2", "192.168.50.3", "192.168.50.3"} {
		must(t, host.AppendRemote("vxlan0", netip.MustParseAddr(remote)))
	}
	holds(t, network.run("bridge", "fdb", "show", "dev", "vxlan0"), "00:00:00:00:00:00 dst 192.168.50.3 self permanent")
	remotes := get[[]netip.Addr](t)(host.Remotes("vxlan0"))
	equal(t, "remotes", len(remotes), 2)
	must(t, host.DeleteRemote("vxlan0", remotes[0]))
	is(t, host.DeleteRemote("vxlan0", remotes[0]), vtep.ErrNotFound)
	equal(t, "what is left", get[[]netip.Addr](t)(host.Remotes("vxlan0"))[0], remotes[1])
}

func TestBridgeHasWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	link := get[vtep.Link](t)(host.CreateBridge(vtep.BridgeOptions{
		Name: "br0", Up: true, MAC: mac("02:00:00:00:00:0c"), MTU: vtep.Ptr(1400), Priority: vtep.Ptr[uint16](4096),
		ForwardDelay: vtep.Ptr(4 * second), AgeingTime: vtep.Ptr(second / 2), STP: vtep.Ptr(true),
		MulticastSnooping: vtep.Ptr(false),
	}))
	holds(t, network.run("ip", "-d", "link", "show", "dev", "br0"), "forward_delay 400 ", "ageing_time 50 ",
		"stp_state 1 priority 4096", "bridge_id 1000.2:0:0:0:0:c", "mcast_snooping 0", "mtu 1400", "02:00:00:00:00:0c")
	bridge := *link.Bridge
	equal(t, "times", [2]string{bridge.ForwardDelay.String(), bridge.AgeingTime.String()}, [2]string{"4s", "500ms"})
	equal(t, "priority", bridge.Priority, 4096)
	equal(t, "STP", bridge.STP, vtep.STPKernel)
	equal(t, "snooping", bridge.MulticastSnooping, false)
	equal(t, "identifier", bridge.ID.String(), "1000.02000000000c")
	must(t, host.SetLinkMaster("far", "br0"))
	holds(t, network.run("brctl", "show"), bridge.ID.String()+"\tyes\t\tfar")
	port := get[vtep.BridgePort](t)(host.BridgePort("far"))
	holds(t, network.run("bridge", "link", "show", "dev", "far"), "state "+port.State.String())
	is(t, one(host.Bridge("far")), vtep.ErrForeign)
	is(t, one(host.BridgePort("under")), vtep.ErrForeign)
	is(t, one(host.VXLAN("far")), vtep.ErrForeign)
	is(t, host.DeleteBridge("far"), vtep.ErrForeign)
	must(t, host.DeleteBridge("br0"))
}

func TestBridgeChanges(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0"})))
	link := get[vtep.Link](t)(host.ChangeBridge(vtep.BridgeOptions{
		Name: "br0", HelloTime: vtep.Ptr(3 * second), MaximumLearned: vtep.Ptr[uint32](77), IGMPVersion: vtep.Ptr[uint8](3),
		MulticastQuerier: vtep.Ptr(true), MulticastSnooping: vtep.Ptr(true), GroupAddress: mac("01:80:c2:00:00:0e"),
		MulticastQueryInterval: vtep.Ptr(50 * second), MulticastRouter: vtep.Ptr(vtep.MulticastRouterPermanent),
		GroupForwardMask: vtep.Ptr[uint16](0x4008), MulticastHashMaximum: vtep.Ptr[uint32](1024),
	}))
	holds(t, network.run("ip", "-d", "link", "show", "dev", "br0"), "hello_time 300", "mcast_querier 1",
		"mcast_query_interval 5000", "mcast_router 2", "group_address 01:80:c2:00:00:0e", "mcast_hash_max 1024")
	bridge := *link.Bridge
	equal(t, "hello time", bridge.HelloTime, 3*second)
	equal(t, "maximum of learnt entries", *bridge.MaximumLearned, 77)
	equal(t, "query interval", bridge.MulticastQueryInterval, 50*second)
	equal(t, "switches", [3]bool{bridge.MulticastQuerier, bridge.MulticastSnooping, bridge.VLANFiltering},
		[3]bool{true, true, false})
	equal(t, "IGMP version, router, mask", [3]int{int(bridge.IGMPVersion), int(bridge.MulticastRouter),
		int(bridge.GroupForwardMask)}, [3]int{3, 2, 0x4008})
	status := get[vtep.BridgeStatus](t)(host.BridgeStatus("br0"))
	equal(t, "learnt", *status.Learned, 0)
	equal(t, "querier", status.IGMPQuerier.String(), "0.0.0.0")
	must(t, host.FlushBridge("br0"))
	is(t, one(host.ChangeBridge(vtep.BridgeOptions{Name: "br0", HelloTime: vtep.Ptr(second / 100)})), vtep.ErrInvalid)
	is(t, one(host.ChangeBridge(vtep.BridgeOptions{Name: "br0", MulticastQueryInterval: vtep.Ptr(second / 1000)})),
		vtep.ErrInvalid)
	is(t, one(host.ChangeBridge(vtep.BridgeOptions{Name: "far"})), vtep.ErrForeign)
}

func TestBridgePortChanges(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0"})))
	must(t, host.SetLinkMaster("far", "br0"))
	must(t, one(host.CreateVeth(vtep.VethOptions{Name: "v0", PeerName: "v1", Master: "br0"})))
	link := get[vtep.Link](t)(host.ChangeBridgePort(vtep.BridgePortOptions{
		Name: "far", Isolated: vtep.Ptr(true), Learning: vtep.Ptr(false), Cost: vtep.Ptr[uint32](77),
		Priority: vtep.Ptr[uint16](9), BackupPort: vtep.Ptr("v0"), MaximumGroups: vtep.Ptr[uint32](5),
	}))
	holds(t, network.run("bridge", "-d", "link", "show", "dev", "far"), "isolated on", "learning off", "cost 77",
		"priority 9", "backup_port v0")
	port := *link.BridgePort
	equal(t, "switches", [3]bool{port.Isolated, port.Learning, port.UnicastFlood}, [3]bool{true, false, true})
	equal(t, "groups", *port.MaximumGroups, 5)
	equal(t, "backup", port.BackupPortIndex, indexOf(t, host, "v0"))
	link = get[vtep.Link](t)(host.ChangeBridgePort(vtep.BridgePortOptions{Name: "far", BackupPort: vtep.Ptr("")}))
	equal(t, "no backup", link.BridgePort.BackupPortIndex, 0)
	status := get[vtep.BridgePortStatus](t)(host.BridgePortStatus("far"))
	equal(t, "number", status.Number, 1)
	equal(t, "root", status.DesignatedRoot.String(), get[vtep.Bridge](t)(host.Bridge("br0")).ID.String())
	must(t, host.FlushBridgePort("far"))
	is(t, one(host.ChangeBridgePort(vtep.BridgePortOptions{Name: "v1"})), vtep.ErrForeign)
	is(t, one(host.ChangeBridgePort(vtep.BridgePortOptions{Name: "far", Cost: vtep.Ptr[uint32](0)})), vtep.ErrInvalid)
}
