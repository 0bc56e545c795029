"""A host: the kernel networking of one network namespace."""

from __future__ import annotations

from os import PathLike

from vtep._call import call
from vtep._handle import new_handle
from vtep._library import lib
from vtep._namespace import Descriptor, namespace
from vtep.addresses import AddressOperations
from vtep.bridges import BridgeOperations
from vtep.fdb import FDBOperations
from vtep.neighbours import NeighbourOperations
from vtep.routes import RouteOperations
from vtep.veth import VethOperations
from vtep.vxlan import VXLANOperations


class Host(
    VXLANOperations,
    BridgeOperations,
    VethOperations,
    AddressOperations,
    RouteOperations,
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
