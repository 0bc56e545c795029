"""A host: the kernel networking of one network namespace."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import Union

from vtep._call import call
from vtep._handle import new_handle
from vtep._layout import Record
from vtep._library import lib
from vtep._namespace import Descriptor, namespace
from vtep.addresses import Address, AddressOperations
from vtep.bridges import BridgeOperations
from vtep.fdb import FDBEntry, FDBOperations
from vtep.neighbours import Neighbour, NeighbourOperations
from vtep.nexthops import Nexthop, NexthopOperations
from vtep.routes import Route, RouteOperations
from vtep.rules import Rule, RuleOperations
from vtep.tables import Change, apply_mixed
from vtep.veth import VethOperations
from vtep.vlans import VLANOperations
from vtep.vxlan import VXLANOperations

Changeable = Union[Address, Route, Neighbour, FDBEntry, Nexthop, Rule]
"""What :meth:`Host.apply` can change."""

_CHANGEABLE: dict[type[Record], int] = {
    Address: lib.VTEP_OBJECT_ADDRESS,
    Route: lib.VTEP_OBJECT_ROUTE,
    Neighbour: lib.VTEP_OBJECT_NEIGHBOUR,
    FDBEntry: lib.VTEP_OBJECT_FDB,
    Nexthop: lib.VTEP_OBJECT_NEXT_HOP,
    Rule: lib.VTEP_OBJECT_RULE,
}


class Host(
    VXLANOperations,
    BridgeOperations,
    VLANOperations,
    VethOperations,
    AddressOperations,
    RouteOperations,
    NexthopOperations,
    RuleOperations,
    NeighbourOperations,
    FDBOperations,
):
    """The kernel networking of one network namespace, through a netlink connection of its own.

    Nothing is cached: every call asks the kernel. Reading needs no privileges; changing needs CAP_NET_ADMIN there.

    >>> with Host() as host:                                              # doctest: +SKIP
    ...     host.create_vxlan("vxlan0", vni=120, device="eth0", remote="192.168.50.29", up=True)
    ...     host.add_address("vxlan0", "10.16.0.1/24")
    """

    _end = "vtep_host_close"

    def __init__(
        self,
        *,
        path: str | PathLike[str] | None = None,
        fd: Descriptor | None = None,
        pid: int | None = None,
    ) -> None:
        """Opens the calling thread's network namespace, or another one.

        :param path: the one that a file refers to: "/run/netns/blue" (``ip netns add``) or "/proc/1234/ns/net".
        :param fd: the one that a descriptor, or an open file, refers to. It stays the caller's.
        :param pid: the one that a process is in.
        :raises NotFound: there is no such file or process.
        :raises InvalidArgument: it is not a network namespace.
        :raises PermissionDenied: it can't be entered.
        """
        where, value = namespace(path, fd, pid)
        out = new_handle("vtep_host")
        if where is None:
            call(lib.vtep_host_open, out)
        else:
            functions = {"path": lib.vtep_host_open_path, "fd": lib.vtep_host_open_fd, "pid": lib.vtep_host_open_pid}
            call(functions[where], value, out)
        super().__init__(out[0])

    def apply(self, changes: Iterable[tuple[Change, Changeable]]) -> None:
        """Changes objects of the tables in one go, in order: an address, the route by it, the
        neighbour behind that. Every change is attempted; the kernel has no transaction.

        :raises Error: the first that failed; its ``failures`` are all of them, the others have happened.
        """
        apply_mixed(self, changes, _CHANGEABLE)
