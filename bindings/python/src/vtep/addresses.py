"""IP addresses on links."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from typing import Any

from vtep._call import c_string, word
from vtep._enums import Flags, OpenEnum
from vtep._handle import Handle
from vtep._layout import Record, record, under
from vtep._library import NULL, ffi, lib
from vtep._lists import list_records
from vtep.ip import IPLike, PrefixLike, ip_bytes, prefix_bytes, struct_pointer
from vtep.links import optional_name


class AddressFlags(Flags):
    """Flags of an address (``IFA_F_*``)."""

    SECONDARY = lib.VTEP_ADDRESS_SECONDARY
    NODAD = lib.VTEP_ADDRESS_NODAD
    DADFAILED = lib.VTEP_ADDRESS_DADFAILED
    DEPRECATED = lib.VTEP_ADDRESS_DEPRECATED
    TENTATIVE = lib.VTEP_ADDRESS_TENTATIVE
    PERMANENT = lib.VTEP_ADDRESS_PERMANENT
    MANAGETEMPADDR = lib.VTEP_ADDRESS_MANAGETEMPADDR
    NOPREFIXROUTE = lib.VTEP_ADDRESS_NOPREFIXROUTE
    OPTIMISTIC = lib.VTEP_ADDRESS_OPTIMISTIC
    HOME = lib.VTEP_ADDRESS_HOME
    AUTOJOIN = lib.VTEP_ADDRESS_AUTOJOIN
    STABLE_PRIVACY = lib.VTEP_ADDRESS_STABLE_PRIVACY


class Scope(OpenEnum):
    """How far an address or a route reaches (``RT_SCOPE_*``)."""

    GLOBAL = lib.VTEP_SCOPE_GLOBAL
    SITE = lib.VTEP_SCOPE_SITE
    LINK = lib.VTEP_SCOPE_LINK
    HOST = lib.VTEP_SCOPE_HOST
    NOWHERE = lib.VTEP_SCOPE_NOWHERE

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "global"."""
        return word(lib.vtep_scope_format, self)


@record("vtep_address")
@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Record):
    """An IP address on a link (``ip addr``)."""

    link_index: int
    """The link it is on."""
    prefix: IPv4Interface | IPv6Interface
    """The address and its prefix length."""
    flags: AddressFlags = AddressFlags(0)
    """To write, those that can't be asked for are ignored."""
    scope: Scope = Scope.GLOBAL
    valid_lifetime: int | None = None
    """Seconds; ``None``: unlimited."""
    preferred_lifetime: int | None = None
    """Seconds; ``None``: unlimited."""
    peer: IPv4Address | IPv6Address | None = None
    """The other end of a point-to-point address."""
    broadcast: IPv4Address | IPv6Address | None = None
    label: str | None = None
    """IPv4: the link's name, or "NAME:alias"."""
    metric: int | None = None
    """Of the prefix route that comes with it; ``None``: the kernel's default."""
    origin: int | None = None
    """Who made it: 1 loopback, 2 router advertisement, 3 link-local, ...; ``None``: unknown."""
    created: int | None = under("stamps")
    """Read only: hundredths of a second since the machine's start."""
    updated: int | None = under("stamps")
    """Read only: when it was last changed, likewise."""


class AddressOperations(Handle):
    """The addresses of links."""

    def addresses(self, name: str | None = None) -> list[Address]:
        """The addresses of one link, or of all."""
        return list_records(self, "address", Address, lib.vtep_host_addresses, optional_name(name))

    def add_address(self, name: str, prefix: PrefixLike, broadcast: IPLike | None = None) -> None:
        """Adds an address to a link: ``ip addr add PREFIX dev NAME``. With the link up, the kernel adds the prefix'
        route, too.

        :raises Exists: it has the address already.
        :raises InvalidArgument: a multicast or unspecified address.
        """
        self._call(
            lib.vtep_host_address_add,
            c_string(name, "name"),
            struct_pointer("vtep_prefix", prefix_bytes(prefix)),
            NULL if broadcast is None else struct_pointer("vtep_ip", ip_bytes(broadcast)),
        )

    def put_address(self, address: Address, replace: bool = False) -> None:
        """Adds an address with all that belongs to it: ``ip addr add``; or, with ``replace``, gives the one there is
        these lifetimes, metric and, for IPv6, flags: ``ip addr replace``.

        :raises Exists: it is there already, without ``replace``.
        """
        keep: list[Any] = []
        self._call(lib.vtep_host_address_put, Address._layout.pointer(address, keep), int(bool(replace)))

    def flush_addresses(self, name: str, family: int = 0) -> int:
        """Takes all addresses from a link: ``ip addr flush dev NAME``. ``family``: 4, 6, or 0 for both.

        :returns: how many there were.
        """
        deleted = ffi.new("uint32_t *")
        self._call(lib.vtep_host_address_flush, c_string(name, "name"), family, deleted)
        return int(deleted[0])

    def delete_address(self, name: str, prefix: PrefixLike) -> None:
        """Takes an address from a link: ``ip addr del PREFIX dev NAME``."""
        self._call(
            lib.vtep_host_address_delete,
            c_string(name, "name"),
            struct_pointer("vtep_prefix", prefix_bytes(prefix)),
        )
