"""Everything a host does, on the running kernel: what we make is read by iproute2, and what it makes is read by us."""

from __future__ import annotations

import dataclasses
import os
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

import pytest
import vtep
from conftest import Namespace


def test_vxlan_made_here_is_what_ip_says(namespace: Namespace, host: vtep.Host) -> None:
    link = host.create_vxlan(
        "vxlan0",
        vni=120,
        remote="10.0.0.2",
        local=IPv4Address("10.0.0.1"),
        destination_port=4790,
        source_ports=(20000, 30000),
        ttl=9,
        ageing=77,
        learning=False,
        udp_checksum=False,
        mac="02:00:00:00:00:07",
        mtu=1400,
        up=True,
    )
    (said,) = namespace.json("ip -j -d link show vxlan0")
    data = said["linkinfo"]["info_data"]
    assert (said["ifindex"], said["address"], said["mtu"]) == (link.index, "02:00:00:00:00:07", 1400)
    assert (data["id"], data["remote"], data["local"], data["port"]) == (120, "10.0.0.2", "10.0.0.1", 4790)
    assert (data["port_range"]["low"], data["port_range"]["high"]) == (20000, 30000)
    assert (data["ttl"], data["ageing"], data["learning"]) == (9, 77, False)
    assert link.is_up and link.kind == "vxlan" and link.is_vxlan and not link.is_bridge
    assert link.mac == vtep.MAC("02:00:00:00:00:07") and link.mtu == 1400
    vxlan = host.vxlan("vxlan0")
    assert (vxlan.vni, vxlan.destination_port, vxlan.source_ports) == (120, 4790, (20000, 30000))
    assert vxlan.remote == IPv4Address("10.0.0.2") and vxlan.group is None
    assert vxlan.flags & (vtep.VXLANFlags.LEARNING | vtep.VXLANFlags.UDP_CHECKSUM) == 0
    host.change_vxlan("vxlan0", ttl=11, learning=True, df=vtep.DontFragment.SET, remote="10.0.0.9")
    vxlan = host.vxlan("vxlan0")
    assert vxlan.ttl == 11 and vtep.VXLANFlags.LEARNING in vxlan.flags and vxlan.df is vtep.DontFragment.SET
    assert vxlan.remote == IPv4Address("10.0.0.9") and vxlan.ageing == 77
    with pytest.raises(vtep.NotSupported, match="destination_port|port"):
        host.change_vxlan("vxlan0", destination_port=9)
    host.delete_vxlan("vxlan0", 120)
    assert [link.name for link in host.links()] == ["lo"]


def test_vxlan_made_by_ip_is_read(namespace: Namespace, host: vtep.Host) -> None:
    namespace.run("ip link add vx6 type vxlan id 0 remote 2001:db8::2 dstport 4789 udp6zerocsumtx")
    vxlan = host.vxlan("vx6")
    assert vxlan.vni == 0 and vxlan.remote == IPv6Address("2001:db8::2") and vtep.VXLANFlags.UDP6_ZERO_CHECKSUM_TX in vxlan.flags
    namespace.run("ip link add vxe type vxlan external dstport 4790")
    assert host.vxlan("vxe").vni is None and vtep.VXLANFlags.EXTERNAL in host.vxlan("vxe").flags


def test_remotes(host: vtep.Host) -> None:
    host.create_vxlan("vxlan0", vni=1, remote="10.0.0.1")
    host.append_remote("vxlan0", "10.0.0.2")
    host.append_remote("vxlan0", IPv4Address("10.0.0.3"))
    assert sorted(map(str, host.remotes("vxlan0"))) == ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
    host.delete_remote("vxlan0", "10.0.0.2")
    with pytest.raises(vtep.NotFound, match="10.0.0.3"):
        host.delete_remote("vxlan0", "10.0.0.2")


def test_bridge_and_ports(namespace: Namespace, host: vtep.Host) -> None:
    host.create_bridge("br0", priority=4096, ageing_time=1000, multicast_snooping=False, up=True)
    host.create_veth("v0", "v1", master="br0", up=True)
    (said,) = namespace.json("ip -j -d link show br0")
    assert said["linkinfo"]["info_data"]["priority"] == 4096
    assert said["linkinfo"]["info_data"]["ageing_time"] == 1000
    bridge = host.bridge("br0")
    assert bridge.priority == 4096 and bridge.ageing_time == 1000 and vtep.BridgeFlags.MULTICAST_SNOOPING not in bridge.flags
    assert bridge.stp is vtep.STP.OFF and str(bridge.group_address) == "01:80:c2:00:00:00"
    assert str(bridge.bridge_id) == f"1000.{host.link('br0').mac!s}".replace(":", "")
    assert [port.name for port in host.bridge_ports("br0")] == ["v0"]
    assert host.bridge_port("v0").state.word in ("forwarding", "disabled")
    details = {one.link.name: one for one in host.link_details()}
    assert details["br0"].bridge == host.bridge("br0") and details["br0"].bridge_port is None
    assert details["v0"].bridge_port is not None and details["v1"].vxlan is None
    assert details["v1"].statistics.rx_packets >= 0
    host.set_master("v0", None)
    assert host.bridge_ports("br0") == []
    with pytest.raises(vtep.Foreign):
        host.delete_bridge("v0")
    host.delete_bridge("br0")


def test_bridge_and_port_change(namespace: Namespace, host: vtep.Host) -> None:
    host.create_bridge("br0")
    host.create_veth("v0", "v1", master="br0")
    host.create_veth("w0", "w1", master="br0")
    host.change_bridge(
        "br0", hello_time=300, maximum_learned=77, multicast_querier=True, multicast_query_interval=5000, igmp_version=3,
        multicast_router=vtep.MulticastRouter.PERMANENT, group_address="01:80:c2:00:00:0e",
    )
    bridge = host.bridge("br0")
    assert (bridge.hello_time, bridge.maximum_learned, bridge.igmp_version) == (300, 77, 3)
    assert vtep.BridgeFlags.MULTICAST_QUERIER | vtep.BridgeFlags.MULTICAST_SNOOPING in bridge.flags
    (said,) = namespace.json("ip -j -d link show br0")
    assert said["linkinfo"]["info_data"]["mcast_query_intvl"] == 5000
    assert said["linkinfo"]["info_data"]["mcast_router"] == 2
    host.change_bridge_port("v0", isolated=True, learning=False, cost=77, backup_port="w0", maximum_groups=5)
    port = host.bridge_port("v0")
    assert port.flags & (vtep.BridgePortFlags.ISOLATED | vtep.BridgePortFlags.LEARNING) == vtep.BridgePortFlags.ISOLATED
    assert (port.cost, port.maximum_groups, port.backup_port_index) == (77, 5, host.link("w0").index)
    (said,) = namespace.json("bridge -j -d link show dev v0")
    assert said["isolated"] and not said["learning"] and said["backup_port"] == "w0"
    assert host.change_bridge_port("v0", backup_port="").name == "v0"
    assert host.bridge_port("v0").backup_port_index is None
    status = host.bridge_status("br0")
    assert status.learned == 0 and str(status.igmp_querier) == "0.0.0.0" and not status.topology_change
    assert host.bridge_port_status("v0").number == 1 and str(host.bridge_port_status("w0").designated_root)[:4] == "8000"
    host.flush_bridge_port("v0")
    host.flush_bridge("br0")
    with pytest.raises(vtep.InvalidArgument, match="100...1000"):
        host.change_bridge("br0", hello_time=1)
    with pytest.raises(vtep.Foreign):
        host.change_bridge_port("v1", cost=5)


def test_vni_filter(namespace: Namespace, host: vtep.Host) -> None:
    host.create_vxlan("vx", external=True, vni_filter=True)
    assert host.vnis("vx") == []
    host.add_vnis("vx", vtep.VNIs(first=100, last=100))
    host.add_vnis("vx", vtep.VNIs(first=200, last=300, remote=IPv4Address("192.0.2.1")))
    (said,) = namespace.json("bridge -j vni show")
    assert said["vnis"] == [{"vni": 100}, {"vni": 200, "vniEnd": 300, "remote": "192.0.2.1"}]
    assert [(one.first, one.last, str(one.remote)) for one in host.vnis("vx")] == [(100, 100, "None"), (200, 300, "192.0.2.1")]
    counted = host.vnis("vx", statistics=True)
    assert len(counted) == 102 and counted[0].tx_packets == 0 and host.vnis("vx")[0].tx_packets is None
    with pytest.raises(vtep.Exists, match="200 to 300"):
        host.add_vnis("vx", vtep.VNIs(first=300, last=301))
    host.delete_vnis("vx", 150, 299)
    host.delete_vnis("vx", 100)
    assert [(one.first, one.last) for one in host.vnis("vx")] == [(300, 300)]
    assert host.vnis() == host.vnis("vx") and host.vnis()[0].link_index == host.link("vx").index
    with pytest.raises(vtep.NotFound):
        host.delete_vnis("vx", 1)


def test_vlans(namespace: Namespace, host: vtep.Host) -> None:
    try:
        host.create_bridge("br0", vlan_filtering=True, default_pvid=0)
    except vtep.NotSupported:
        host.create_bridge("br0")
        host.create_veth("v0", "v1", master="br0")
        index = host.link("v0").index
        with pytest.raises(vtep.NotSupported, match="filters no VLANs"):
            host.add_vlans(vtep.VLANs(link_index=index, first=5, last=6))
        with pytest.raises(vtep.NotSupported):
            host.delete_vlans(vtep.VLANs(link_index=index, first=5, last=6))
        with pytest.raises(vtep.NotSupported):
            host.set_vlans(vtep.VLANs(link_index=index, first=5, last=6, state=vtep.PortState.BLOCKING))
        with pytest.raises(vtep.NotSupported):
            host.add_vlan_tunnels(vtep.VLANTunnels(link_index=index, first=5, last=6, first_vni=7))
        with pytest.raises(vtep.NotSupported):
            host.delete_vlan_tunnels(vtep.VLANTunnels(link_index=index, first=5, last=6, first_vni=7))
        assert host.vlans("v0") == [] and host.vlan_tunnels() == []
        pytest.skip("this kernel has no VLAN filtering (CONFIG_BRIDGE_VLAN_FILTERING)")
    host.create_vxlan("vx", external=True, master="br0")
    host.change_bridge_port("vx", vlan_tunnel=True)
    vlans = vtep.VLANs(link_index=host.link("vx").index, first=5, last=6, flags=vtep.VLANFlags.UNTAGGED)
    host.add_vlans(vlans)
    (told,) = host.vlans("vx")
    assert (told.first, told.last, told.flags, told.state) == (5, 6, vlans.flags, vtep.PortState.FORWARDING)
    host.set_vlans(vtep.VLANs(link_index=vlans.link_index, first=6, last=6, state=vtep.PortState.BLOCKING))
    assert [vlan.state for vlan in host.vlans("vx")] == [vtep.PortState.FORWARDING, vtep.PortState.BLOCKING]
    assert [vlan.rx_packets for vlan in host.vlans("vx", statistics=True)] == [0, 0]
    tunnels = vtep.VLANTunnels(link_index=vlans.link_index, first=5, last=6, first_vni=7)
    host.add_vlan_tunnels(tunnels)
    assert host.vlan_tunnels() == [tunnels]
    host.delete_vlan_tunnels(tunnels)
    host.delete_vlans(vlans)
    assert host.vlans("vx") == [] and host.vlan_tunnels("vx") == []


def test_links_change(namespace: Namespace, host: vtep.Host) -> None:
    host.create_veth("a", "b", mtu=1300)
    host.set_up("a")
    host.set_mtu("a", 1200)
    host.set_mac("a", "02:00:00:00:00:09")
    host.rename("b", "c")
    assert host.link("a").mtu == 1200 and host.link("a").is_up
    assert host.link_by_index(host.link("c").index).name == "c"
    assert {link.name for link in host.links("veth")} == {"a", "c"}
    assert host.link_statistics("a").collisions == 0
    namespace.run("ip link set c alias hello")
    assert host.link("c").alias == "hello" and host.link("a").alias is None
    host.set_up("a", up=False)
    assert not host.link("a").is_up
    with pytest.raises(vtep.Foreign):
        host.delete_link("a", kind="vxlan")
    host.delete_link("a", kind="veth")
    assert [link.name for link in host.links()] == ["lo"]


def test_links_move(namespace: Namespace, host: vtep.Host) -> None:
    other = Namespace()
    try:
        with vtep.Host(fd=other.fd) as there, open(f"/proc/self/fd/{other.fd}") as file:
            host.create_veth("a", "b", peer_netns_fd=file)
            assert there.link("b").lower_netnsid is not None
            host.create_veth("c", "d")
            host.move("c", fd=other.fd)
            host.move("d", path=f"/proc/self/fd/{other.fd}")
            assert {"b", "c", "d"} <= {link.name for link in there.links()}
        with pytest.raises(vtep.NotFound):
            host.move("nothing", fd=other.fd)
        with pytest.raises(TypeError):
            host.move("a")
    finally:
        other.close()


def test_addresses_and_routes(namespace: Namespace, host: vtep.Host) -> None:
    host.create_veth("a", "b", up=True)
    host.add_address("a", "10.1.0.1/24", broadcast="10.1.0.255")
    host.add_address("a", IPv6Interface("2001:db8::1/64"))
    (v4,) = [one for one in host.addresses("a") if one.prefix.version == 4]
    assert v4.prefix == IPv4Interface("10.1.0.1/24") and v4.broadcast == IPv4Address("10.1.0.255")
    assert v4.scope is vtep.Scope.GLOBAL and v4.valid_lifetime is None and v4.label == "a"
    route = vtep.Route(destination=vtep.parse_prefix("10.9.0.0/16"), gateway=vtep.parse_ip("10.1.0.9"), metric=5)
    host.add_route(route)
    with pytest.raises(vtep.Exists):
        host.add_route(route)
    (said,) = namespace.json("ip -j route show 10.9.0.0/16")
    assert (said["gateway"], said["metric"], said["dev"]) == ("10.1.0.9", 5, "a")
    (read,) = [one for one in host.routes(4) if one.destination == IPv4Interface("10.9.0.0/16")]
    assert read.gateway == IPv4Address("10.1.0.9") and read.metric == 5 and read.flags_word == "UG"
    host.delete_route(read)
    hops = (vtep.NextHop(gateway=vtep.parse_ip("10.1.0.2")), vtep.NextHop(gateway=vtep.parse_ip("10.1.0.3"), weight=7))
    host.replace_route(vtep.Route(destination=vtep.parse_prefix("10.8.0.0/16"), next_hops=hops))
    (read,) = [one for one in host.routes(4) if one.next_hops]
    assert [(str(hop.gateway), hop.weight) for hop in read.next_hops] == [("10.1.0.2", 1), ("10.1.0.3", 7)]
    host.delete_route(read)
    assert {one.table for one in host.routes(table=vtep.RouteTable.ALL)} >= {vtep.RouteTable.LOCAL}
    host.delete_address("a", "10.1.0.1/24")
    with pytest.raises(vtep.NotFound):
        host.delete_address("a", "10.1.0.1/24")
    with pytest.raises(vtep.SystemFailure) as caught:
        host.add_route(route)
    assert caught.value.errno == 101  # ENETUNREACH


def test_neighbours(namespace: Namespace, host: vtep.Host) -> None:
    host.create_veth("a", "b", up=True)
    host.add_address("a", "10.1.0.1/24")
    index = host.link("a").index
    one = vtep.Neighbour(link_index=index, address=vtep.parse_ip("10.1.0.7"), mac=vtep.MAC("02:00:00:00:00:07"))
    host.add_neighbour(one)
    with pytest.raises(vtep.Exists):
        host.add_neighbour(one)
    (said,) = namespace.json("ip -j neigh show 10.1.0.7 dev a")
    assert said["lladdr"] == "02:00:00:00:00:07" and said["state"] == ["PERMANENT"]
    host.replace_neighbour(dataclasses.replace(one, mac=vtep.MAC("02:00:00:00:00:08")))
    (read,) = [entry for entry in host.neighbours("a") if entry.address == one.address]
    assert str(read.mac) == "02:00:00:00:00:08" and read.state is vtep.NeighbourState.PERMANENT
    host.apply_neighbours(vtep.Change.DELETE, [read])
    assert len(host.neighbour_array("a")) == len(host.neighbours("a"))


def fdb_entries(index: int, count: int) -> list[vtep.FDBEntry]:
    return [
        vtep.FDBEntry(
            link_index=index,
            mac=vtep.MAC(b"\x02\0\0" + number.to_bytes(3, "big")),
            destination=IPv4Address(0x0A000001 + number % 100),
        )
        for number in range(count)
    ]


def test_fdb_batches(namespace: Namespace, host: vtep.Host) -> None:
    index = host.create_vxlan("vxlan0", vni=1, up=True).index
    entries = fdb_entries(index, 500)
    host.apply_fdb(vtep.Change.ADD, iter(entries))
    said = {entry["mac"]: entry["dst"] for entry in namespace.json("bridge -j fdb show dev vxlan0") if "dst" in entry}
    assert said == {str(entry.mac): str(entry.destination) for entry in entries}
    read = host.fdb("vxlan0")
    by_mac = {entry.mac: entry for entry in read}
    assert by_mac[entries[17].mac].destination == entries[17].destination
    with pytest.raises(vtep.Exists) as caught:
        host.apply_fdb(vtep.Change.ADD, [*fdb_entries(index, 501)[500:], *entries[:3]])
    assert [failure.index for failure in caught.value.failures] == [1, 2, 3]
    assert all(isinstance(failure.error, vtep.Exists) for failure in caught.value.failures)
    array = host.fdb_array("vxlan0")
    assert len(array) == len(host.fdb("vxlan0")) and set(array) >= set(read)
    host.apply_fdb(vtep.Change.DELETE, [entry for entry in host.fdb("vxlan0") if entry.destination])
    assert [entry for entry in host.fdb("vxlan0") if entry.destination] == []
    host.apply_fdb(vtep.Change.ADD, vtep.RecordArray.of(vtep.FDBEntry, entries))
    assert len([entry for entry in host.fdb("vxlan0") if entry.destination]) == 500
    host.apply_fdb(vtep.Change.ADD, [])


def test_fdb_one_by_one(host: vtep.Host) -> None:
    index = host.create_vxlan("vxlan0", vni=1, up=True).index
    entry = fdb_entries(index, 1)[0]
    host.add_fdb(entry)
    host.replace_fdb(dataclasses.replace(entry, destination=IPv4Address("10.7.7.7"), vni=5, port=9999))
    read = host.find_fdb(index, entry.mac)
    assert (read.destination, read.vni, read.port) == (IPv4Address("10.7.7.7"), 5, 9999)
    host.delete_fdb(read)
    with pytest.raises(vtep.NotFound):
        host.find_fdb(index, entry.mac)
    host.append_fdb(dataclasses.replace(entry, mac=vtep.MAC(bytes(6))))
    assert [str(remote) for remote in host.remotes("vxlan0")] == ["10.0.0.1"]
    host.flush_fdb("vxlan0")
    assert host.remotes("vxlan0") == []


def test_mixed_batches(namespace: Namespace, host: vtep.Host) -> None:
    vxlan = host.create_vxlan("vxlan0", vni=1, up=True).index
    index = host.create_veth("a", "b", up=True).index
    host.set_up("b")
    gateway = vtep.parse_ip("10.1.0.2")
    changes: list[tuple[vtep.Change, vtep.Changeable]] = [
        (vtep.Change.ADD, vtep.Address(link_index=index, prefix=vtep.parse_prefix("10.1.0.1/24"))),
        (vtep.Change.ADD, vtep.Route(destination=vtep.parse_prefix("10.2.0.0/16"), gateway=gateway)),
        (vtep.Change.ADD, vtep.Neighbour(link_index=index, address=gateway, mac=vtep.MAC("02:00:00:00:00:02"))),
        *((vtep.Change.ADD, entry) for entry in fdb_entries(vxlan, 3)),
    ]
    host.apply(iter(changes))
    assert namespace.json("ip -j route show 10.2.0.0/16")[0]["gateway"] == "10.1.0.2"
    assert [str(entry.mac) for entry in host.neighbours("a") if entry.address == gateway] == ["02:00:00:00:00:02"]
    with pytest.raises(vtep.Exists) as caught:
        host.apply([*changes[3:5], (vtep.Change.DELETE, changes[1][1]), changes[2]])
    assert [failure.index for failure in caught.value.failures] == [0, 1, 3]
    assert namespace.json("ip -j route show 10.2.0.0/16") == []
    with pytest.raises(TypeError):
        host.apply([(vtep.Change.ADD, host.link("a"))])  # type: ignore[list-item]
    host.apply([])


def test_visits(host: vtep.Host) -> None:
    index = host.create_vxlan("vxlan0", vni=1, up=True).index
    host.apply_fdb(vtep.Change.ADD, fdb_entries(index, 2000))
    sizes: list[int] = []
    macs: set[vtep.MAC] = set()

    def visit(entries: vtep.RecordArray[vtep.FDBEntry]) -> None:
        sizes.append(len(entries))
        macs.update(entry.mac for entry in entries)

    host.visit_fdb(visit, "vxlan0")
    assert len(sizes) > 1 and macs >= {entry.mac for entry in fdb_entries(index, 2000)}

    def stop(entries: object) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        host.visit_fdb(stop)
    with pytest.raises(vtep.Busy):
        host.visit_fdb(lambda _: host.links())
    with pytest.raises(vtep.NotFound):
        host.visit_fdb(visit, "nothing")
    with pytest.raises(TypeError):
        host.visit_fdb(None)  # type: ignore[arg-type]
    assert host.links()


def test_hosts_in_other_namespaces(namespace: Namespace) -> None:
    with vtep.Host(fd=namespace.fd) as first, vtep.Host(path=f"/proc/self/fd/{namespace.fd}") as second:
        first.create_bridge("br0")
        assert second.link("br0").is_bridge
    with vtep.Host() as here, vtep.Host(pid=os.getpid()) as same:
        assert here.links() == same.links()
    with pytest.raises(vtep.NotFound):
        vtep.Host(path="/nonexistent")
    with pytest.raises(vtep.InvalidArgument):
        vtep.Host(path="/etc/passwd")
    with pytest.raises(vtep.InvalidArgument):
        vtep.Host(fd=-1)
    with pytest.raises(vtep.NotFound):
        vtep.Host(pid=2**31 - 1)
    with pytest.raises(TypeError):
        vtep.Host(pid=1, fd=0)
