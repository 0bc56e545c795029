"""IP addresses on links."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface

from vtep._call import c_string, word
from vtep._enums import Flags, OpenEnum
from vtep._handle import Handle
from vtep._layout import Record, record
from vtep._library import NULL, lib
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
    """To write, NODAD, NOPREFIXROUTE and MANAGETEMPADDR count."""
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

    def delete_address(self, name: str, prefix: PrefixLike) -> None:
        """Takes an address from a link: ``ip addr del PREFIX dev NAME``."""
        self._call(
            lib.vtep_host_address_delete,
            c_string(name, "name"),
            struct_pointer("vtep_prefix", prefix_bytes(prefix)),
        )
