"""VXLAN devices and their remotes."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._call import c_string, call
from vtep._layout import Record, part, record
from vtep._library import NULL, ffi, lib
from vtep._lists import read_list
from vtep._options import OptionStruct
from vtep.ip import IPAddress, IPLike, addresses, ip_bytes, struct_pointer
from vtep.links import Link, LinkOperations
from vtep.mac import MACLike

if TYPE_CHECKING:
    from typing_extensions import Required, Unpack


@record("vtep_vxlan")
@dataclass(frozen=True, slots=True, kw_only=True)
class VXLAN(Record):
    """What a VXLAN device adds to its link (``ip -d link show type vxlan``)."""

    vni: int | None
    """0...16777215; ``None`` for an external device, whose VNI comes with each packet."""
    destination_port: int
    """The UDP port it listens on and sends to."""
    device_index: int | None
    """The underlay link it is bound to."""
    ttl: int
    """Of the outer header; 0: the kernel chooses (1 for a group)."""
    tos: int
    """TOS or traffic class of the outer header; 1: inherit."""
    ageing: int
    """Seconds until a learnt FDB entry goes."""
    maximum_entries: int
    """The most it learns; 0: no limit."""
    source_ports: tuple[int, int] | None = part("source_port_min", "source_port_max", bit="source_ports")
    """The UDP source ports that flows are spread over; ``None``: the kernel's own range."""
    ttl_inherit: bool
    """The outer TTL copies the inner one."""
    learning: bool
    """Source addresses are learnt into the FDB."""
    udp_checksum: bool
    """UDP checksums over IPv4."""
    udp6_zero_checksum_tx: bool
    """Zero UDP checksums over IPv6 are sent (RFC 6935)."""
    udp6_zero_checksum_rx: bool
    """And accepted."""
    external: bool
    """Collect-metadata mode."""
    remote: IPv4Address | IPv6Address | None
    """The remote VTEP."""
    group: IPv4Address | IPv6Address | None
    """Or the multicast group."""
    local: IPv4Address | IPv6Address | None
    """The source address of outer packets; ``None``: the kernel chooses."""


class VXLANOptions(TypedDict, total=False):
    """How a VXLAN device is to be made. What is left out, or ``None``, is the kernel's choice."""

    vni: Required[int]
    """0...16777215."""
    device: str | None
    """The underlay link; needed with a group or an IPv6 link-local remote."""
    remote: IPLike | None
    """The remote VTEP: a unicast address."""
    group: IPLike | None
    """Or the multicast group that all VTEPs of the segment join."""
    local: IPLike | None
    """The source address of outer packets."""
    destination_port: int | None
    """1...65535; else 4789, which is IANA's."""
    master: str | None
    """The bridge it becomes a port of."""
    ttl: int | None
    """0...255 of the outer header; 0: the kernel chooses."""
    tos: int | None
    """0...255 of the outer header; 1: inherit."""
    ageing: int | None
    """1...2147483 seconds until a learnt FDB entry goes; kernel's: 300."""
    source_ports: tuple[int, int] | None
    """The UDP source ports that flows are spread over: the lowest and the highest."""
    mtu: int | None
    """Bytes, 68...65535, and at most the device's less 50 (IPv4) or 70 (IPv6)."""
    learning: bool | None
    """Learn source addresses; kernel's: yes."""
    udp_checksum: bool | None
    """UDP checksums over IPv4; kernel's: yes."""
    udp6_zero_checksum_tx: bool | None
    """Send zero UDP checksums over IPv6 (RFC 6935); kernel's: no."""
    udp6_zero_checksum_rx: bool | None
    """Accept them; kernel's: no."""
    mac: MACLike | None
    """A unicast address; else the kernel makes one up."""
    up: bool
    """Set it up in the same request."""


VXLAN_OPTIONS = OptionStruct("vtep_vxlan_options", required=("name", "vni"))


class VXLANOperations(LinkOperations):
    """Making and deleting VXLAN devices, and their remotes."""

    def create_vxlan(self, name: str, **options: Unpack[VXLANOptions]) -> Link:
        """Makes a VXLAN device, with all of its options in one request: ``ip link add NAME type vxlan ...``.

        A device with neither remote nor group sends only where its FDB says (:meth:`append_remote`).

        :returns: the link as the kernel then describes it.
        :raises InvalidArgument: saying which option and why.
        :raises NotFound: an unknown device or master.
        :raises Exists: the name is taken, or the VNI on that port; the error names the link that holds it.
        """
        keep: list[Any] = []
        struct = VXLAN_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_vxlan_create, struct)

    def delete_vxlan(self, name: str, vni: int | None = None) -> None:
        """Deletes a VXLAN device, and only that; with a VNI, only one that has it.

        :raises Foreign: the link is no VXLAN device, or has another VNI.
        """
        number = NULL if vni is None else _number(vni)
        self._call(lib.vtep_host_vxlan_delete, c_string(name, "name"), number)

    def vxlan(self, name: str) -> VXLAN:
        """What a VXLAN device adds to its link.

        :raises Foreign: the link is none.
        """
        return self._read(VXLAN, lib.vtep_host_vxlan_get, c_string(name, "name"))

    def append_remote(self, name: str, remote: IPLike) -> None:
        """Adds a remote: what the device doesn't know goes to it, too (head-end replication). Twice changes nothing."""
        self._call(lib.vtep_host_remote_append, c_string(name, "name"), struct_pointer("vtep_ip", ip_bytes(remote)))

    def delete_remote(self, name: str, remote: IPLike) -> None:
        """Takes a remote away, also the one the device was made with.

        :raises NotFound: it is none; the error lists those there are.
        """
        self._call(lib.vtep_host_remote_delete, c_string(name, "name"), struct_pointer("vtep_ip", ip_bytes(remote)))

    def remotes(self, name: str) -> list[IPAddress]:
        """The remotes of a VXLAN device, the one or the group it was made with included."""
        return read_list(self, "remote", _remotes, lib.vtep_host_remotes, c_string(name, "name"))


def _number(vni: int) -> Any:
    from vtep._call import out_of_range

    try:
        return ffi.new("uint32_t *", vni)
    except OverflowError as error:
        raise out_of_range(error) from None


def _remotes(pointer: Any, count: int) -> list[IPAddress]:
    buffer = bytearray(17 * count)
    if count:
        call(lib.vtep_remote_list_copy, pointer, 0, count, ffi.from_buffer("vtep_ip[]", buffer))
    read = (addresses[bytes(buffer[at : at + 17])] for at in range(0, len(buffer), 17))
    return [address for address in read if address is not None]
