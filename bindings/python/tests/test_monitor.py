"""Events: from the kernel, in order, for loops, for asyncio and for callbacks."""

from __future__ import annotations

import asyncio
import os
import select
import threading
import time
from collections.abc import Iterator

import pytest
import vtep
from conftest import Namespace


@pytest.fixture
def monitor(namespace: Namespace) -> Iterator[vtep.Monitor]:
    with vtep.Monitor(fd=namespace.fd) as opened:
        yield opened


def drain(monitor: vtep.Monitor, seconds: float = 0.2) -> list[vtep.Event]:
    events = []
    while (event := monitor.next_event(seconds)) is not None:
        events.append(event)
    return events


def test_what_happens_is_told(namespace: Namespace, host: vtep.Host, monitor: vtep.Monitor) -> None:
    namespace.run("ip link add vx0 type vxlan id 77 dstport 4789")
    namespace.run("ip addr add 10.4.0.1/24 dev vx0")
    namespace.run("ip link set vx0 mtu 1300")
    namespace.run("bridge fdb append 02:00:00:00:00:01 dev vx0 dst 10.0.0.9")
    namespace.run("ip link delete vx0")
    events = drain(monitor)
    added = next(event for event in events if event.kind is vtep.EventKind.ADDED)
    assert isinstance(added.value, vtep.Link) and added.value.name == "vx0"
    assert added.object is vtep.ObjectKind.LINK and added.before is None
    assert added.details is not None and added.details.vxlan is not None and added.details.vxlan.vni == 77
    addresses = [event.value.prefix for event in events if isinstance(event.value, vtep.Address)]
    assert vtep.parse_prefix("10.4.0.1/24") in addresses
    changed = [event for event in events if event.kind is vtep.EventKind.CHANGED and isinstance(event.value, vtep.Link)]
    mtus = [(event.before.mtu, event.value.mtu) for event in changed if isinstance(event.before, vtep.Link) and isinstance(event.value, vtep.Link)]
    assert any(after == 1300 and before != 1300 for before, after in mtus)
    entries = [event.value for event in events if isinstance(event.value, vtep.FDBEntry)]
    assert any(str(entry.mac) == "02:00:00:00:00:01" for entry in entries)
    assert events[-1].kind is vtep.EventKind.REMOVED or any(
        event.kind is vtep.EventKind.REMOVED and event.object is vtep.ObjectKind.LINK for event in events
    )
    assert monitor.next_event() is None


def test_snapshot(namespace: Namespace, host: vtep.Host) -> None:
    host.create_bridge("br0")
    with vtep.Monitor(vtep.ObjectKind.LINK, fd=namespace.fd, snapshot=True) as monitor:
        events = drain(monitor)
    assert [event.kind for event in events[:-1]] == [vtep.EventKind.ADDED] * 2
    assert {event.value.name for event in events if isinstance(event.value, vtep.Link)} == {"lo", "br0"}
    assert events[-1].kind is vtep.EventKind.SYNCHRONISED and events[-1].value is None


def test_routes_with_next_hops_outlive_their_event(namespace: Namespace, host: vtep.Host) -> None:
    host.create_veth("a", "b", up=True)
    host.add_address("a", "10.1.0.1/24")
    with vtep.Monitor(vtep.ObjectKind.ROUTE, fd=namespace.fd) as monitor:
        namespace.run("ip route add 10.9.0.0/16 nexthop via 10.1.0.2 nexthop via 10.1.0.3")
        routes = [event.value for event in drain(monitor) if isinstance(event.value, vtep.Route)]
    assert [[str(hop.gateway) for hop in route.next_hops] for route in routes if route.next_hops] == [
        ["10.1.0.2", "10.1.0.3"]
    ]


def test_vnis_are_told_one_by_one(namespace: Namespace, host: vtep.Host) -> None:
    index = host.create_vxlan("vx", external=True, vni_filter=True).index
    host.add_vnis("vx", vtep.VNIs(first=7, last=8))
    with vtep.Monitor(vtep.ObjectKind.VNI, fd=namespace.fd, snapshot=True) as monitor:
        told = [event.value for event in drain(monitor) if isinstance(event.value, vtep.VNIs)]
        assert told == [vtep.VNIs(first=vni, last=vni, link_index=index) for vni in (7, 8)]
        host.add_vnis("vx", vtep.VNIs(first=100, last=100, remote=vtep.parse_ip("10.0.0.9")))
        (event,) = drain(monitor)
        assert event.kind is vtep.EventKind.ADDED and event.object is vtep.ObjectKind.VNI
        assert isinstance(event.value, vtep.VNIs) and str(event.value.remote) == "10.0.0.9"
        namespace.run("bridge vni add dev vx vni 100 remote 10.0.0.10")
        (event,) = drain(monitor)
        assert isinstance(event.before, vtep.VNIs) and str(event.before.remote) == "10.0.0.9"
        host.delete_vxlan("vx")
        gone = [event.value for event in drain(monitor) if isinstance(event.value, vtep.VNIs)]
        assert [vni.first for vni in gone] == [7, 8, 100]


def test_timeout_and_descriptor(host: vtep.Host, monitor: vtep.Monitor) -> None:
    for timeout in (-1, float("nan")):
        with pytest.raises(vtep.InvalidArgument, match="time"):
            monitor.next_event(timeout)
    begun = time.monotonic()
    assert monitor.next_event(0.3) is None
    assert 0.25 < time.monotonic() - begun < 5
    assert select.select([monitor], [], [], 0)[0] == []
    host.create_bridge("br0")
    assert select.select([monitor], [], [], 5)[0] == [monitor]


def test_asyncio(namespace: Namespace, host: vtep.Host) -> None:
    async def watch() -> list[str]:
        seen = []
        with vtep.Monitor(vtep.ObjectKind.LINK, fd=namespace.fd) as monitor:
            async for event in monitor:
                assert isinstance(event.value, vtep.Link)
                seen.append(event.value.name)
                if event.value.name == "br2":
                    break
        return seen

    async def change() -> None:
        for number in range(3):
            await asyncio.sleep(0.02)
            host.create_bridge(f"br{number}")

    async def both() -> list[str]:
        seen, _ = await asyncio.wait_for(asyncio.gather(watch(), change()), 20)
        return seen

    seen = asyncio.run(both())
    assert {"br0", "br1", "br2"} <= set(seen)


def test_closing_ends_iteration(namespace: Namespace) -> None:
    async def run() -> int:
        monitor = vtep.Monitor(fd=namespace.fd)
        asyncio.get_running_loop().call_later(0.05, monitor.close)
        return len([event async for event in monitor])

    assert asyncio.run(asyncio.wait_for(run(), 20)) == 0
    monitor = vtep.Monitor(fd=namespace.fd)
    threading.Timer(0.05, monitor.close).start()
    assert list(monitor) == []
    with pytest.raises(vtep.HandleError):
        monitor.next_event()
    with pytest.raises(vtep.HandleError):
        monitor.fileno()


def test_cancelling_leaves_nothing(namespace: Namespace, host: vtep.Host) -> None:
    async def run() -> vtep.Event:
        with vtep.Monitor(vtep.ObjectKind.LINK, fd=namespace.fd) as monitor:
            for _ in range(3):
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(anext(monitor), 0.02)
            host.create_bridge("br0")
            return await asyncio.wait_for(anext(monitor), 20)

    event = asyncio.run(run())
    assert isinstance(event.value, vtep.Link) and event.value.name == "br0"


def test_two_tasks_do_not_share_one(namespace: Namespace) -> None:
    async def run() -> None:
        with vtep.Monitor(fd=namespace.fd) as monitor:
            first = asyncio.ensure_future(anext(monitor))
            await asyncio.sleep(0.02)
            with pytest.raises(RuntimeError, match="another task"):
                await anext(monitor)
            first.cancel()

    asyncio.run(run())


def test_dispatch(host: vtep.Host, monitor: vtep.Monitor) -> None:
    host.create_bridge("br0")
    host.create_bridge("br1")
    seen: list[vtep.Event] = []
    monitor.dispatch(seen.append)
    assert [event.value.name for event in seen if isinstance(event.value, vtep.Link)] == ["br0", "br1"]
    monitor.dispatch(seen.append)


def test_an_exception_in_a_callback_comes_out(host: vtep.Host, monitor: vtep.Monitor) -> None:
    class Mine(BaseException):
        pass

    def callback(event: vtep.Event) -> None:
        raise Mine(event.object)

    host.create_bridge("br0")
    host.create_bridge("br1")
    with pytest.raises(Mine):
        monitor.dispatch(callback)
    with pytest.raises(vtep.Busy):
        monitor.dispatch(lambda _: monitor.next_event())
    assert monitor.next_event() is None or True
    host.create_bridge("br2")
    assert monitor.next_event(5) is not None  # and the monitor goes on


def test_junk(namespace: Namespace) -> None:
    for options in ({"objects": 1 << 31}, {"buffer_size": 1}, {"fd": -1}, {"pid": 0}, {"path": "/etc/passwd"}):
        with pytest.raises(vtep.Error):
            vtep.Monitor(**options)
    with pytest.raises(TypeError):
        vtep.Monitor("all")  # type: ignore[arg-type]
    with pytest.raises(vtep.InvalidArgument):
        vtep.Monitor(fd=namespace.fd, pid=os.getpid())


def test_a_flood_is_made_good(namespace: Namespace, host: vtep.Host) -> None:
    """More changes than the kernel's buffer holds: the tables that come of the events are the kernel's."""
    index = host.create_vxlan("vxlan0", vni=1).index
    with vtep.Monitor(vtep.ObjectKind.FDB, fd=namespace.fd, snapshot=True, buffer_size=4096) as monitor:
        entries = [
            vtep.FDBEntry(link_index=index, mac=vtep.MAC(b"\2\0" + n.to_bytes(4, "big")), destination=vtep.parse_ip("10.0.0.1"))
            for n in range(3000)
        ]
        table: dict[vtep.MAC, vtep.FDBEntry] = {}
        overran = 0
        drain(monitor)
        host.apply_fdb(vtep.Change.ADD, entries)
        host.apply_fdb(vtep.Change.DELETE, entries[::3])
        for event in drain(monitor):
            overran += event.kind is vtep.EventKind.SYNCHRONISED
            if not isinstance(event.value, vtep.FDBEntry):
                continue
            if event.kind is vtep.EventKind.REMOVED:
                table.pop(event.value.mac, None)
            else:
                table[event.value.mac] = event.value
    assert overran > 0
    kernel = {entry.mac: entry.destination for entry in host.fdb("vxlan0") if entry.destination}
    assert {mac: entry.destination for mac, entry in table.items() if entry.destination} == kernel
    assert len(kernel) == 2000
