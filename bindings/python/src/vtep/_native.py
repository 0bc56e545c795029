"""What ``vtep._decode``, the decoder in C, is told about a record: where each field lies and of what kind it is.

It does what the functions that ``_layout.py`` compiles do, some ten times faster. Where it is not there (an interpreter
without the stable ABI, an installation without a compiler), or a field is none of its kinds, those do the work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from struct import Struct
from typing import Any, NamedTuple

from vtep._library import ffi

try:
    from vtep import _decode
except ImportError:  # pragma: no cover
    HAS_DECODER = False
else:
    HAS_DECODER = not os.environ.get("VTEP_PURE_PYTHON")


_SLICE = Struct("=QQ")


def _gather(slices: bytes, first: int, count: int) -> bytes:
    """The bytes that slices of a batch describe, each an address and a length."""
    described = slices[first * _SLICE.size : (first + count) * _SLICE.size]
    return b"".join([bytes(ffi.buffer(ffi.cast("void *", at), length)) for at, length in _SLICE.iter_unpack(described)])


gather: Callable[[bytes, int, int], bytes] = _decode.gather if HAS_DECODER else _gather


class Native(NamedTuple):
    """One field, as ``_decode.c`` names its kinds."""

    kind: str
    """``u`` and ``i`` numbers, ``n`` a number where 0 is none, ``b`` a truth, ``e`` a number's member in a table, ``s`` bytes,
    ``t`` the value of bytes in a table, ``c`` what a function makes of bytes, ``w`` an object around bytes, ``p`` a pointer,
    ``h`` a truth that is a bit of the ``has`` word."""
    offset: int
    length: int
    mask: int = 0
    """The bits of ``has`` without which the field is ``None``; 0: it is always there."""
    argument: Any = None


def decoder(
    kind: type[Any],
    size: int,
    has: tuple[int, int],
    raw_slot: Any,
    whole: Any,
    fields: Sequence[tuple[Any, Native | None]],
) -> Any:
    """The decoder of a kind of record, or ``None``. ``whole`` decodes those that point out of their struct; ``fields`` are
    the slots of a record and what goes into them."""
    if not HAS_DECODER:
        return None
    described = []
    for slot, field in fields:
        if field is None:
            return None
        described.append((field.kind, field.offset, field.length, field.mask, slot, field.argument))
    return _decode.Decoder(kind, size, *has, raw_slot, whole, tuple(described))
