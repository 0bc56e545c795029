"""ARP and ND entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from vtep._call import word
from vtep._enums import Flags
from vtep._handle import Handle
from vtep._layout import Record, record
from vtep._library import lib
from vtep._lists import list_array, list_records
from vtep.array import RecordArray
from vtep.links import optional_name
from vtep.mac import MAC
from vtep.tables import Change, apply, change_one


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


class NeighbourOperations(Handle):
    """Neighbours, one by one or many at once."""

    def neighbours(self, name: str | None = None) -> list[Neighbour]:
        """The neighbours of one link, or of all."""
        return list_records(self, "neighbour", Neighbour, lib.vtep_host_neighbours, optional_name(name))

    def neighbour_array(self, name: str | None = None) -> RecordArray[Neighbour]:
        """The same as one buffer."""
        return list_array(self, "neighbour", Neighbour, lib.vtep_host_neighbours, optional_name(name))

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
