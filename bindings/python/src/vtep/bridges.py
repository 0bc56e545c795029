"""Bridges and their ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._call import c_string, word
from vtep._enums import OpenEnum
from vtep._layout import Record, record
from vtep._library import lib
from vtep._lists import list_records
from vtep._options import OptionStruct
from vtep.links import Link, LinkOperations
from vtep.mac import MAC, MACLike

if TYPE_CHECKING:
    from typing_extensions import Unpack


class STP(OpenEnum):
    """Who runs the spanning tree."""

    OFF = lib.VTEP_STP_OFF
    KERNEL = lib.VTEP_STP_KERNEL
    USER = lib.VTEP_STP_USER


class PortState(OpenEnum):
    """States of a bridge port (IEEE 802.1D)."""

    DISABLED = lib.VTEP_PORT_DISABLED
    LISTENING = lib.VTEP_PORT_LISTENING
    LEARNING = lib.VTEP_PORT_LEARNING
    FORWARDING = lib.VTEP_PORT_FORWARDING
    BLOCKING = lib.VTEP_PORT_BLOCKING

    @property
    def word(self) -> str:
        """The word that ``bridge`` prints: "forwarding"."""
        return word(lib.vtep_port_state_format, self)


@record("vtep_bridge_id")
@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeID(Record):
    """IEEE 802.1D bridge identifier. As text: as ``brctl show`` prints it, "8000.02421e76cdbe"."""

    priority: int
    mac: MAC

    def __str__(self) -> str:
        return f"{self.priority:04x}.{self.mac.packed.hex()}"


@record("vtep_bridge")
@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge(Record):
    """What a bridge adds to its link (``brctl show``). Times are hundredths of a second."""

    stp: STP
    forward_delay: int
    hello_time: int
    maximum_age: int
    ageing_time: int
    """Until a learnt FDB entry goes."""
    priority: int
    vlan_filtering: bool
    multicast_snooping: bool
    """IGMP and MLD snooping."""
    bridge_id: BridgeID
    root_id: BridgeID
    """Of the root of the spanning tree."""


@record("vtep_bridge_port")
@dataclass(frozen=True, slots=True, kw_only=True)
class BridgePort(Record):
    """What being a bridge port adds to a link (``bridge -d link``)."""

    cost: int
    """Path cost."""
    priority: int
    state: PortState
    hairpin: bool
    """Frames may leave by the port they came in by."""
    learning: bool
    unicast_flood: bool
    """Unknown unicast is flooded to it."""
    multicast_flood: bool
    broadcast_flood: bool
    neighbour_suppression: bool
    """ARP and ND are answered from the neighbour table."""
    isolated: bool
    """No traffic to other isolated ports."""


class BridgeOptions(TypedDict, total=False):
    """How a bridge is to be made. What is left out, or ``None``, is the kernel's choice."""

    forward_delay: int | None
    """Hundredths of a second, 200...3000 while the spanning tree runs."""
    ageing_time: int | None
    """Hundredths of a second until a learnt FDB entry goes."""
    priority: int | None
    """0...65535."""
    mtu: int | None
    """Bytes, 68...65535."""
    stp: bool | None
    """The kernel runs the spanning tree; kernel's: no."""
    multicast_snooping: bool | None
    """IGMP and MLD snooping; kernel's: yes."""
    mac: MACLike | None
    """A unicast address."""
    up: bool
    """Set it up in the same request."""


BRIDGE_OPTIONS = OptionStruct("vtep_bridge_options", required=("name",))


class BridgeOperations(LinkOperations):
    """Making and deleting bridges, and reading them and their ports."""

    def create_bridge(self, name: str, **options: Unpack[BridgeOptions]) -> Link:
        """Makes a bridge: ``ip link add NAME type bridge``, ``brctl addbr``.

        :returns: the link as the kernel then describes it.
        :raises Exists: the name is taken, saying by what.
        """
        keep: list[Any] = []
        struct = BRIDGE_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_bridge_create, struct)

    def delete_bridge(self, name: str) -> None:
        """Deletes a bridge, and only that; its ports stay, without a master.

        :raises Foreign: the link is no bridge.
        """
        self._call(lib.vtep_host_bridge_delete, c_string(name, "name"))

    def bridge(self, name: str) -> Bridge:
        """What a bridge adds to its link.

        :raises Foreign: the link is none.
        """
        return self._read(Bridge, lib.vtep_host_bridge_get, c_string(name, "name"))

    def bridge_port(self, name: str) -> BridgePort:
        """What being a bridge port adds to a link.

        :raises Foreign: the link is none.
        """
        return self._read(BridgePort, lib.vtep_host_bridge_port_get, c_string(name, "name"))

    def bridge_ports(self, name: str) -> list[Link]:
        """The ports of a bridge: ``brctl show NAME``."""
        return list_records(self, "link", Link, lib.vtep_host_bridge_ports, c_string(name, "name"))
