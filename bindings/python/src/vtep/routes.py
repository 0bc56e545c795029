"""Routes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from typing import Any

from vtep._call import word
from vtep._enums import OpenEnum
from vtep._handle import Handle
from vtep._layout import Record, elements, record
from vtep._library import lib
from vtep._lists import list_records
from vtep.addresses import Scope
from vtep.tables import Change, apply, change_one


class RouteTable(OpenEnum):
    """Routing tables (``RT_TABLE_*``)."""

    ALL = lib.VTEP_TABLE_ALL
    """To list, not to route."""
    DEFAULT = lib.VTEP_TABLE_DEFAULT
    MAIN = lib.VTEP_TABLE_MAIN
    LOCAL = lib.VTEP_TABLE_LOCAL

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "main"."""
        return word(lib.vtep_table_format, self)


class RouteType(OpenEnum):
    """Kinds of route (``RTN_*``)."""

    UNICAST = lib.VTEP_ROUTE_UNICAST
    LOCAL = lib.VTEP_ROUTE_LOCAL
    BROADCAST = lib.VTEP_ROUTE_BROADCAST
    ANYCAST = lib.VTEP_ROUTE_ANYCAST
    MULTICAST = lib.VTEP_ROUTE_MULTICAST
    BLACKHOLE = lib.VTEP_ROUTE_BLACKHOLE
    UNREACHABLE = lib.VTEP_ROUTE_UNREACHABLE
    PROHIBIT = lib.VTEP_ROUTE_PROHIBIT

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "unicast"."""
        return word(lib.vtep_route_type_format, self)


class RouteOrigin(OpenEnum):
    """Who made a route (``RTPROT_*``)."""

    REDIRECT = lib.VTEP_ORIGIN_REDIRECT
    KERNEL = lib.VTEP_ORIGIN_KERNEL
    BOOT = lib.VTEP_ORIGIN_BOOT
    STATIC = lib.VTEP_ORIGIN_STATIC

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "kernel"."""
        return word(lib.vtep_route_origin_format, self)


@record("vtep_next_hop")
@dataclass(frozen=True, slots=True, kw_only=True)
class NextHop(Record):
    """One of several next hops."""

    link_index: int | None = None
    """The link it leaves by; ``None``: the kernel finds it by the gateway."""
    weight: int = 1
    """1...256: how large its share is."""
    gateway: IPv4Address | IPv6Address | None = None


@record("vtep_route")
@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Record):
    """A route (``ip route``, ``route -n``). One that was read can be passed back, unless it has what this lacks: a type
    of service, a source prefix, a nexthop object, an encapsulation, or metrics besides its priority."""

    destination: IPv4Interface | IPv6Interface
    """0.0.0.0/0 or ::/0 is the default route."""
    gateway: IPv4Address | IPv6Address | None = None
    link_index: int | None = None
    """The link it leaves by."""
    preferred_source: IPv4Address | IPv6Address | None = None
    """The source address of this host's packets."""
    metric: int | None = None
    """The lowest wins; ``None``: the kernel's, 0 for IPv4 and 1024 for IPv6."""
    table: RouteTable = RouteTable.MAIN
    scope: Scope | None = None
    """``None``: link where there is no gateway, otherwise global, like ``ip route``."""
    type: RouteType = RouteType.UNICAST
    origin: RouteOrigin = RouteOrigin.BOOT
    next_hops: tuple[NextHop, ...] = elements("next_hop_count", "next_hops", of=NextHop)
    """Several ways; then neither ``gateway`` nor ``link_index`` is set."""
    on_link: bool = False
    """The gateway is on the link even if no prefix says so."""
    link_down: bool = False
    """Read only: the link is without carrier."""

    @property
    def flags_word(self) -> str:
        """The column "Flags" of ``route -n``: U up, G gateway, H host route, ! rejected."""
        keep: list[Any] = []
        return word(lib.vtep_route_flags_format, Route._layout.pointer(self, keep))


class RouteOperations(Handle):
    """Routes, one by one or many at once."""

    def routes(self, family: int = 0, table: int = RouteTable.MAIN) -> list[Route]:
        """Routes of one table. ``family``: 4, 6, or 0 for both."""
        return list_records(self, "route", Route, lib.vtep_host_routes, family, table)

    def add_route(self, route: Route) -> None:
        """Adds a route: ``ip route add``. It has a gateway or a link or both, or next hops, or a type that needs none.

        :raises Exists: there is one to that destination with that metric.
        :raises SystemFailure: with ENETUNREACH for a gateway that no link reaches, with ENETDOWN for a link that is
            down.
        """
        change_one(self, lib.vtep_host_route_add, route, Route)

    def replace_route(self, route: Route) -> None:
        """Adds a route, or puts it in place of the one with that destination and metric: ``ip route replace``."""
        change_one(self, lib.vtep_host_route_replace, route, Route)

    def delete_route(self, route: Route) -> None:
        """Deletes a route that matches what is set: ``ip route del``.

        :raises NotFound: none does.
        """
        change_one(self, lib.vtep_host_route_delete, route, Route)

    def apply_routes(self, change: Change, routes: Iterable[Route]) -> None:
        """Changes many routes in few system calls, in order. Every one is attempted.

        :raises Error: the first that failed; its ``failures`` are all of them.
        """
        apply(self, lib.vtep_host_route_apply, change, routes, Route)
