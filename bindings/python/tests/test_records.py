"""Records: frozen dataclasses, also where they came out of a struct and nobody has looked into them yet."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import threading
from ipaddress import IPv4Address
from typing import Any

import pytest
import vtep
from vtep._layout import Layout, raw_of

ENTRY = vtep.FDBEntry(link_index=3, mac=vtep.MAC("02:00:00:00:00:01"), destination=IPv4Address("10.0.0.1"), vni=0)


def read_back(entry: vtep.FDBEntry) -> vtep.FDBEntry:
    """The same entry, not yet looked into."""
    layout: Layout[vtep.FDBEntry] = vtep.FDBEntry._layout
    return layout.from_bytes(layout.to_bytes(entry, []))


def test_zero_is_a_value_and_none_is_unset() -> None:
    read = read_back(ENTRY)
    assert read.vni == 0 and read.port is None and read.vlan is None and read.via_index is None
    assert read == ENTRY and hash(read) == hash(ENTRY) and repr(read) == repr(ENTRY)


def test_a_read_record_is_a_dataclass() -> None:
    read = read_back(ENTRY)
    assert dataclasses.is_dataclass(read)
    assert dataclasses.replace(read, vni=7).vni == 7
    assert dataclasses.asdict(read_back(ENTRY))["destination"] == IPv4Address("10.0.0.1")
    assert pickle.loads(pickle.dumps(read_back(ENTRY))) == ENTRY
    assert copy.copy(read_back(ENTRY)) == ENTRY == copy.deepcopy(read_back(ENTRY))
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.vni = 1  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        read.unheard_of = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="unheard_of"):
        read.unheard_of  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="unheard_of"):
        read_back(ENTRY).unheard_of  # type: ignore[attr-defined]


def test_the_struct_goes_once_it_was_read() -> None:
    read = read_back(ENTRY)
    assert raw_of(read) is not None
    assert read.link_index == 3
    assert raw_of(read) is None


def test_text_is_taken_for_addresses() -> None:
    entry = vtep.FDBEntry(link_index=3, mac="02-00-00-00-00-01", destination="10.0.0.1", vni=0)  # type: ignore[arg-type]
    assert entry == ENTRY
    with pytest.raises(vtep.InvalidArgument):
        vtep.FDBEntry(link_index=3, mac="nonsense")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        vtep.FDBEntry(link_index=3, mac=7)  # type: ignore[arg-type]


@pytest.mark.parametrize("name, value", [("vni", 1 << 32), ("vni", -1), ("state", 1 << 16), ("link_index", 2.5)])
def test_numbers_that_do_not_fit(name: str, value: Any) -> None:
    values: dict[str, Any] = {name: value}
    entry = dataclasses.replace(ENTRY, **values)
    with pytest.raises((vtep.InvalidArgument, TypeError)):
        vtep.FDBEntry._layout.to_bytes(entry, [])


def test_next_hops_survive_their_list() -> None:
    hops = (vtep.NextHop(link_index=2, weight=5), vtep.NextHop(gateway=IPv4Address("10.0.0.1")))
    route = vtep.Route(destination=vtep.parse_prefix("10.9.0.0/16"), next_hops=hops)
    layout = vtep.Route._layout
    keep: list[Any] = []
    raw = layout.to_bytes(route, keep)
    (read,) = layout.from_buffer(raw)
    keep.clear()
    assert read == route


def test_threads_may_look_into_one_record() -> None:
    for _ in range(200):
        read, seen = read_back(ENTRY), []
        barrier = threading.Barrier(4)

        def look() -> None:
            barrier.wait()
            seen.append((read.vni, read.mac, read.destination))

        threads = [threading.Thread(target=look) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert seen == [(0, ENTRY.mac, ENTRY.destination)] * 4


def test_array_is_a_sequence_over_a_buffer() -> None:
    array = vtep.RecordArray.of(vtep.FDBEntry, [ENTRY, dataclasses.replace(ENTRY, vni=9)])
    assert len(array) == 2 and array[1].vni == 9 and array[-2] == ENTRY and list(array)[0] == ENTRY
    assert array[0:2] == [ENTRY, array[1]]
    vni = array.column("vni")
    assert vni.tolist() == [0, 9]
    vni[0] = 77
    assert array[0].vni == 77
    array[0] = ENTRY
    assert array[0] == ENTRY
    assert len(array.data) == 2 * array.itemsize
    with pytest.raises(IndexError):
        array[2]
    with pytest.raises(IndexError):
        array[-3]
    with pytest.raises(vtep.InvalidArgument, match="mac"):
        array.column("mac")
    with pytest.raises(vtep.InvalidArgument, match="nonsense"):
        array.column("nonsense")
    with pytest.raises(vtep.InvalidArgument):
        vtep.RecordArray(vtep.Route, 1)
    names = array.dtype["names"]
    assert "vni" in names and len(names) == len(array.dtype["offsets"])


def test_blank_array() -> None:
    array = vtep.RecordArray(vtep.FDBEntry, 3)
    assert array.column("size").tolist() == [array.itemsize] * 3
    assert array.column("vni").tolist() == [0, 0, 0]
