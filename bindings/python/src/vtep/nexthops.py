"""Nexthop objects: where to, kept once and named by its id in routes and FDB entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._handle import Handle
from vtep._layout import Record, elements, record
from vtep._library import ffi, lib
from vtep._lists import list_records
from vtep._options import OptionStruct
from vtep.addresses import Scope
from vtep.encapsulation import Encapsulation
from vtep.routes import NextHopFlags, RouteOrigin
from vtep.tables import change_one

if TYPE_CHECKING:
    from typing_extensions import Unpack


@record("vtep_nexthop_member")
@dataclass(frozen=True, slots=True, kw_only=True)
class NexthopMember(Record):
    """A nexthop in a group."""

    id: int
    """Of the nexthop object."""
    weight: int = 1
    """1...65536: how large its share is."""
    packets: int = field(default=0, compare=False)
    """Read only: packets it was chosen for, where statistics were asked for."""


@record("vtep_nexthop")
@dataclass(frozen=True, slots=True, kw_only=True)
class Nexthop(Record):
    """A nexthop object (``ip nexthop``): a gateway with its link, a link, a blackhole, the remote VTEP of FDB entries, or
    a group of others."""

    id: int = 0
    """0, to write: the kernel chooses."""
    gateway: IPv4Address | IPv6Address | None = None
    link_index: int | None = None
    members: tuple[NexthopMember, ...] = elements("member_count", "members", of=NexthopMember)
    """Of a group."""
    fdb: bool = False
    """For FDB entries: the gateway is a remote VTEP, or the group is of such."""
    blackhole: bool = False
    """Packets vanish."""
    family: int = 0
    """Of a blackhole or a link; 0: 4, or a group."""
    encapsulation: Encapsulation | None = None
    origin: RouteOrigin = RouteOrigin.UNSPECIFIED
    flags: NextHopFlags = NextHopFlags(0)
    buckets: int | None = None
    """1...65535: a resilient group, which keeps most flows where they are when a member comes or goes."""
    idle_timer: int | None = None
    """Hundredths of a second: a bucket idle this long may move."""
    unbalanced_timer: int | None = None
    """Hundredths of a second until busy buckets move, too."""
    unbalanced_time: int = field(default=0, compare=False)
    """Read only: hundredths of a second it has been unbalanced for."""
    hardware_statistics: bool = False
    """The hardware that forwards for the group counts, too."""
    scope: Scope = field(default=Scope.GLOBAL, compare=False)
    """Read only."""


@record("vtep_nexthop_bucket")
@dataclass(frozen=True, slots=True, kw_only=True)
class NexthopBucket(Record):
    """One of the places that a resilient group spreads flows over."""

    group_id: int
    nexthop_id: int
    """The member that has it."""
    index: int
    """From 0."""
    idle_time: int
    """Hundredths of a second since a packet came."""


class NexthopFilter(TypedDict, total=False):
    """Which nexthop objects to list or flush. Groups have neither link nor family."""

    link_index: int
    """Over that link."""
    master_index: int
    """Over links of that bridge or VRF."""
    family: int
    groups_only: bool
    fdb_only: bool


NEXTHOP_FILTER = OptionStruct("vtep_nexthop_filter")


class NexthopOperations(Handle):
    """Nexthop objects."""

    def nexthops(self, **filter: Unpack[NexthopFilter]) -> list[Nexthop]:
        """The nexthop objects that a filter matches: ``ip nexthop``."""
        return list_records(self, "nexthop", Nexthop, lib.vtep_host_nexthops, NEXTHOP_FILTER.build(filter, []))

    def find_nexthop(self, id: int, statistics: bool = False) -> Nexthop:
        """The one of an id: ``ip nexthop get``; with ``statistics``, also the packets of a group's members.

        :raises NotFound: there is none.
        """
        return list_records(self, "nexthop", Nexthop, lib.vtep_host_nexthop_get, id, int(bool(statistics)))[0]

    def add_nexthop(self, nexthop: Nexthop) -> int:
        """Adds one: ``ip nexthop add``.

        :returns: its id.
        :raises Exists: its id is taken.
        """
        keep: list[Any] = []
        id = ffi.new("uint32_t *")
        self._call(lib.vtep_host_nexthop_add, Nexthop._layout.pointer(nexthop, keep), id)
        return int(id[0])

    def replace_nexthop(self, nexthop: Nexthop) -> None:
        """Adds one, or puts it in place of the one with that id: ``ip nexthop replace``. Routes, FDB entries and groups
        that name it follow at once."""
        change_one(self, lib.vtep_host_nexthop_replace, nexthop, Nexthop)

    def delete_nexthop(self, id: int) -> None:
        """Deletes one: ``ip nexthop del``, and with it the routes and FDB entries that name it. Groups lose it as a
        member, and go with their last one."""
        self._call(lib.vtep_host_nexthop_delete, id)

    def flush_nexthops(self, **filter: Unpack[NexthopFilter]) -> int:
        """Deletes those that a filter matches: ``ip nexthop flush``.

        :returns: how many.
        """
        deleted = ffi.new("uint32_t *")
        self._call(lib.vtep_host_nexthop_flush, NEXTHOP_FILTER.build(filter, []), deleted)
        return int(deleted[0])

    def nexthop_buckets(self, group_id: int = 0) -> list[NexthopBucket]:
        """The buckets of a resilient group, or of all: ``ip nexthop bucket``."""
        return list_records(self, "nexthop_bucket", NexthopBucket, lib.vtep_host_nexthop_buckets, group_id)
