package vtep_test

import (
	"errors"
	"net/netip"
	"testing"

	"vtep"
)

func TestVNIFilter(t *testing.T) {
	t.Parallel()
	network, host := newHost(t)
	on := vtep.Ptr(true)
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vx", External: on, VNIFilter: on})))
	remote := netip.MustParseAddr("192.0.2.1")
	must(t, host.AddVNIs("vx", vtep.VNIRange{First: 100, Last: 100}))
	must(t, host.AddVNIs("vx", vtep.VNIRange{First: 200, Last: 300, Remote: remote}))
	holds(t, network.run("bridge", "vni", "show"), "100", "200-300", "192.0.2.1")
	vnis := get[[]vtep.VNIRange](t)(host.VNIs("vx", false))
	equal(t, "ranges", len(vnis), 2)
	index := indexOf(t, host, "vx")
	equal(t, "the second", vnis[1], vtep.VNIRange{LinkIndex: index, First: 200, Last: 300, Remote: remote})
	equal(t, "of all devices", get[[]vtep.VNIRange](t)(host.VNIs("", false))[1], vnis[1])
	counted := get[[]vtep.VNIRange](t)(host.VNIs("vx", true))
	equal(t, "each on its own", len(counted), 102)
	equal(t, "counters", *counted[0].Statistics, vtep.VNIStatistics{})
	is(t, host.AddVNIs("vx", vtep.VNIRange{First: 300, Last: 301}), vtep.ErrExists)
	is(t, host.AddVNIs("vx", vtep.VNIRange{First: 2, Last: 1}), vtep.ErrInvalid)
	must(t, host.DeleteVNIs("vx", 1, 299))
	equal(t, "what is left", get[[]vtep.VNIRange](t)(host.VNIs("vx", false))[0].First, 300)
	is(t, host.DeleteVNIs("vx", 1, 1), vtep.ErrNotFound)
	is(t, one(host.VNIs("far", false)), vtep.ErrForeign)
}

func TestVLANs(t *testing.T) {
	t.Parallel()
	_, host := newHost(t)
	_, err := host.CreateBridge(vtep.BridgeOptions{
		Name: "br0", VLANFiltering: vtep.Ptr(true), DefaultPVID: vtep.Ptr[uint16](0),
	})
	filters := !errors.Is(err, vtep.ErrNotSupported)
	if !filters {
		must(t, one(host.CreateBridge(vtep.BridgeOptions{Name: "br0"})))
	}
	must(t, one(host.CreateVXLAN(vtep.VXLANOptions{Name: "vx", External: vtep.Ptr(true), Master: "br0"})))
	must(t, one(host.ChangeBridgePort(vtep.BridgePortOptions{Name: "vx", VLANTunnel: vtep.Ptr(true)})))
	vlans := vtep.VLANRange{LinkIndex: indexOf(t, host, "vx"), First: 5, Last: 6, Untagged: true}
	tunnel := vtep.VLANTunnel{LinkIndex: vlans.LinkIndex, First: 5, Last: 6, FirstVNI: 7}
	if !filters {
		is(t, host.AddVLANs(vlans), vtep.ErrNotSupported)
		is(t, host.DeleteVLANs(vlans), vtep.ErrNotSupported)
		is(t, host.SetVLANs(vlans), vtep.ErrNotSupported)
		is(t, host.AddVLANTunnel(tunnel), vtep.ErrNotSupported)
		is(t, host.DeleteVLANTunnel(tunnel), vtep.ErrNotSupported)
		equal(t, "VLANs", len(get[[]vtep.VLANRange](t)(host.VLANs("", false))), 0)
		equal(t, "tunnels", len(get[[]vtep.VLANTunnel](t)(host.VLANTunnels("vx"))), 0)
		t.Skip("this kernel has no VLAN filtering (CONFIG_BRIDGE_VLAN_FILTERING)")
	}
	must(t, host.AddVLANs(vlans))
	told := get[[]vtep.VLANRange](t)(host.VLANs("vx", false))[0]
	equal(t, "its state", *told.Options.State, vtep.PortForwarding)
	told.Options = vtep.VLANOptions{}
	equal(t, "VLANs", told, vlans)
	vlans.Options.State = vtep.Ptr(vtep.PortBlocking)
	must(t, host.SetVLANs(vlans))
	for _, vlan := range get[[]vtep.VLANRange](t)(host.VLANs("vx", true)) {
		equal(t, "its state", *vlan.Options.State, vtep.PortBlocking)
		equal(t, "its counters", *vlan.Statistics, vtep.VLANStatistics{})
	}
	must(t, host.AddVLANTunnel(tunnel))
	equal(t, "tunnels", get[[]vtep.VLANTunnel](t)(host.VLANTunnels(""))[0], tunnel)
	must(t, host.DeleteVLANTunnel(tunnel))
	must(t, host.DeleteVLANs(vlans))
	equal(t, "VLANs", len(get[[]vtep.VLANRange](t)(host.VLANs("vx", true))), 0)
}
