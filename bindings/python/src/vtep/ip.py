"""IP addresses and prefixes: the standard library's ``ipaddress``, and how C holds them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from typing import Any, Union

from vtep._call import c_string, call
from vtep._library import ffi, lib
from vtep.errors import InvalidArgument, ProtocolError

IPAddress = Union[IPv4Address, IPv6Address]
"""An address. What the library returns is of the standard library."""
IPLike = Union[IPv4Address, IPv6Address, str]
"""What is taken where an address is wanted. Text is read strictly, as the library does."""
Prefix = Union[IPv4Interface, IPv6Interface]
"""An address and the length of its network's prefix, such as 10.16.0.2/24. Host bits are kept."""
PrefixLike = Union[IPv4Interface, IPv6Interface, str]
"""What is taken where a prefix is wanted."""

_IPV4_PADDING = bytes(12)
NO_IP = bytes(17)
"""A ``vtep_ip`` of family 0: no address."""


def ip_bytes(value: IPLike) -> bytes:
    """The 17 bytes of a ``vtep_ip``.

    :raises InvalidArgument: malformed text; an IPv6 address with a zone, which no field of the kernel holds.
    """
    if isinstance(value, IPv4Address):
        return b"\x04" + value.packed + _IPV4_PADDING
    if isinstance(value, IPv6Address):
        if value.scope_id is not None:
            raise InvalidArgument(f"{value} has a zone; name the link instead")
        return b"\x06" + value.packed
    if isinstance(value, str):
        parsed = ffi.new("vtep_ip *")
        call(lib.vtep_ip_parse, c_string(value, "an IP address"), parsed)
        return bytes(ffi.buffer(parsed))
    raise TypeError(f"an IP address is an IPv4Address, IPv6Address or str, not {type(value).__name__}")


def mapped_bytes(value: IPLike) -> bytes:
    """The 16 bytes of an address where IPv4 is mapped: ::ffff:192.0.2.1."""
    raw = ip_bytes(value)
    return bytes(10) + b"\xff\xff" + raw[1:5] if raw[0] == 4 else raw[1:]


def from_mapped(raw: bytes) -> IPAddress:
    """The address of such 16 bytes."""
    address = IPv6Address(raw)
    return address.ipv4_mapped or address


def prefix_bytes(value: PrefixLike) -> bytes:
    """The 18 bytes of a ``vtep_prefix``."""
    if isinstance(value, (IPv4Interface, IPv6Interface)):
        # An interface is an address, too: its `packed` are the address' own.
        return ip_bytes(value) + bytes((value.network.prefixlen,))
    if isinstance(value, str):
        parsed = ffi.new("vtep_prefix *")
        call(lib.vtep_prefix_parse, c_string(value, "a prefix"), parsed)
        return bytes(ffi.buffer(parsed))
    raise TypeError(f"a prefix is an IPv4Interface, IPv6Interface or str, not {type(value).__name__}")


class _Addresses(dict[bytes, Union[IPv4Address, IPv6Address, None]]):
    """The address of the 17 bytes of a ``vtep_ip``, made once: tables name the same few remotes over and over."""

    _MOST = 1 << 16

    def __missing__(self, raw: bytes) -> IPv4Address | IPv6Address | None:
        if len(self) >= self._MOST:
            self.clear()
        address = self[raw] = _address(raw)
        return address


def _address(raw: bytes) -> IPv4Address | IPv6Address | None:
    if raw[0] == 4:
        return IPv4Address(raw[1:5])
    if raw[0] == 6:
        return IPv6Address(raw[1:17])
    if raw[0] == 0:
        return None
    raise ProtocolError(f"an address of family {raw[0]}")


addresses = _Addresses()


def prefix(raw: bytes) -> Prefix:
    """The prefix of the 18 bytes of a ``vtep_prefix``."""
    if raw[0] == 4:
        return IPv4Interface((raw[1:5], raw[17]))
    if raw[0] == 6:
        return IPv6Interface((raw[1:17], raw[17]))
    raise ProtocolError(f"a prefix of family {raw[0]}")


def optional_prefix(raw: bytes) -> Prefix | None:
    """The same where family 0 is none."""
    return prefix(raw) if raw[0] else None


def parse_ip(value: IPLike) -> IPAddress:
    """An address of the standard library, of text that is read as strictly as everywhere in the library."""
    address = addresses[ip_bytes(value)]
    assert address is not None
    return address


def parse_prefix(value: PrefixLike) -> Prefix:
    """A prefix of the standard library: ``"10.16.0.2/24"``; a bare address is taken as /32 or /128."""
    return prefix(prefix_bytes(value))


def struct_pointer(kind: str, raw: bytes) -> Any:
    """A C struct of these bytes, which it copies."""
    pointer = ffi.new(f"{kind} *")
    ffi.memmove(pointer, raw, len(raw))
    return pointer
