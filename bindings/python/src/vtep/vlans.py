"""The VNI filter table of a VXLAN device, and the VLANs of a bridge."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from vtep._call import c_string
from vtep._enums import Flags
from vtep._handle import Handle
from vtep._layout import Record, record, under
from vtep._library import lib
from vtep._lists import list_records
from vtep.bridges import MulticastRouter, PortState
from vtep.links import optional_name


@record("vtep_vni")
@dataclass(frozen=True, slots=True, kw_only=True)
class VNIs(Record):
    """VNIs that a VXLAN device with a VNI filter carries alike (``bridge vni``)."""

    first: int
    """0...16777215."""
    last: int
    """Not below first; the same for a single one."""
    remote: IPv4Address | IPv6Address | None = None
    """The remote VTEP of each of them."""
    group: IPv4Address | IPv6Address | None = None
    """Or the multicast group; neither: the device's own destination."""
    rx_bytes: int | None = under("statistics")
    """Counters, where they were asked for."""
    rx_packets: int | None = under("statistics")
    rx_dropped: int | None = under("statistics")
    rx_errors: int | None = under("statistics")
    tx_bytes: int | None = under("statistics")
    tx_packets: int | None = under("statistics")
    tx_dropped: int | None = under("statistics")
    tx_errors: int | None = under("statistics")
    link_index: int = 0
    """The device; without meaning where VNIs are added."""


class VLANFlags(Flags):
    """Flags of VLANs."""

    PVID = lib.VTEP_VLAN_PVID
    """What comes in without a tag belongs to it; for a single VLAN."""
    UNTAGGED = lib.VTEP_VLAN_UNTAGGED
    """It leaves without a tag."""


@record("vtep_vlan")
@dataclass(frozen=True, slots=True, kw_only=True)
class VLANs(Record):
    """VLANs of a bridge port, or of the bridge itself, that are alike (``bridge vlan``)."""

    link_index: int
    """The port or the bridge."""
    first: int
    """1...4094."""
    last: int
    """Not below first; the same for a single one."""
    flags: VLANFlags = VLANFlags(0)
    state: PortState | None = None
    """Whether it learns and forwards; to be set while the kernel runs no spanning tree."""
    multicast_router: MulticastRouter | None = None
    """While multicast is snooped per VLAN."""
    maximum_groups: int | None = None
    """The most groups behind the port; 0: no limit."""
    neighbour_suppression: bool | None = None
    """Answer ARP and ND from the neighbour table; of a port with ``neighbour_vlan_suppression``."""
    rx_bytes: int | None = under("statistics")
    """Counters, where they were asked for."""
    rx_packets: int | None = under("statistics")
    tx_bytes: int | None = under("statistics")
    tx_packets: int | None = under("statistics")


@record("vtep_vlan_tunnel")
@dataclass(frozen=True, slots=True, kw_only=True)
class VLANTunnels(Record):
    """VLANs that are VNIs on the other side of a port: one external VXLAN device carries them all."""

    link_index: int
    """The port."""
    first: int
    """1...4094: the first VLAN."""
    last: int
    """The last; the same for a single one."""
    first_vni: int
    """The VNI of the first VLAN; the others follow one by one."""


class VLANOperations(Handle):
    """VNI filters of VXLAN devices, and VLANs of bridges."""

    def vnis(self, name: str | None = None, *, statistics: bool = False) -> list[VNIs]:
        """The VNIs that a device carries, in their order, or all devices; with statistics, each on its own.

        :raises Foreign: it is no VXLAN device with a VNI filter.
        """
        return list_records(self, "vni", VNIs, lib.vtep_host_vnis, optional_name(name), int(statistics))

    def add_vnis(self, name: str, vnis: VNIs) -> None:
        """Has a device carry these VNIs, too: ``bridge vni add dev NAME vni FIRST-LAST``.

        :raises Exists: it carries one of them to another destination, or another device on that port does.
        """
        keep: list[Any] = []
        self._call(lib.vtep_host_vni_add, c_string(name, "name"), VNIs._layout.pointer(vnis, keep))

    def delete_vnis(self, name: str, first: int, last: int | None = None) -> None:
        """Has a device carry these VNIs no longer: ``bridge vni delete``. Those it doesn't carry are passed over.

        :raises NotFound: it carries none of them.
        """
        self._call(lib.vtep_host_vni_delete, c_string(name, "name"), first, first if last is None else last)

    def vlans(self, name: str | None = None, *, statistics: bool = False) -> list[VLANs]:
        """The VLANs of one bridge or port, or of all: ``bridge vlan show``; with statistics, each on its own."""
        return list_records(self, "vlan", VLANs, lib.vtep_host_vlans, optional_name(name), int(statistics))

    def add_vlans(self, vlans: VLANs) -> None:
        """Adds VLANs to a port, or to a bridge itself: ``bridge vlan add dev NAME vid FIRST-LAST``. Options are set once they
        are there.

        :raises NotSupported: this kernel filters no VLANs.
        """
        keep: list[Any] = []
        self._call(lib.vtep_host_vlan_add, VLANs._layout.pointer(vlans, keep))

    def set_vlans(self, vlans: VLANs) -> None:
        """Sets the options of VLANs that a port, or a bridge itself, has: ``bridge vlan set``. Flags have no meaning.

        :raises NotFound: it lacks one of them; those below it have been changed.
        :raises Busy: a state, while the kernel's spanning tree decides it.
        """
        keep: list[Any] = []
        self._call(lib.vtep_host_vlan_set, VLANs._layout.pointer(vlans, keep))

    def delete_vlans(self, vlans: VLANs) -> None:
        """Takes VLANs away: ``bridge vlan del dev NAME vid FIRST-LAST``. Flags and options have no meaning."""
        keep: list[Any] = []
        self._call(lib.vtep_host_vlan_delete, VLANs._layout.pointer(vlans, keep))

    def vlan_tunnels(self, name: str | None = None) -> list[VLANTunnels]:
        """The VLANs of one port, or of all, that are VNIs on the other side: ``bridge vlan tunnelshow``."""
        return list_records(self, "vlan_tunnel", VLANTunnels, lib.vtep_host_vlan_tunnels, optional_name(name))

    def add_vlan_tunnels(self, tunnels: VLANTunnels) -> None:
        """Makes VLANs VNIs on the other side of a port. They have to be the port's, and its ``vlan_tunnel`` on.

        :raises NotSupported: this kernel filters no VLANs.
        """
        keep: list[Any] = []
        self._call(lib.vtep_host_vlan_tunnel_add, VLANTunnels._layout.pointer(tunnels, keep))

    def delete_vlan_tunnels(self, tunnels: VLANTunnels) -> None:
        """Takes VLANs from those that are VNIs on the other side of a port. The VNI has no meaning."""
        keep: list[Any] = []
        self._call(lib.vtep_host_vlan_tunnel_delete, VLANTunnels._layout.pointer(tunnels, keep))
