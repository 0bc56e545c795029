"""Endpoints: frames from one program to another over real sockets, and each way to run one."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
import vtep
from conftest import Namespace

A, B = vtep.MAC("02:00:00:00:00:0a"), vtep.MAC("02:00:00:00:00:0b")
BROADCAST = vtep.MAC("ff:ff:ff:ff:ff:ff")


def frame(to: vtep.MAC, source: vtep.MAC, text: bytes) -> bytes:
    return (to.packed + source.packed + b"\x88\xb5" + text).ljust(60, b"\0")


class Joined:
    """Two endpoints in VNI 120, 10.0.0.1 and 10.0.0.2, in two namespaces joined by a veth pair."""

    def __init__(self, left: Namespace, right: Namespace, *, callback: Callable[[bytes], object] | None = None) -> None:
        with vtep.Host(fd=left.fd) as host, vtep.Host(fd=right.fd) as other:
            host.create_veth("u0", "u1", peer_netns_fd=right.fd, up=True)
            host.add_address("u0", "10.0.0.1/24")
            other.add_address("u1", "10.0.0.2/24")
        self.endpoints = [vtep.Endpoint(netns_fd=one.fd) for one in (left, right)]
        self.ports = [vtep.MemoryPort(), vtep.MemoryPort(callback)]
        self.numbers = []
        for endpoint, port, remote in zip(self.endpoints, self.ports, ("10.0.0.2", "10.0.0.1")):
            endpoint.add_vni(120)
            endpoint.add_default_remote(120, vtep.EngineRemote(address=vtep.parse_ip(remote)))
            self.numbers.append(endpoint.add_port(120, vtep.PortKind.MEMORY, memory=port))

    def close(self) -> None:
        for one in (*self.endpoints, *self.ports):
            one.close()


@pytest.fixture
def joined(namespace: Namespace) -> Iterator[Joined]:
    other = Namespace()
    made = Joined(namespace, other)
    yield made
    made.close()
    other.close()


def test_own_threads(joined: Joined) -> None:
    left, right = joined.endpoints
    left.start()
    right.start()
    with pytest.raises(vtep.Exists):
        left.start()
    joined.ports[0].send(frame(BROADCAST, A, b"hello"))
    got = joined.ports[1].receive(10)
    assert got == frame(BROADCAST, A, b"hello")
    (learnt,) = right.fdb(120)
    assert learnt.mac == A and learnt.remote == IPv4Address("10.0.0.1")
    joined.ports[1].send(frame(A, B, b"and back"))
    assert joined.ports[0].receive(10) == frame(A, B, b"and back")
    assert right.counters(120) and sum(right.counters().values()) > 0
    assert left.underlay_statistics().messages_sent >= 1
    assert left.port_statistics(joined.numbers[0]).oversized == 0
    assert [event.kind for event in right.events()] == [vtep.EngineEventKind.LEARNT]
    with pytest.raises(vtep.NotFound):
        left.underlay_statistics(6)
    left.stop()
    right.stop()


def test_asyncio(joined: Joined) -> None:
    async def both() -> bytes:
        tasks = [asyncio.create_task(one.serve()) for one in joined.endpoints]
        joined.ports[0].send(frame(BROADCAST, A, b"async"))
        got: bytes = await anext(joined.ports[1])
        for one in joined.endpoints:
            one.stop()
        await asyncio.wait_for(asyncio.gather(*tasks), 10)
        return got

    assert asyncio.run(asyncio.wait_for(both(), 30)) == frame(BROADCAST, A, b"async")


def test_run_in_a_thread_and_close(joined: Joined) -> None:
    ended: list[BaseException | None] = []

    def run(endpoint: vtep.Endpoint) -> None:
        try:
            endpoint.run()
            ended.append(None)
        except BaseException as error:
            ended.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in joined.endpoints]
    for one in threads:
        one.start()
    joined.ports[0].send(frame(BROADCAST, A, b"run"))
    assert joined.ports[1].receive(10) == frame(BROADCAST, A, b"run")
    for endpoint in joined.endpoints:
        endpoint.close()
    for one in threads:
        one.join(10)
    assert ended == [None, None]
    with pytest.raises(vtep.HandleError):
        joined.endpoints[0].counters()


def test_run_lets_signal_handlers_run(joined: Joined) -> None:
    class Enough(Exception):
        pass

    seen = 0

    def handler(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            raise Enough

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    try:
        with pytest.raises(Enough):
            joined.endpoints[0].run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert seen == 3
    assert joined.endpoints[0].counters()  # and it goes on


def test_stop_ends_a_run_on_the_main_thread(joined: Joined) -> None:
    timer = threading.Timer(0.1, joined.endpoints[0].stop)
    timer.start()
    joined.endpoints[0].run()
    timer.join()
    assert joined.endpoints[0].step() is False


def test_callbacks(namespace: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def take(got: bytes) -> None:
        if b"raise" in got:
            raise LookupError("mine")
        seen.append(got)

    unraised: list[BaseException | None] = []
    monkeypatch.setattr("sys.unraisablehook", lambda told: unraised.append(told.exc_value))
    other = Namespace()
    joined = Joined(namespace, other, callback=take)
    try:
        for one in joined.endpoints:
            one.start()
        for text in (b"first", b"raise", b"second"):
            joined.ports[0].send(frame(BROADCAST, A, text))
        until = time.monotonic() + 10
        while len(seen) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        joined.close()
        other.close()
    assert seen == [frame(BROADCAST, A, b"first"), frame(BROADCAST, A, b"second")]
    assert [type(error) for error in unraised] == [LookupError]


def test_captures(joined: Joined, tmp_path: Path) -> None:
    with vtep.Capture() as capture, open(tmp_path / "both.pcapng", "wb", buffering=0) as file:
        joined.endpoints[0].capture(capture)
        for endpoint in joined.endpoints:
            endpoint.start()
        joined.ports[0].send(frame(BROADCAST, A, b"captured"))
        assert joined.ports[1].receive(10) is not None
        until = time.monotonic() + 10
        drained = 0
        while drained < 2 and time.monotonic() < until:
            drained += capture.drain(file)
        joined.endpoints[0].capture(None)
        capture.finish(file)
        with pytest.raises(TypeError):
            joined.endpoints[0].capture(joined.ports[0])  # type: ignore[arg-type]
    written = (tmp_path / "both.pcapng").read_bytes()
    assert drained >= 2 and written[:4] == b"\x0a\x0d\x0d\x0a" and written.count(b"captured") == 2
    with pytest.raises(vtep.HandleError):
        capture.drain(0)
    with vtep.Capture() as another, pytest.raises(vtep.Error):
        another.drain(-1)
    with pytest.raises(vtep.InvalidArgument):
        vtep.Capture(vtep.CapturePoints(1 << 9))


def test_with_the_kernels_vxlan(namespace: Namespace) -> None:
    """A TAP port on one side, the kernel's VXLAN device on the other: they ping."""
    other = Namespace()
    try:
        with vtep.Host(fd=namespace.fd) as host, vtep.Host(fd=other.fd) as there:
            host.create_veth("u0", "u1", peer_netns_fd=other.fd, up=True)
            host.add_address("u0", "10.0.0.1/24")
            there.add_address("u1", "10.0.0.2/24")
            there.create_vxlan("vxlan0", vni=7, device="u1", remote="10.0.0.1", up=True)
            there.add_address("vxlan0", "10.16.0.2/24")
            with vtep.Endpoint(netns_fd=namespace.fd) as endpoint:
                endpoint.add_vni(7)
                endpoint.add_default_remote(7, vtep.EngineRemote(address=vtep.parse_ip("10.0.0.2")))
                port = endpoint.add_port(7, vtep.PortKind.TAP, name="tap0", addresses=["10.16.0.1/24"])
                assert endpoint.interface_of(port) == "tap0" and host.link("tap0").is_up
                endpoint.start()
                assert "3 received" in namespace.run("ping -c 3 -i 0.2 -W 5 10.16.0.2")
            assert "tap0" not in [link.name for link in host.links()]
    finally:
        other.close()


def test_tables(joined: Joined) -> None:
    endpoint = joined.endpoints[0]
    endpoint.set_policy(120, learning=False)
    endpoint.add_peer("10.0.0.9")
    endpoint.remove_peer("10.0.0.9")
    endpoint.set_fdb(vtep.EngineFDBEntry(vni=120, mac=B, port=joined.numbers[0]))
    endpoint.append_fdb(vtep.EngineFDBEntry(vni=120, mac=A, remote=vtep.parse_ip("10.0.0.2"), kind=vtep.EngineFDBKind.PERMANENT))
    assert {entry.mac for entry in endpoint.fdb(120)} == {A, B}
    endpoint.flush_fdb(120)
    endpoint.remove_fdb(120, A)
    endpoint.set_binding(120, "10.5.0.1", B)
    assert endpoint.binding(120, "10.5.0.1") == B
    endpoint.remove_binding(120, "10.5.0.1")
    remotes = [vtep.EngineRemote(address=vtep.parse_ip(f"10.0.0.{last}")) for last in (2, 3)]
    endpoint.set_default_remotes(120, remotes)
    endpoint.remove_default_remote(120, remotes[1])
    endpoint.set_default_remotes(120, [])
    endpoint.remove_port(joined.numbers[0])
    endpoint.remove_vni(120)
    with pytest.raises(vtep.NotFound):
        endpoint.remove_vni(120)


def test_the_port_is_taken(namespace: Namespace, host: vtep.Host) -> None:
    with vtep.Endpoint(netns_fd=namespace.fd, ipv4={"port": 4799}):
        with pytest.raises(vtep.Busy):
            vtep.Endpoint(netns_fd=namespace.fd, ipv4={"port": 4799})
        with vtep.Endpoint(netns_fd=namespace.fd, ipv4={"port": 4800}, engine={"maximum_vnis": 2}, workers=2):
            pass


JUNK: list[Any] = [None, -1, 1 << 70, 1.5, "x", b"", [], object()]


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk(joined: Joined, junk: Any) -> None:
    endpoint, port = joined.endpoints[0], joined.ports[0]
    for name in dir(endpoint):
        function = getattr(endpoint, name)
        if name.startswith("_") or name in ("close", "run", "serve", "start", "stop") or not callable(function):
            continue
        for count in range(4):
            try:
                function(*[junk] * count)
            except (vtep.Error, TypeError, AttributeError):
                pass
    for call in (port.send, lambda value: vtep.MemoryPort(queue_bytes=value), lambda value: endpoint.add_port(120, value)):
        try:
            result = call(junk)
        except (vtep.Error, TypeError, AttributeError, ValueError, BufferError):
            continue
        if isinstance(result, vtep.MemoryPort):
            result.close()
    for options in ({"ipv4": junk}, {"netns": junk}, {"netns_fd": junk}, {"workers": junk}, {"busy_poll": junk}, {"engine": junk}):
        try:
            vtep.Endpoint(**options).close()
        except (vtep.Error, TypeError, AttributeError):
            pass
    assert endpoint.counters()


def test_closed_ports(joined: Joined) -> None:
    joined.ports[0].close()
    with pytest.raises(vtep.HandleError):
        joined.ports[0].send(b"x" * 60)
    with pytest.raises(vtep.HandleError):
        joined.ports[0].receive()
    with pytest.raises(vtep.HandleError):
        joined.endpoints[0].add_port(120, vtep.PortKind.MEMORY, memory=joined.ports[0])
    assert list(joined.ports[0]) == []


def test_fork(joined: Joined) -> None:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            try:
                joined.endpoints[0].counters()
            except vtep.HandleError:
                status = 0
            joined.endpoints[0].close()
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert joined.endpoints[0].counters()


def test_many_threads(joined: Joined) -> None:
    for endpoint in joined.endpoints:
        endpoint.start()
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for round in range(100):
                joined.ports[0].send(frame(BROADCAST, A, b"%d-%d" % (number, round)))
                joined.endpoints[0].fdb(120)
                joined.endpoints[1].counters()
        except vtep.NoSpace:
            pass
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == [] and joined.ports[1].receive(10) is not None
