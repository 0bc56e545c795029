"""ARP and ND entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, TypedDict

from vtep._call import word
from vtep._enums import Flags
from vtep._handle import Handle
from vtep._layout import Layout, Record, record, under
from vtep._library import ffi, lib
from vtep._lists import list_array, list_records
from vtep._options import OptionStruct
from vtep.array import RecordArray
from vtep.ip import IPLike, PrefixLike, parse_ip
from vtep.links import optional_name
from vtep.mac import MAC
from vtep.routes import RouteOrigin
from vtep.tables import Change, apply, change_one

if TYPE_CHECKING:
    from typing_extensions import Unpack


class NeighbourState(Flags):
    """States of neighbours and FDB entries (``NUD_*``)."""

    INCOMPLETE = lib.VTEP_NEIGHBOUR_INCOMPLETE
    REACHABLE = lib.VTEP_NEIGHBOUR_REACHABLE
    """Learnt: it ages."""
    STALE = lib.VTEP_NEIGHBOUR_STALE
    DELAY = lib.VTEP_NEIGHBOUR_DELAY
    PROBE = lib.VTEP_NEIGHBOUR_PROBE
    FAILED = lib.VTEP_NEIGHBOUR_FAILED
    NOARP = lib.VTEP_NEIGHBOUR_NOARP
    """Static."""
    PERMANENT = lib.VTEP_NEIGHBOUR_PERMANENT

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "permanent". Several are joined with commas."""
        return word(lib.vtep_neighbour_state_format, self)


class NeighbourFlags(Flags):
    """Flags of neighbours and FDB entries (``NTF_*``; ``NTF_EXT_*`` from bit 16 on)."""

    USE = lib.VTEP_NEIGHBOUR_FLAG_USE
    """To write: the kernel is to resolve it by itself."""
    SELF = lib.VTEP_NEIGHBOUR_FLAG_SELF
    """FDB: in the device's own table."""
    MASTER = lib.VTEP_NEIGHBOUR_FLAG_MASTER
    """FDB: in the table of the bridge that the device is a port of."""
    PROXY = lib.VTEP_NEIGHBOUR_FLAG_PROXY
    """This host answers for the address."""
    EXT_LEARNED = lib.VTEP_NEIGHBOUR_FLAG_EXT_LEARNED
    OFFLOADED = lib.VTEP_NEIGHBOUR_FLAG_OFFLOADED
    STICKY = lib.VTEP_NEIGHBOUR_FLAG_STICKY
    ROUTER = lib.VTEP_NEIGHBOUR_FLAG_ROUTER
    MANAGED = lib.VTEP_NEIGHBOUR_FLAG_MANAGED
    """The kernel keeps it resolved by itself."""
    LOCKED = lib.VTEP_NEIGHBOUR_FLAG_LOCKED
    """FDB: learnt on a locked port; forwards nothing."""
    EXT_VALIDATED = lib.VTEP_NEIGHBOUR_FLAG_EXT_VALIDATED
    """Learnt and validated elsewhere."""


@record("vtep_neighbour")
@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour(Record):
    """An ARP or ND entry (``ip neigh``)."""

    link_index: int
    """The link it is on."""
    address: IPv4Address | IPv6Address
    mac: MAC | None = None
    """``None`` while it is unresolved."""
    state: NeighbourState = NeighbourState.PERMANENT
    flags: NeighbourFlags = NeighbourFlags(0)
    origin: RouteOrigin | None = None
    """Who made it."""
    confirmed: int | None = under("ages")
    """Read only: hundredths of a second since it was confirmed to be reachable."""
    used: int | None = under("ages")
    """Read only: hundredths of a second since a packet used it."""
    updated: int | None = under("ages")
    """Read only: hundredths of a second since it was made or changed."""
    references: int | None = under("ages")
    """Read only: how many users within the kernel hold it."""
    probes: int = field(default=0, compare=False)
    """Read only: requests sent without an answer."""


class NeighbourFilter(TypedDict, total=False):
    """Which neighbours to flush; with nothing set, those that are neither permanent nor in need of no resolution."""

    states: NeighbourState | None
    """Entries in any of these; ``None``: all states but PERMANENT and NOARP."""
    origin: RouteOrigin | None
    """Who made them; ``None``: anybody."""
    family: int
    """4, 6, or 0 for both."""
    proxies: bool
    """Proxy entries instead, which have no state."""
    prefix: PrefixLike | None
    """Only addresses within it."""


NEIGHBOUR_FILTER = OptionStruct("vtep_neighbour_filter")


class NeighbourOperations(Handle):
    """Neighbours, one by one or many at once."""

    def neighbours(self, name: str | None = None) -> list[Neighbour]:
        """The neighbours of one link, or of all."""
        return list_records(self, "neighbour", Neighbour, lib.vtep_host_neighbours, optional_name(name))

    def neighbour_array(self, name: str | None = None) -> RecordArray[Neighbour]:
        """The same as one buffer."""
        return list_array(self, "neighbour", Neighbour, lib.vtep_host_neighbours, optional_name(name))

    def proxy_neighbours(self, name: str | None = None) -> list[Neighbour]:
        """The addresses that this host answers for, on one link or on all: ``ip neigh show proxy``."""
        return list_records(self, "neighbour", Neighbour, lib.vtep_host_proxy_neighbours, optional_name(name))

    def find_neighbour(
        self, link_index: int, address: IPLike, flags: NeighbourFlags = NeighbourFlags(0)
    ) -> Neighbour:
        """One entry: ``ip neigh get``; with PROXY in ``flags``, a proxy entry.

        :raises NotFound: there is none.
        """
        layout: Layout[Neighbour] = Neighbour._layout
        key = Neighbour(link_index=link_index, address=parse_ip(address), flags=flags)
        out = layout.new()
        self._call(lib.vtep_host_neighbour_get, layout.pointer(key, []), out)
        return layout.from_struct(out)

    def update_neighbour(self, neighbour: Neighbour) -> None:
        """Puts an entry in place of the one there is: ``ip neigh change``.

        :raises NotFound: there is none.
        """
        change_one(self, lib.vtep_host_neighbour_update, neighbour, Neighbour)

    def flush_neighbours(self, name: str | None = None, **filter: Unpack[NeighbourFilter]) -> int:
        """Deletes the entries that a filter matches, on one link or on all: ``ip neigh flush``.

        :returns: how many.
        """
        deleted = ffi.new("uint32_t *")
        struct = NEIGHBOUR_FILTER.build(filter, [])
        self._call(lib.vtep_host_neighbour_flush, optional_name(name), struct, deleted)
        return int(deleted[0])

    def add_neighbour(self, neighbour: Neighbour) -> None:
        """Adds a neighbour: ``ip neigh add``.

        :raises Exists: there is one for that address.
        """
        change_one(self, lib.vtep_host_neighbour_add, neighbour, Neighbour)

    def replace_neighbour(self, neighbour: Neighbour) -> None:
        """Adds a neighbour, or puts it in place of the one there is: ``ip neigh replace``."""
        change_one(self, lib.vtep_host_neighbour_replace, neighbour, Neighbour)

    def delete_neighbour(self, neighbour: Neighbour) -> None:
        """Deletes a neighbour: ``ip neigh del``.

        :raises NotFound: there is none.
        """
        change_one(self, lib.vtep_host_neighbour_delete, neighbour, Neighbour)

    def apply_neighbours(self, change: Change, neighbours: Iterable[Neighbour]) -> None:
        """Changes many neighbours in few system calls, in order. Every one is attempted.

        :raises Error: the first that failed; its ``failures`` are all of them.
        """
        apply(self, lib.vtep_host_neighbour_apply, change, neighbours, Neighbour)
