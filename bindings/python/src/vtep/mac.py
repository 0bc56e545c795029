"""MAC addresses as values."""

from __future__ import annotations

from collections.abc import Callable
from functools import total_ordering
from typing import Any, Union

from vtep._call import c_string, call
from vtep._library import ffi, lib
from vtep.errors import InvalidArgument


@total_ordering
class MAC:
    """A MAC address (EUI-48). Immutable, hashable, ordered by its octets.

    >>> str(MAC("02-42-0A-11-00-08"))
    '02:42:0a:11:00:08'
    """

    __slots__ = ("_octets",)
    _octets: bytes

    def __init__(self, value: MACLike) -> None:
        """From ``"02:42:0a:11:00:08"``, six bytes, or another MAC. Nothing is read leniently.

        :raises InvalidArgument: malformed text, saying which part is wrong; bytes that are not six.
        """
        object.__setattr__(self, "_octets", _octets(value))

    @property
    def packed(self) -> bytes:
        """The six octets, in the order they are sent."""
        return self._octets

    @property
    def is_multicast(self) -> bool:
        """Whether it names a group; broadcast is one, too."""
        return bool(self._octets[0] & 1)

    @property
    def is_local(self) -> bool:
        """Whether it was assigned locally, not by a manufacturer."""
        return bool(self._octets[0] & 2)

    def __bytes__(self) -> bytes:
        return self._octets

    def __int__(self) -> int:
        return int.from_bytes(self._octets, "big")

    def __str__(self) -> str:
        return self._octets.hex(":")

    def __repr__(self) -> str:
        return f"MAC('{self}')"

    def __eq__(self, other: object) -> bool:
        return self._octets == other._octets if isinstance(other, MAC) else NotImplemented

    def __lt__(self, other: MAC) -> bool:
        return self._octets < other._octets if isinstance(other, MAC) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._octets)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a MAC is immutable")

    def __reduce__(self) -> tuple[type[MAC], tuple[bytes]]:
        return MAC, (self._octets,)


MACLike = Union[MAC, str, bytes, bytearray, memoryview]
"""What is taken where a MAC address is wanted: a :class:`MAC`, its text, or its six bytes."""


def _octets(value: MACLike) -> bytes:
    if isinstance(value, MAC):
        return value._octets
    if isinstance(value, str):
        parsed = ffi.new("vtep_mac *")
        call(lib.vtep_mac_parse, c_string(value, "a MAC address"), parsed)
        return bytes(ffi.buffer(parsed))
    if isinstance(value, (bytes, bytearray, memoryview)):
        octets = bytes(value)
        if len(octets) != 6:
            raise InvalidArgument(f"a MAC address has 6 octets, not {len(octets)}")
        return octets
    raise TypeError(f"a MAC address is a MAC, str or bytes, not {type(value).__name__}")


_new = object.__new__
OCTETS: Any = vars(MAC)["_octets"]
"""The slot of the octets, for who makes addresses of bytes that need no check."""
_set: Callable[[MAC, bytes], None] = OCTETS.__set__


def from_octets(octets: bytes) -> MAC:
    """A MAC of six bytes that need no check: those of a struct."""
    mac = _new(MAC)
    _set(mac, octets)
    return mac
