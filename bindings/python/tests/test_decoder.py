"""The decoder in C and the functions that Python compiles make the same records of the same structs."""

from __future__ import annotations

import dataclasses
import os
import random
import struct
import subprocess
import sys
from typing import Any

import pytest
import vtep
from vtep import _native
from vtep._layout import Layout, Record
from vtep._library import ffi
from vtep.errors import ProtocolError


def every(base: type[Any]) -> list[type[Any]]:
    found = list(base.__subclasses__())
    return found + [deeper for one in found for deeper in every(one)]


KINDS = [kind for kind in every(Record) if "_layout" in vars(kind)]
DECODED = [kind for kind in KINDS if kind._layout._decoder]


def fill(kind: Any, random: random.Random) -> bytes:
    """A struct as the library could have made it: any numbers, addresses of a family that there is, no pointers."""
    name, size = kind.cname.removeprefix("struct "), int(ffi.sizeof(kind))
    if name == "vtep_ip":
        return bytes([random.choice((0, 4, 6))]) + random.randbytes(size - 1)
    if name == "vtep_prefix":
        family, longest = random.choice(((4, 32), (6, 128)))
        return bytes([family]) + random.randbytes(size - 2) + bytes([random.randint(0, longest)])
    if kind.kind == "struct":
        raw = bytearray(size)
        for field, place in kind.fields:
            if not field.endswith(("_count", "_length")):
                part = fill(place.type, random)
                raw[place.offset : place.offset + len(part)] = part
        return bytes(raw)
    if kind.kind == "pointer":
        return bytes(size)
    if kind.kind == "array" and kind.item.cname == "char":
        return bytes(random.choices(b"abc\xff", k=random.randint(0, size - 1))).ljust(size, b"\0")
    return random.choice((bytes(size), random.randbytes(size), b"\xff" * size))


def values(record: Record) -> list[tuple[str, type[Any], Any]]:
    """The fields that are in the struct, and exactly what they are."""
    fields = [one for one in dataclasses.fields(record) if not one.metadata.get("beside")]  # type: ignore[arg-type]
    return [(one.name, type(getattr(record, one.name)), getattr(record, one.name)) for one in fields]


def by_python(kind: type[Any], raw: bytes) -> Record:
    made: Record = object.__new__(kind)
    kind._layout.python_decode(made, raw)
    return made


def test_the_wheel_has_it_and_few_records_need_python() -> None:
    assert _native.HAS_DECODER
    assert {kind.__name__ for kind in KINDS} - {kind.__name__ for kind in DECODED} == {"Rule", "VXLAN"}


@pytest.mark.parametrize("kind", DECODED, ids=lambda kind: kind.__name__)
def test_both_make_the_same(kind: type[Any]) -> None:
    layout: Layout[Any] = kind._layout
    chance = random.Random(17)
    raws = [fill(ffi.typeof(layout.struct), chance) for _ in range(300)]
    for read, raw in zip(layout.from_buffer(bytearray(b"".join(raws))), raws):
        expected = values(by_python(kind, raw))
        assert values(read) == expected
        made = object.__new__(kind)
        layout._decoder.decode(made, raw)
        assert values(made) == expected


def test_what_cannot_be_is_told_by_both() -> None:
    layout: Layout[Any] = vtep.FDBEntry._layout
    offset, _ = layout.columns["destination"]
    raw = bytearray(layout.size)
    raw[offset] = 9
    for read in (lambda: layout.from_buffer(raw), lambda: by_python(vtep.FDBEntry, bytes(raw))):
        with pytest.raises(ProtocolError, match="family 9"):
            read()


def test_the_decoder_takes_nothing_that_does_not_fit() -> None:
    decoder = vtep.FDBEntry._layout._decoder
    for record, raw in ((object(), bytes(decoder_size())), (object.__new__(vtep.FDBEntry), b"")):
        with pytest.raises(TypeError):
            decoder.decode(record, raw)
    with pytest.raises(TypeError):
        decoder.records("text")
    assert decoder.records(bytes(decoder_size() - 1)) == []
    slot, kind = vars(Record)["_raw"], type(decoder)
    for field in (("u", 8, 4, 0, slot, None), ("u", 0, 3, 0, slot, None), ("?", 0, 4, 0, slot, None)):
        with pytest.raises(ValueError):
            kind(vtep.FDBEntry, 8, -1, 0, slot, None, (field,))
    with pytest.raises(TypeError):
        kind(vtep.FDBEntry, 8, -1, 0, object(), None, ())
    with pytest.raises(TypeError):
        kind(vtep.FDBEntry, 8, -1, 0, slot, None, (("e", 0, 4, 0, slot, None),))


def decoder_size() -> int:
    return vtep.FDBEntry._layout.size


def test_slices_are_gathered_alike() -> None:
    memory = ffi.new("char[]", b"VXLAN header and frame")
    at = int(ffi.cast("uintptr_t", memory))
    slices = struct.pack("=6Q", at, 6, at + 13, 3, 0, 0)
    for gather in (_native.gather, _native._gather):
        assert gather(slices, 0, 2) == b"VXLAN and" and gather(slices, 1, 2) == b"and" and gather(slices, 3, 0) == b""
    for first, count in ((-1, 1), (0, 4), (3, 1), (0, -1), (2**62, 2**62)):
        with pytest.raises(IndexError):
            _native.gather(slices, first, count)


def test_without_it_the_package_is_the_same() -> None:
    program = "import vtep, vtep._native as n; assert not n.HAS_DECODER; l = vtep.FDBEntry._layout; " \
        "assert l.from_buffer(bytearray(2 * l.size))[1].link_index == 0"
    subprocess.run([sys.executable, "-I", "-c", program], check=True, env={**os.environ, "VTEP_PURE_PYTHON": "1"})
