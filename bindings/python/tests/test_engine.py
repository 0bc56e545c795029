"""The engine: what goes in at one VTEP comes out at another, and what should not pass does not."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
import vtep

A, B = vtep.MAC("02:00:00:00:00:0a"), vtep.MAC("02:00:00:00:00:0b")
BROADCAST = vtep.MAC("ff:ff:ff:ff:ff:ff")


def frame(to: vtep.MAC, source: vtep.MAC, length: int = 60) -> bytes:
    return (to.packed + source.packed + b"\x88\xb5").ljust(length, b"\x5a")


class Side:
    """A VTEP with one port in VNI 120, whose only other VTEP is `remote`."""

    def __init__(self, remote: str) -> None:
        self.engine = vtep.Engine()
        self.engine.add_vni(120)
        self.port = self.engine.add_port(120)
        self.engine.add_default_remote(120, vtep.EngineRemote(address=vtep.parse_ip(remote)))
        self.batch = vtep.Batch()

    def send(self, *frames: bytes) -> list[vtep.Transmission]:
        self.batch.clear()
        assert self.engine.encapsulate(frames, port=self.port, now=0, batch=self.batch) == len(frames)
        return self.batch.transmissions()

    def receive(self, source: str, *payloads: bytes, segment_size: int = 0) -> list[vtep.Delivery]:
        self.batch.clear()
        datagrams = [vtep.Datagram(data=payload, source=source, source_port=50000, segment_size=segment_size) for payload in payloads]
        assert self.engine.decapsulate(datagrams, now=1, batch=self.batch) == len(datagrams)
        return self.batch.deliveries()

    def close(self) -> None:
        self.batch.close()
        self.engine.close()


@pytest.fixture
def sides() -> Iterator[tuple[Side, Side]]:
    left, right = Side("10.0.0.2"), Side("10.0.0.1")
    yield left, right
    left.close()
    right.close()


def test_from_one_to_the_other_and_back(sides: tuple[Side, Side]) -> None:
    left, right = sides
    (sent,) = left.send(frame(BROADCAST, A))
    assert sent.remote == IPv4Address("10.0.0.2") and sent.port == 4789 and sent.datagram_count == 1
    assert sent.data[:8] == b"\x08\0\0\0\0\0\x78\0" and sent.data[8:] == frame(BROADCAST, A)
    assert 49152 <= sent.source_port <= 65535
    (got,) = right.receive("10.0.0.1", sent.data)
    assert got.data == frame(BROADCAST, A) and got.port == right.port and got.vni == 120
    learnt = {entry.mac: entry for entry in right.engine.fdb(120, now=5)}
    assert learnt[A].remote == IPv4Address("10.0.0.1") and learnt[A].kind is vtep.EngineFDBKind.LEARNT
    assert [event.kind for event in right.engine.events()] == [vtep.EngineEventKind.LEARNT]
    assert right.engine.next_event() is None
    assert right.engine.counters()["drop_unknown_vni"] == 0
    assert right.engine.fdb_count == 1


def test_what_came_of_frames_as_buffers(sides: tuple[Side, Side]) -> None:
    left, _ = sides
    sent = left.send(frame(BROADCAST, A), frame(B, A))
    array = left.batch.transmission_array()
    assert [one.remote for one in array] == [one.remote for one in sent] and array[0].data == b""
    assert list(array.column("length")) == [one.length for one in sent]
    for one in array:
        assert b"".join(left.batch.pieces(one.first_slice, one.slice_count)) in [each.data for each in sent]
    assert len(left.batch.delivery_array()) == 0
    for first, count in ((-1, 1), (0, 1000), (0, -1)):
        with pytest.raises(IndexError):
            left.batch.pieces(first, count)
    left.batch.clear()
    assert len(left.batch.transmission_array()) == 0


def test_strangers_and_damaged_headers_are_dropped(sides: tuple[Side, Side]) -> None:
    left, right = sides
    (sent,) = left.send(frame(BROADCAST, A))
    before = right.engine.counters()
    assert right.receive("10.9.9.9", sent.data) == []
    assert right.receive("10.0.0.1", b"\0" * 8 + frame(BROADCAST, A)) == []
    assert right.receive("10.0.0.1", b"", b"\x08", b"\x08\0\0\0\0\0\x77\0" + frame(BROADCAST, A)) == []
    after = right.engine.counters()
    changed = {name for name in after if after[name] != before[name]}
    assert any(name.startswith("drop_") for name in changed) and "drop_unknown_vni" in changed


def test_static_entries_and_ports(sides: tuple[Side, Side]) -> None:
    left, _ = sides
    entry = vtep.EngineFDBEntry(
        vni=120, mac=B, remote=IPv6Address("2001:db8::2"), remote_port=9999, send_vni=7, kind=vtep.EngineFDBKind.PERMANENT
    )
    left.engine.set_fdb(entry, now=0)
    (sent,) = left.send(frame(B, A))
    assert (sent.remote, sent.port, sent.data[4:7]) == (IPv6Address("2001:db8::2"), 9999, b"\0\0\7")
    second = left.engine.add_port(120)
    left.engine.set_fdb(vtep.EngineFDBEntry(vni=120, mac=B, port=second), now=0)
    assert left.send(frame(B, A)) == []
    (local,) = left.batch.deliveries()
    assert local.port == second and local.data == frame(B, A)
    left.engine.remove_fdb(120, B)
    with pytest.raises(vtep.NotFound):
        left.engine.remove_fdb(120, B)
    left.engine.flush_fdb(120)
    left.engine.remove_port(second)
    left.engine.set_policy(120, learning=False, ttl=9)
    left.engine.remove_vni(120)
    with pytest.raises(vtep.NotFound):
        left.engine.remove_vni(120)


def test_bindings_and_peers(sides: tuple[Side, Side]) -> None:
    engine = sides[0].engine
    engine.set_binding(120, "10.5.0.1", B)
    assert engine.binding(120, "10.5.0.1") == B
    engine.remove_binding(120, "10.5.0.1")
    with pytest.raises(vtep.NotFound):
        engine.binding(120, "10.5.0.1")
    engine.add_peer("10.0.0.77")
    with pytest.raises(vtep.Exists):
        engine.add_peer("10.0.0.77")
    engine.remove_peer("10.0.0.77")
    engine.set_path_mtu("10.0.0.2", 1400)
    engine.advance(1000)
    engine.configure_port(sides[0].port, flood_limit=100)


def test_whole_packets(sides: tuple[Side, Side]) -> None:
    (sent,) = sides[0].send(frame(BROADCAST, A))
    head = vtep.write_outer(sent, local="10.0.0.1", destination=B, source=A)
    assert len(head) == 14 + 20 + 8
    read = vtep.read_outer(head + sent.data, flags=vtep.OuterRead.ETHERNET)
    assert read.data == sent.data and read.source == IPv4Address("10.0.0.1") and read.source_port == sent.source_port
    damaged = bytearray(head + sent.data)
    damaged[-1] ^= 1
    with pytest.raises(vtep.ProtocolError):
        vtep.read_outer(damaged, flags=vtep.OuterRead.ETHERNET)
    with pytest.raises(vtep.Foreign):
        vtep.read_outer(head + sent.data, port=5, flags=vtep.OuterRead.ETHERNET)
    with pytest.raises(vtep.InvalidArgument):
        vtep.write_outer(sent, local="2001:db8::1")
    with pytest.raises(TypeError):
        vtep.write_outer(sent, local="10.0.0.1", source=A)


def test_arrays_are_passed_again(sides: tuple[Side, Side]) -> None:
    left, _ = sides
    frames = vtep.FrameArray([frame(BROADCAST, A)] * 200)
    taken = 0
    while taken < len(frames):
        left.batch.clear()
        more = left.engine.encapsulate(frames, port=left.port, now=0, batch=left.batch, start=taken)
        assert more > 0
        taken += more
    assert taken == 200
    with pytest.raises(IndexError):
        left.engine.encapsulate(frames, port=left.port, now=0, batch=left.batch, start=201)


def test_memory_stays_while_a_batch_points_to_it(sides: tuple[Side, Side]) -> None:
    left, _ = sides
    left.batch.clear()
    for number in range(50):
        left.engine.encapsulate([frame(BROADCAST, A, 60 + number)], port=left.port, now=0, batch=left.batch)
        gc.collect()
    sent = b"".join(one.data for one in left.batch.transmissions())
    assert sum(frame(BROADCAST, A, 60 + number) in sent for number in range(50)) == 50


JUNK: list[Any] = [None, -1, 1 << 70, 1.5, "x", b"", [], object()]


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk(sides: tuple[Side, Side], junk: Any) -> None:
    engine = sides[0].engine
    for name in dir(engine):
        function = getattr(engine, name)
        if name.startswith("_") or name == "close" or not callable(function):
            continue
        for count in range(4):
            try:
                function(*[junk] * count)
            except (vtep.Error, TypeError, AttributeError):
                pass
    for arguments in ({"frames": junk}, {"port": junk}, {"now": junk}, {"start": junk}, {"batch": junk}):
        given: dict[str, Any] = {"frames": [frame(BROADCAST, A)], "port": 1, "now": 0, "batch": sides[0].batch}
        try:
            engine.encapsulate(**{**given, **arguments})
        except (vtep.Error, TypeError, AttributeError, IndexError):
            pass
    assert sides[0].send(frame(BROADCAST, A))


def test_options_out_of_range() -> None:
    for options in ({"maximum_vnis": 0}, {"source_ports": (5, 4)}, {"entropy_sockets": 1 << 40}, {"maximum_ports": -1}):
        with pytest.raises(vtep.InvalidArgument):
            vtep.Engine(**options)
    with pytest.raises(vtep.InvalidArgument):
        vtep.Engine(seed=(1, 2, 3))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        vtep.Engine(nonsense=1)  # type: ignore[call-arg]
    with vtep.Engine(seed=(1, 2), maximum_vnis=1) as engine:
        engine.add_vni(1)
        with pytest.raises(vtep.NoSpace):
            engine.add_vni(2)


def test_closed(sides: tuple[Side, Side]) -> None:
    left, _ = sides
    left.batch.close()
    with pytest.raises(vtep.HandleError):
        left.batch.transmissions()
    with pytest.raises(vtep.HandleError):
        left.engine.encapsulate([], port=1, now=0, batch=left.batch)
    left.engine.close()
    with pytest.raises(vtep.HandleError):
        left.engine.add_vni(9)
    with pytest.raises(vtep.HandleError):
        left.engine.fdb_count


def test_threads_share_an_engine(sides: tuple[Side, Side]) -> None:
    left, _ = sides
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with vtep.Batch() as batch:
                for _ in range(200):
                    left.engine.encapsulate([frame(BROADCAST, A)] * 8, port=left.port, now=0, batch=batch)
                    assert batch.transmissions()
                    batch.clear()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
