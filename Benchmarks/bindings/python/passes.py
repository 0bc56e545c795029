"""The passes of ../calls.c and of ../../netlink/tables.c through the Python package: prints the microseconds that one pass
took, or one call on average.

Usage: passes.py [--arrays] PASS      --arrays: bulk passes with one buffer instead of an object for each entry
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Interface

import vtep


def each(count: int, call: Callable[[int], object]) -> float:
    """The time of one call, of count."""
    start = time.perf_counter_ns()
    for i in range(count):
        call(i)
    return (time.perf_counter_ns() - start) / 1e3 / count


def once(call: Callable[[], object]) -> float:
    return each(1, lambda _: call())


def make_vxlan(host: vtep.Host) -> int:
    return host.create_vxlan("vxlan0", vni=120, up=True).index


def fdb_entries(host: vtep.Host, count: int) -> list[vtep.FDBEntry]:
    link = make_vxlan(host)
    remotes = [IPv4Address(0x0A000001 + i) for i in range(100)]
    return [
        vtep.FDBEntry(
            link_index=link, mac=vtep.MAC(b"\x02\0\0" + i.to_bytes(3, "big")), destination=remotes[i % 100]
        )
        for i in range(count)
    ]


def expect(found: Iterable[object], least: int) -> None:
    if len(list(found)) < least:
        sys.exit(f"only {len(list(found))} of {least}")


def version(host: vtep.Host) -> float:
    from vtep._library import lib

    return each(1_000_000, lambda _: lib.vtep_version())


def parse(host: vtep.Host) -> float:
    return each(200_000, lambda _: vtep.parse_ip("192.168.50.29"))


def link_get(host: vtep.Host) -> float:
    return each(5000, lambda _: host.link("lo"))


def fdb_add(host: vtep.Host) -> float:
    entries = fdb_entries(host, 5000)
    return each(5000, lambda i: host.add_fdb(entries[i]))


def fdb_append(host: vtep.Host) -> float:
    entries = fdb_entries(host, 20_000)
    return once(lambda: host.apply_fdb(vtep.Change.APPEND, entries))


def fdb_append_array(host: vtep.Host) -> float:
    entries = vtep.RecordArray.of(vtep.FDBEntry, fdb_entries(host, 20_000))
    return once(lambda: host.apply_fdb(vtep.Change.APPEND, entries))


def fdb_dump(host: vtep.Host) -> float:
    host.apply_fdb(vtep.Change.APPEND, fdb_entries(host, 100_000))
    found: list[vtep.FDBEntry] = []
    taken = once(lambda: found.extend(host.fdb("vxlan0")))
    expect(found, 100_000)
    return taken


def fdb_read(host: vtep.Host) -> float:
    """Not only listed: every entry looked into, as C's struct is by being copied."""
    host.apply_fdb(vtep.Change.APPEND, fdb_entries(host, 100_000))
    return once(lambda: sum(entry.destination is not None for entry in host.fdb("vxlan0")))


def fdb_dump_array(host: vtep.Host) -> float:
    host.apply_fdb(vtep.Change.APPEND, fdb_entries(host, 100_000))
    found: list[vtep.RecordArray[vtep.FDBEntry]] = []
    taken = once(lambda: found.append(host.fdb_array("vxlan0")))
    expect(found[0].column("link_index"), 100_000)
    return taken


def add_routes(host: vtep.Host) -> None:
    host.set_up("lo")
    link = host.link("lo").index
    routes = [vtep.Route(destination=IPv4Interface((0x0A000000 + i, 32)), link_index=link) for i in range(50_000)]
    host.apply_routes(vtep.Change.ADD, routes)


def route_dump(host: vtep.Host) -> float:
    add_routes(host)
    found: list[vtep.Route] = []
    taken = once(lambda: found.extend(host.routes(4)))
    expect(found, 50_000)
    return taken


def link_list(host: vtep.Host) -> float:
    for i in range(1000):
        host.create_bridge(f"br{i}")
    found: list[vtep.Link] = []
    taken = once(lambda: found.extend(host.links()))
    expect(found, 1000)
    return taken


def encapsulate(count: int, as_arrays: bool) -> Callable[[vtep.Host], float]:
    """One frame of ``count`` that go through the engine in a call: to everyone, from one station, for one remote."""

    def run(_: vtep.Host) -> float:
        length, rounds = 1400, 320_000 // count
        engine, batch, sent = vtep.Engine(), vtep.Batch(), 0
        engine.add_vni(120)
        engine.add_default_remote(120, vtep.EngineRemote(address=IPv4Address("192.168.50.29")))
        port = engine.add_port(120)
        head = b"\xff" * 6 + b"\x02\0\0\0\0\x01\x88\xb5"
        frames = vtep.FrameArray([head + bytes(length - len(head))] * count)
        start = time.perf_counter_ns()
        for now in range(rounds):
            if engine.encapsulate(frames, port=port, now=now, batch=batch) != count:
                sys.exit("not all frames were taken")
            if as_arrays:
                sent += sum(batch.transmission_array().column("datagram_count"))
            else:
                sent += sum(transmission.datagram_count for transmission in batch.transmissions())
            batch.clear()
        taken = (time.perf_counter_ns() - start) / 1e3
        if sent != count * rounds:
            sys.exit(f"{sent} datagrams")
        batch.close()
        engine.close()
        return taken / count / rounds

    return run


PASSES = {
    "version": version,
    "parse": parse,
    "link-get": link_get,
    "fdb-add": fdb_add,
    "fdb-append": fdb_append,
    "fdb-dump": fdb_dump,
    "fdb-read": fdb_read,
    "route-dump": route_dump,
    "link-list": link_list,
    "encapsulate": encapsulate(64, as_arrays=False),
    "encapsulate-1024": encapsulate(1024, as_arrays=False),
}
ARRAY_PASSES = {"fdb-append": fdb_append_array, "fdb-dump": fdb_dump_array}
ARRAY_PASSES |= {"encapsulate": encapsulate(64, True), "encapsulate-1024": encapsulate(1024, True)}


def main() -> None:
    passes = ARRAY_PASSES if "--arrays" in sys.argv else PASSES
    name = sys.argv[-1]
    if name not in passes:
        sys.exit(64)
    with vtep.Host() as host:
        print(f"{passes[name](host):.4f}")


main()
