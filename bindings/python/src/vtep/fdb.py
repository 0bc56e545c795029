"""Forwarding databases of VXLAN devices and bridges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._enums import Flags
from vtep._call import c_string
from vtep._callback import Callback
from vtep._handle import Handle
from vtep._layout import Layout, Record, record, under
from vtep._library import NULL, ffi, lib
from vtep._lists import list_array, list_records
from vtep._options import OptionStruct
from vtep.array import RecordArray
from vtep.ip import IPLike
from vtep.links import optional_name
from vtep.mac import MAC, MACLike
from vtep.neighbours import NeighbourFlags, NeighbourState
from vtep.tables import Change, apply, change_one

if TYPE_CHECKING:
    from typing_extensions import Unpack


class FDBActivity(Flags):
    """What a bridge tells about the use of an FDB entry (``NDA_FDB_EXT_ATTRS``)."""

    NOTIFY = lib.VTEP_FDB_ACTIVITY_NOTIFY
    """It announces when the entry becomes inactive, and when it is used again."""
    INACTIVE = lib.VTEP_FDB_ACTIVITY_INACTIVE
    KEEP_AGE = lib.VTEP_FDB_ACTIVITY_KEEP_AGE
    """To write: the entry's age stays as it is."""


@record("vtep_fdb_entry", bits="VTEP_FDB_HAS_")
@dataclass(frozen=True, slots=True, kw_only=True)
class FDBEntry(Record):
    """An entry of a forwarding database (``bridge fdb``)."""

    link_index: int
    """The VXLAN device or bridge port."""
    mac: MAC
    """All zero: what the VXLAN device doesn't know."""
    destination: IPv4Address | IPv6Address | None = None
    """The remote VTEP, or a group; VXLAN devices only."""
    vni: int | None = None
    """0...16777215; ``None``: the device's own."""
    source_vni: int | None = None
    """What it is looked up under on an external device."""
    port: int | None = None
    """1...65535: UDP port of the remote; ``None``: the device's own."""
    via_index: int | None = None
    """The underlay link to send by; ``None``: by the route."""
    via_netnsid: int | None = None
    """Read only: the namespace that ``via_index`` counts in, if another one."""
    next_hop_id: int | None = None
    """The FDB nexthop group in place of ``destination``, ``vni``, ``port`` and ``via_index``."""
    master_index: int | None = None
    """Read only: the bridge it belongs to."""
    vlan: int | None = None
    """1...4094."""
    state: NeighbourState = NeighbourState.PERMANENT
    flags: NeighbourFlags = NeighbourFlags.SELF
    activity: FDBActivity | None = None
    used: int | None = under("ages")
    """Read only: hundredths of a second since a frame used it."""
    updated: int | None = under("ages")
    """Read only: hundredths of a second since it was made or changed."""


class FDBFilter(TypedDict, total=False):
    """Which entries to flush; with nothing set, all of the link's own table."""

    vni: int | None
    source_vni: int | None
    port: int | None
    vlan: int | None
    port_link_index: int
    """The port, where a bridge's own name is given."""
    next_hop_id: int
    flags: NeighbourFlags
    """What the flags within ``flags_mask`` must be."""
    flags_mask: NeighbourFlags
    """Which flags matter: EXT_LEARNED, OFFLOADED, ROUTER, STICKY, USE."""
    state: NeighbourState
    """What the states within ``state_mask`` must be."""
    state_mask: NeighbourState
    """Which states matter: PERMANENT, NOARP."""
    destination: IPLike | None
    master: bool
    """The table of the bridge that the link is a port of, not the link's own."""


FDB_FILTER = OptionStruct("vtep_fdb_filter")


class FDBOperations(Handle):
    """FDB entries, one by one or many at once."""

    def fdb(self, name: str | None = None) -> list[FDBEntry]:
        """The entries of one link, or of all: ``bridge fdb show``."""
        return list_records(self, "fdb", FDBEntry, lib.vtep_host_fdb, optional_name(name))

    def fdb_array(self, name: str | None = None) -> RecordArray[FDBEntry]:
        """The same as one buffer."""
        return list_array(self, "fdb", FDBEntry, lib.vtep_host_fdb, optional_name(name))

    def find_fdb(
        self,
        link_index: int,
        mac: MACLike,
        *,
        flags: NeighbourFlags = NeighbourFlags.SELF,
        vlan: int | None = None,
        source_vni: int | None = None,
    ) -> FDBEntry:
        """One entry: ``bridge fdb get``. Of one with several remotes, the kernel tells the first. ``flags`` say which
        table.

        :raises NotFound: there is none.
        """
        keep: list[Any] = []
        layout: Layout[FDBEntry] = FDBEntry._layout
        key = FDBEntry(link_index=link_index, mac=MAC(mac), flags=flags, vlan=vlan, source_vni=source_vni)
        out = layout.new()
        self._call(lib.vtep_host_fdb_get, layout.pointer(key, keep), out)
        return layout.from_struct(out)

    def flush_fdb(self, name: str, **filter: Unpack[FDBFilter]) -> None:
        """Deletes all entries of a link that a filter matches, in one request: ``bridge fdb flush``.

        :raises NotSupported: the kernel or the device knows no flush.
        """
        keep: list[Any] = []
        self._call(lib.vtep_host_fdb_flush, c_string(name, "name"), FDB_FILTER.build(filter, keep))

    def visit_fdb(
        self,
        visit: Callable[[RecordArray[FDBEntry]], object],
        name: str | None = None,
        *,
        bridge: str | None = None,
    ) -> None:
        """Hands the entries of one link, of a bridge and its ports, or of all links to ``visit``, some hundred at a time:
        however large the table, no more are in memory. An exception of ``visit`` ends it, and is raised here.

        :raises Busy: the host is used from within ``visit``.
        """

        def take(_: Any, entries: Any, count: int) -> int:
            array = RecordArray(FDBEntry)
            array._buffer = bytearray(ffi.buffer(entries, count * array.itemsize))
            visit(array)
            return 0

        with Callback("vtep_fdb_visitor", take) as forward:
            where = optional_name(name), optional_name(bridge, "bridge")
            forward.run(self._call, lib.vtep_host_fdb_visit, *where, forward.pointer, NULL)

    def add_fdb(self, entry: FDBEntry) -> None:
        """Adds an entry: ``bridge fdb add``.

        :raises Exists: there is one for that MAC address.
        :raises NotSupported: ``MASTER`` for a link that is no bridge port.
        """
        change_one(self, lib.vtep_host_fdb_add, entry, FDBEntry)

    def append_fdb(self, entry: FDBEntry) -> None:
        """Adds another remote for the MAC address: ``bridge fdb append``. For all-zero and group addresses of a VXLAN
        device."""
        change_one(self, lib.vtep_host_fdb_append, entry, FDBEntry)

    def replace_fdb(self, entry: FDBEntry) -> None:
        """Adds an entry, or puts it in place of the one there is: ``bridge fdb replace``. For unicast addresses."""
        change_one(self, lib.vtep_host_fdb_replace, entry, FDBEntry)

    def delete_fdb(self, entry: FDBEntry) -> None:
        """Deletes an entry, or one of several remotes where ``destination`` is set: ``bridge fdb del``.

        :raises NotFound: there is none.
        """
        change_one(self, lib.vtep_host_fdb_delete, entry, FDBEntry)

    def apply_fdb(self, change: Change, entries: Iterable[FDBEntry] | RecordArray[FDBEntry]) -> None:
        """Changes many entries in few system calls, in order. Every one is attempted.

        :raises Error: the first that failed; its ``failures`` are all of them.
        """
        apply(self, lib.vtep_host_fdb_apply, change, entries, FDBEntry)
