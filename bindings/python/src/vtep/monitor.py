"""Events: what changes in the tables of a network namespace, as it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from typing import Any, Union

from vtep._call import call, milliseconds
from vtep._callback import Callback
from vtep._enums import Flags, OpenEnum
from vtep._handle import new_handle
from vtep._layout import Layout, Record
from vtep._library import NULL, ffi, lib
from vtep._lists import copy_elements, list_of
from vtep._namespace import Descriptor, descriptor
from vtep._options import OptionStruct
from vtep._readable import Readable
from vtep.addresses import Address
from vtep.fdb import FDBEntry
from vtep.links import Link, LinkDetails, details_of
from vtep.neighbours import Neighbour
from vtep.nexthops import Nexthop
from vtep.routes import Route
from vtep.rules import Rule
from vtep.vlans import VLANs, VLANTunnels, VNIs


class ObjectKind(Flags):
    """What a change or an event is about."""

    LINK = lib.VTEP_OBJECT_LINK
    ADDRESS = lib.VTEP_OBJECT_ADDRESS
    ROUTE = lib.VTEP_OBJECT_ROUTE
    NEIGHBOUR = lib.VTEP_OBJECT_NEIGHBOUR
    FDB = lib.VTEP_OBJECT_FDB
    NEXT_HOP = lib.VTEP_OBJECT_NEXT_HOP
    """A nexthop object."""
    RULE = lib.VTEP_OBJECT_RULE
    """A routing rule."""
    VNI = lib.VTEP_OBJECT_VNI
    """A VNI of a VXLAN device with a VNI filter."""
    VLAN = lib.VTEP_OBJECT_VLAN
    """A VLAN of a bridge or a port."""
    VLAN_TUNNEL = lib.VTEP_OBJECT_VLAN_TUNNEL
    """A VLAN of a port that is a VNI on the other side."""


class EventKind(OpenEnum):
    """What an event says."""

    NONE = lib.VTEP_EVENT_NONE
    ADDED = lib.VTEP_EVENT_ADDED
    """The object is new."""
    CHANGED = lib.VTEP_EVENT_CHANGED
    """It took the place of what it was before."""
    REMOVED = lib.VTEP_EVENT_REMOVED
    """It is gone; this is what was last known of it."""
    SYNCHRONISED = lib.VTEP_EVENT_SYNCHRONISED
    """What was told until now is the whole truth: after the snapshot, and after each overrun that was made good."""


Observed = Union[Link, Address, Route, Neighbour, FDBEntry, Nexthop, Rule, VNIs, VLANs, VLANTunnels]
"""What an event can be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one object of the tables."""

    kind: EventKind
    object: ObjectKind
    """What it is about; none with SYNCHRONISED."""
    value: Observed | None
    """The object as it is, or was when it was removed."""
    before: Observed | None
    """What it was before it changed."""
    details: LinkDetails | None
    """Of a link: what it is as a VXLAN device, a bridge, a bridge port."""


MONITOR_OPTIONS = OptionStruct("vtep_monitor_options", bits="VTEP_MONITOR_HAS_")

_READERS: dict[int, tuple[type[Record], Any]] = {
    lib.VTEP_OBJECT_LINK: (Link, lib.vtep_monitor_link),
    lib.VTEP_OBJECT_ADDRESS: (Address, lib.vtep_monitor_address),
    lib.VTEP_OBJECT_ROUTE: (Route, lib.vtep_monitor_route),
    lib.VTEP_OBJECT_NEIGHBOUR: (Neighbour, lib.vtep_monitor_neighbour),
    lib.VTEP_OBJECT_FDB: (FDBEntry, lib.vtep_monitor_fdb_entry),
    lib.VTEP_OBJECT_RULE: (Rule, lib.vtep_monitor_rule),
    lib.VTEP_OBJECT_VNI: (VNIs, lib.vtep_monitor_vni),
    lib.VTEP_OBJECT_VLAN: (VLANs, lib.vtep_monitor_vlan),
    lib.VTEP_OBJECT_VLAN_TUNNEL: (VLANTunnels, lib.vtep_monitor_vlan_tunnel),
}


class Monitor(Readable[Event]):
    """Tells what changes in the tables of a network namespace. No privilege is needed.

    Who applies its events, in order, to tables of their own, has the kernel's tables, also after a flood of changes: the
    monitor then reads them anew and tells the difference.

    >>> for event in Monitor():                                           # doctest: +SKIP
    ...     print(event.kind.name, event.value)

    In asyncio: ``async for event in monitor``. Elsewhere, wait for :meth:`fileno` to be readable, then call
    :meth:`next_event` until it returns ``None``. Iteration ends when the monitor is closed.
    """

    _end = "vtep_monitor_close"

    def __init__(
        self,
        objects: ObjectKind | None = None,
        *,
        path: str | PathLike[str] | None = None,
        fd: Descriptor | None = None,
        pid: int | None = None,
        snapshot: bool = False,
        buffer_size: int | None = None,
    ) -> None:
        """Opens a monitor in the calling thread's network namespace, or in another one, named as in :class:`Host`.

        :param objects: what to watch; else all.
        :param snapshot: first tell all there is, as added, then SYNCHRONISED; else only what changes later.
        :param buffer_size: bytes of notifications that wait in the kernel; else 8 MiB.
        """
        keep: list[Any] = []
        named = {
            "objects": objects,
            "netns_path": path,
            "netns_fd": None if fd is None else descriptor(fd),
            "netns_pid": pid,
            "snapshot": snapshot,
            "buffer_size": buffer_size,
        }
        out = new_handle("vtep_monitor")
        call(lib.vtep_monitor_open, MONITOR_OPTIONS.build(named, keep), out)
        super().__init__(out[0])
        self._fd = int(lib.vtep_monitor_fd(out[0]))
        self._event = ffi.new("vtep_event *")

    def fileno(self) -> int:
        """A descriptor that is readable while there is something to tell. It is the monitor's: don't read from it."""
        with self._lock:
            self._live()
            return self._fd

    def next_event(self, timeout: float | None = 0) -> Event | None:
        """The next event, or ``None`` if none comes within ``timeout`` seconds; with ``None``, it waits for ever.

        While it waits other threads may use the monitor, and signal handlers run.

        :raises Error: a table could not be read; all are read again with the next call.
        """
        return self._next(timeout)

    def dispatch(self, callback: Callable[[Event], object], timeout: float = 0) -> None:
        """Calls ``callback`` for each event, until none has come for ``timeout`` seconds. An exception of the callback
        ends it, and is raised here. In the callback only the event may be used."""

        def take(_: Any, __: Any, event: Any) -> None:
            callback(self._read(event))

        with Callback("vtep_event_callback", take) as forward:
            forward.run(self._call, lib.vtep_monitor_dispatch, milliseconds(timeout), forward.pointer, NULL)

    def _poll(self) -> Event | None:
        with self._lock:
            self._event.size = ffi.sizeof("vtep_event")
            self._call(lib.vtep_monitor_next_event, 0, self._event)
            return None if self._event.event == lib.VTEP_EVENT_NONE else self._read(self._event)

    def _read(self, event: Any) -> Event:
        kind, about = EventKind(event.event), int(event.object)
        changed = kind is EventKind.CHANGED
        return Event(
            kind=kind,
            object=ObjectKind(about),
            value=self._object(about, 0),
            before=self._object(about, 1) if changed else None,
            details=self._details() if about == lib.VTEP_OBJECT_LINK else None,
        )

    def _object(self, about: int, before: int) -> Any:
        if about == lib.VTEP_OBJECT_NEXT_HOP:
            return self._nexthop(before)
        if about not in _READERS:
            return None
        kind, function = _READERS[about]
        layout: Layout[Any] = kind._layout
        out = layout.new()
        call(function, self._live(), before, out)
        # What a route points to is the monitor's, until the next event.
        return layout.from_buffer(bytes(ffi.buffer(out)))[0]

    def _details(self) -> LinkDetails:
        with list_of(self._live(), "link", lib.vtep_monitor_link_list, 0) as (pointer, count):
            return details_of(pointer, count)[0]

    def _nexthop(self, before: int) -> Nexthop:
        with list_of(self._live(), "nexthop", lib.vtep_monitor_nexthop_list, before) as (pointer, count):
            return Nexthop._layout.from_buffer(copy_elements("nexthop", Nexthop, pointer, count))[0]  # type: ignore[no-any-return]
