"""Routes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._call import word
from vtep._enums import Flags, OpenEnum
from vtep._handle import Handle
from vtep._layout import Record, elements, record
from vtep._library import lib
from vtep._lists import list_records
from vtep._options import OptionStruct
from vtep.addresses import Scope
from vtep.encapsulation import Encapsulation
from vtep.ip import IPLike
from vtep.route_metrics import RouteMetrics
from vtep.tables import Change, apply, change_one

if TYPE_CHECKING:
    from typing_extensions import Unpack


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
    THROW = lib.VTEP_ROUTE_THROW
    """Look on in the tables of the next rule."""

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "unicast"."""
        return word(lib.vtep_route_type_format, self)


class RouteOrigin(OpenEnum):
    """Who made a route, a rule, a neighbour or a nexthop (``RTPROT_*``)."""

    UNSPECIFIED = lib.VTEP_ORIGIN_UNSPECIFIED
    REDIRECT = lib.VTEP_ORIGIN_REDIRECT
    KERNEL = lib.VTEP_ORIGIN_KERNEL
    BOOT = lib.VTEP_ORIGIN_BOOT
    STATIC = lib.VTEP_ORIGIN_STATIC
    RA = lib.VTEP_ORIGIN_RA
    DHCP = lib.VTEP_ORIGIN_DHCP
    BGP = lib.VTEP_ORIGIN_BGP

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "kernel"."""
        return word(lib.vtep_route_origin_format, self)


class RouterPreference(OpenEnum):
    """Preferences among IPv6 default routers (RFC 4191)."""

    MEDIUM = lib.VTEP_PREFERENCE_MEDIUM
    HIGH = lib.VTEP_PREFERENCE_HIGH
    LOW = lib.VTEP_PREFERENCE_LOW


class NextHopFlags(Flags):
    """Flags of a next hop (``RTNH_F_*``). To write: ONLINK only; the others are ignored."""

    DEAD = lib.VTEP_NEXT_HOP_DEAD
    """Its link is down."""
    ONLINK = lib.VTEP_NEXT_HOP_ONLINK
    """The gateway is on the link even if no prefix says so."""
    OFFLOADED = lib.VTEP_NEXT_HOP_OFFLOADED
    LINKDOWN = lib.VTEP_NEXT_HOP_LINKDOWN
    """Its link is without carrier."""


@record("vtep_next_hop")
@dataclass(frozen=True, slots=True, kw_only=True)
class NextHop(Record):
    """One of several next hops."""

    link_index: int | None = None
    """The link it leaves by; ``None``: the kernel finds it by the gateway."""
    weight: int = 1
    """1...256: how large its share is."""
    gateway: IPv4Address | IPv6Address | None = None
    flags: NextHopFlags = NextHopFlags(0)
    realms: int | None = None
    """IPv4: as in :class:`Route`."""
    encapsulation: Encapsulation | None = None


@record("vtep_route")
@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Record):
    """A route (``ip route``, ``route -n``). One that was read can be passed back, and is the same then."""

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
    next_hop_id: int | None = None
    """The nexthop object that says where it leads."""
    encapsulation: Encapsulation | None = None
    metrics: RouteMetrics | None = None
    """What it says about the connections over it."""
    realms: int | None = None
    """IPv4: source << 16 | destination, for traffic accounting."""
    expires: int | None = field(default=None, compare=False)
    """IPv6: seconds until it goes; ``None``: it stays."""
    tos: int = 0
    """IPv4: only for packets of that type of service; 0: of any."""
    preference: RouterPreference | None = None
    """IPv6; ``None``, to write: medium."""
    source_prefix: IPv4Interface | IPv6Interface | None = None
    """IPv6: only for packets from there."""

    @property
    def flags_word(self) -> str:
        """The column "Flags" of ``route -n``: U up, G gateway, H host route, ! rejected."""
        keep: list[Any] = []
        return word(lib.vtep_route_flags_format, Route._layout.pointer(self, keep))


class RouteLookup(TypedDict, total=False):
    """A packet, as rules and routing tables see it."""

    source: IPLike | None
    input_link_index: int
    """The link it came in by, to be forwarded; else this host sends it."""
    output_link_index: int
    """The link it is bound to."""
    mark: int | None
    user: int | None
    """The user id of who sends it."""
    protocol: int | None
    """6 TCP, 17 UDP, 1 and 58 ICMP."""
    source_port: int | None
    destination_port: int | None
    flow_label: int | None
    """IPv6: 20 bits."""
    tos: int
    match_table: bool
    """The route of the table that decides, not what becomes of this packet."""


ROUTE_LOOKUP = OptionStruct("vtep_route_lookup", required=("destination",))


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

    def append_route(self, route: Route) -> None:
        """Adds a route beside those to the same destination: ``ip route append``. An IPv6 one becomes a next hop of
        theirs; an IPv4 one comes after them, and is not used while they are there."""
        change_one(self, lib.vtep_host_route_append, route, Route)

    def update_route(self, route: Route) -> None:
        """Puts a route in place of the one with that destination and metric: ``ip route change``.

        :raises NotFound: there is none.
        """
        change_one(self, lib.vtep_host_route_update, route, Route)

    def find_route(self, destination: IPLike, **packet: Unpack[RouteLookup]) -> Route:
        """The way that a packet would take: ``ip route get``.

        :raises SystemFailure: with ENETUNREACH or EHOSTUNREACH where no route leads there.
        """
        struct = ROUTE_LOOKUP.build({"destination": destination, **packet}, [])
        return list_records(self, "route", Route, lib.vtep_host_route_find, struct)[0]

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
