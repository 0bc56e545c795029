"""Links: the network interfaces of a host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vtep._call import call, c_string, word
from vtep._enums import Flags, OpenEnum
from vtep._handle import Handle
from vtep._layout import Layout, R, Record, record
from vtep._library import NULL, lib
from vtep._lists import copy_elements, list_records, read_list
from vtep._namespace import namespace
from vtep.ip import struct_pointer
from vtep.mac import MAC, MACLike

if TYPE_CHECKING:
    from os import PathLike

    from vtep._namespace import Descriptor
    from vtep.bridges import Bridge, BridgePort
    from vtep.vxlan import VXLAN


class LinkFlags(Flags):
    """Flags of a link (``IFF_*``)."""

    UP = lib.VTEP_LINK_UP
    """The administrator set it up."""
    BROADCAST = lib.VTEP_LINK_BROADCAST
    LOOPBACK = lib.VTEP_LINK_LOOPBACK
    POINTOPOINT = lib.VTEP_LINK_POINTOPOINT
    RUNNING = lib.VTEP_LINK_RUNNING
    NOARP = lib.VTEP_LINK_NOARP
    PROMISC = lib.VTEP_LINK_PROMISC
    ALLMULTI = lib.VTEP_LINK_ALLMULTI
    MULTICAST = lib.VTEP_LINK_MULTICAST
    LOWER_UP = lib.VTEP_LINK_LOWER_UP
    DORMANT = lib.VTEP_LINK_DORMANT


class OperState(OpenEnum):
    """Operational states (RFC 2863)."""

    UNKNOWN = lib.VTEP_OPERSTATE_UNKNOWN
    NOTPRESENT = lib.VTEP_OPERSTATE_NOTPRESENT
    DOWN = lib.VTEP_OPERSTATE_DOWN
    LOWERLAYERDOWN = lib.VTEP_OPERSTATE_LOWERLAYERDOWN
    TESTING = lib.VTEP_OPERSTATE_TESTING
    DORMANT = lib.VTEP_OPERSTATE_DORMANT
    UP = lib.VTEP_OPERSTATE_UP

    @property
    def word(self) -> str:
        """The word that ``ip`` prints: "UP"."""
        return word(lib.vtep_operstate_format, self)


@record("vtep_link")
@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    """A network interface (``ip -d link``)."""

    index: int
    """The kernel's number, unique within the network namespace."""
    name: str
    kind: str
    """"vxlan", "bridge", "veth", ...; empty for a physical device."""
    flags: LinkFlags
    operstate: OperState
    mtu: int
    """The largest packet in bytes, without the Ethernet header."""
    minimum_mtu: int
    """The range the driver accepts, in bytes."""
    maximum_mtu: int
    """0: the driver names no limit."""
    group: int
    """0 is "default"."""
    promiscuity: int
    """How many users hold it promiscuous."""
    tx_queue_length: int
    """Packets."""
    master_index: int | None
    """The bridge it is a port of."""
    lower_index: int | None
    """The link underneath, or a veth's peer."""
    lower_netnsid: int | None
    """The namespace that ``lower_index`` counts in, if another one."""
    hardware_type: int
    """``ARPHRD_*``: 1 Ethernet, 772 loopback."""
    mac: MAC | None
    broadcast: MAC | None
    qdisc: str
    """The root queueing discipline, such as "noqueue"."""
    alias: str | None
    """Free text of the administrator."""
    is_vxlan: bool
    is_bridge: bool
    is_bridge_port: bool

    @property
    def is_up(self) -> bool:
        """Whether the administrator set it up."""
        return LinkFlags.UP in self.flags


@record("vtep_link_statistics")
@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatistics(Record):
    """Counters of a link since it was made."""

    rx_packets: int
    tx_packets: int
    rx_bytes: int
    tx_bytes: int
    rx_errors: int
    tx_errors: int
    rx_dropped: int
    tx_dropped: int
    multicast: int
    """Multicast packets received."""
    collisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDetails:
    """A link with all that is known of it, as it was at one moment."""

    link: Link
    statistics: LinkStatistics
    vxlan: VXLAN | None
    bridge: Bridge | None
    bridge_port: BridgePort | None


def optional_name(name: str | None, what: str = "name") -> Any:
    """The C string of a name that may be left out."""
    return NULL if name is None else c_string(name, what)


class LinkOperations(Handle):
    """Reading and changing links. Each raises :class:`NotFound` where there is no link of that name."""

    def link(self, name: str) -> Link:
        """The link of that name. The error lists the names there are."""
        return self._read(Link, lib.vtep_host_link_get, c_string(name, "name"))

    def link_by_index(self, index: int) -> Link:
        """The link of that index."""
        return self._read(Link, lib.vtep_host_link_get_by_index, index)

    def links(self, kind: str | None = None) -> list[Link]:
        """All links in the order of their indices, or those of one kind: "vxlan", "bridge", "veth", ...; "" for
        physical devices."""
        return list_records(self, "link", Link, lib.vtep_host_links, optional_name(kind, "kind"))

    def link_details(self, kind: str | None = None) -> list[LinkDetails]:
        """The same with statistics and with what they are as a VXLAN device, a bridge, a bridge port: one reading."""
        return read_list(self, "link", details_of, lib.vtep_host_links, optional_name(kind, "kind"))

    def link_statistics(self, name: str) -> LinkStatistics:
        """A link's counters."""
        return self._read(LinkStatistics, lib.vtep_host_link_statistics, c_string(name, "name"))

    def set_up(self, name: str, up: bool = True) -> None:
        """Sets a link up or down: ``ip link set NAME up``."""
        self._call(lib.vtep_host_link_set_up, c_string(name, "name"), 1 if up else 0)

    def set_mtu(self, name: str, mtu: int) -> None:
        """Sets the MTU in bytes.

        :raises InvalidArgument: outside the driver's range, which the error names.
        """
        self._call(lib.vtep_host_link_set_mtu, c_string(name, "name"), mtu)

    def set_mac(self, name: str, mac: MACLike) -> None:
        """Sets the link-layer address.

        :raises InvalidArgument: a group or an all-zero address.
        """
        address = struct_pointer("vtep_mac", MAC(mac).packed)
        self._call(lib.vtep_host_link_set_mac, c_string(name, "name"), address)

    def rename(self, name: str, new_name: str) -> None:
        """Gives a link another name.

        :raises Exists: it is taken.
        """
        self._call(lib.vtep_host_link_rename, c_string(name, "name"), c_string(new_name, "new_name"))

    def set_master(self, name: str, master: str | None) -> None:
        """Makes a link a port of a bridge, or of none: ``ip link set NAME master BRIDGE``."""
        self._call(lib.vtep_host_link_set_master, c_string(name, "name"), optional_name(master, "master"))

    def move(
        self,
        name: str,
        *,
        path: str | PathLike[str] | None = None,
        fd: Descriptor | None = None,
        pid: int | None = None,
    ) -> None:
        """Moves a link into another network namespace, named as in :class:`Host`: ``ip link set NAME netns ...``.

        The link goes down and loses its addresses; this host sees it no longer.

        :raises Exists: the other namespace has a link of that name.
        """
        where, value = namespace(path, fd, pid)
        functions = {
            "path": lib.vtep_host_link_move_path,
            "fd": lib.vtep_host_link_move_fd,
            "pid": lib.vtep_host_link_move_pid,
        }
        if where is None:
            raise TypeError("one of path, fd and pid is required")
        self._call(functions[where], c_string(name, "name"), value)

    def delete_link(self, name: str, kind: str | None = None) -> None:
        """Deletes a link: ``ip link delete NAME``. A veth takes its peer along.

        ``kind``: what it must be, so that a program deletes only what it can have made.

        :raises Foreign: it is of another kind.
        :raises NotSupported: a physical device.
        """
        self._call(lib.vtep_host_link_delete, c_string(name, "name"), optional_name(kind, "kind"))

    def _read(self, kind: type[R], function: Any, *arguments: Any) -> R:
        """A record of the struct that a function fills."""
        layout: Layout[R] = kind._layout
        out = layout.new()
        self._call(function, *arguments, out)
        return layout.from_struct(out)


def details_of(pointer: Any, count: int) -> list[LinkDetails]:
    """The elements of a list of links, with all that is known of them."""
    from vtep.bridges import Bridge, BridgePort
    from vtep.vxlan import VXLAN

    links = Link._layout.from_buffer(copy_elements("link", Link, pointer, count))

    def element(kind: type[R], function: Any, place: int) -> R:
        layout: Layout[R] = kind._layout
        out = layout.new()
        call(function, pointer, place, out)
        return layout.from_struct(out)

    return [
        LinkDetails(
            link=link,
            statistics=element(LinkStatistics, lib.vtep_link_list_statistics, place),
            vxlan=element(VXLAN, lib.vtep_link_list_vxlan, place) if link.is_vxlan else None,
            bridge=element(Bridge, lib.vtep_link_list_bridge, place) if link.is_bridge else None,
            bridge_port=element(BridgePort, lib.vtep_link_list_bridge_port, place) if link.is_bridge_port else None,
        )
        for place, link in enumerate(links)
    ]
