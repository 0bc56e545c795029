"""Veth pairs."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._library import lib
from vtep._namespace import Descriptor, descriptor
from vtep._options import OptionStruct
from vtep.links import Link, LinkOperations
from vtep.mac import MACLike

if TYPE_CHECKING:
    from typing_extensions import Unpack


class VethOptions(TypedDict, total=False):
    """How a veth pair is to be made. Of the three that name the peer's namespace, one or none: beside the first end."""

    peer_netns_path: str | PathLike[str] | None
    peer_netns_fd: Descriptor | None
    peer_netns_pid: int | None
    master: str | None
    """The bridge the first end becomes a port of."""
    mtu: int | None
    """Of both ends: bytes, 68...65535."""
    mac: MACLike | None
    """A unicast address."""
    peer_mac: MACLike | None
    """A unicast address."""
    up: bool
    """Set both ends up."""


VETH_OPTIONS = OptionStruct("vtep_veth_options", required=("name", "peer_name"))


class VethOperations(LinkOperations):
    """Making veth pairs."""

    def create_veth(self, name: str, peer_name: str, **options: Unpack[VethOptions]) -> Link:
        """Makes a veth pair: ``ip link add NAME type veth peer name PEER``.

        :returns: the first end as the kernel then describes it.
        :raises Exists: a name is taken.
        :raises NotFound: the master or the peer's namespace.
        """
        keep: list[Any] = []
        fd = options.get("peer_netns_fd")
        if fd is not None:
            options["peer_netns_fd"] = descriptor(fd)
        struct = VETH_OPTIONS.build({"name": name, "peer_name": peer_name, **options}, keep)
        return self._read(Link, lib.vtep_host_veth_create, struct)
