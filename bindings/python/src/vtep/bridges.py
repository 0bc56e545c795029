"""Bridges and their ports."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._call import c_string, word
from vtep._enums import Flags, OpenEnum
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


class VLANProtocol(OpenEnum):
    """Which tags are VLAN tags: an EtherType."""

    DOT1Q = lib.VTEP_VLAN_PROTOCOL_8021Q
    DOT1AD = lib.VTEP_VLAN_PROTOCOL_8021AD


class MulticastRouter(OpenEnum):
    """Whether multicast routers are behind a port, or are the host."""

    DISABLED = lib.VTEP_MULTICAST_ROUTER_DISABLED
    LEARNED = lib.VTEP_MULTICAST_ROUTER_LEARNED
    """Where queries come from: the kernel's default."""
    PERMANENT = lib.VTEP_MULTICAST_ROUTER_PERMANENT
    TEMPORARY = lib.VTEP_MULTICAST_ROUTER_TEMPORARY
    """For a while, as if a query had come. Of ports only."""


class BridgeFlags(Flags):
    """Flags of a bridge. The kernel switches MULTICAST_SNOOPING on and all others off where it is told nothing; the last
    three are the sysctls' choice."""

    STP = lib.VTEP_BRIDGE_FLAG_STP
    """The spanning tree runs."""
    NO_LINK_LOCAL_LEARNING = lib.VTEP_BRIDGE_FLAG_NO_LINK_LOCAL_LEARNING
    """Do not learn from link-local frames."""
    VLAN_FILTERING = lib.VTEP_BRIDGE_FLAG_VLAN_FILTERING
    """Look at VLAN tags."""
    VLAN_STATISTICS = lib.VTEP_BRIDGE_FLAG_VLAN_STATISTICS
    """Count per VLAN."""
    VLAN_STATISTICS_PER_PORT = lib.VTEP_BRIDGE_FLAG_VLAN_STATISTICS_PER_PORT
    """And port; only while no port has VLANs."""
    MULTICAST_VLAN_SNOOPING = lib.VTEP_BRIDGE_FLAG_MULTICAST_VLAN_SNOOPING
    """Snoop per VLAN."""
    MULTIPLE_SPANNING_TREES = lib.VTEP_BRIDGE_FLAG_MULTIPLE_SPANNING_TREES
    """A spanning tree for each group of VLANs."""
    LOCAL_ENTRIES_IN_VLAN_0 = lib.VTEP_BRIDGE_FLAG_LOCAL_ENTRIES_IN_VLAN_0
    """Entries for the bridge's own addresses in VLAN 0 only."""
    MULTICAST_SNOOPING = lib.VTEP_BRIDGE_FLAG_MULTICAST_SNOOPING
    """IGMP and MLD snooping."""
    MULTICAST_QUERY_USES_ADDRESS = lib.VTEP_BRIDGE_FLAG_MULTICAST_QUERY_USES_ADDRESS
    """Queries come from the bridge's address, not from 0.0.0.0."""
    MULTICAST_QUERIER = lib.VTEP_BRIDGE_FLAG_MULTICAST_QUERIER
    """Send queries where nobody else does."""
    MULTICAST_STATISTICS = lib.VTEP_BRIDGE_FLAG_MULTICAST_STATISTICS
    """Count IGMP and MLD packets."""
    OFFLOAD_FAILURE_NOTIFICATIONS = lib.VTEP_BRIDGE_FLAG_OFFLOAD_FAILURE_NOTIFICATIONS
    """Tell of group entries that hardware refused."""
    CALLS_IPTABLES = lib.VTEP_BRIDGE_FLAG_CALLS_IPTABLES
    """With br_netfilter."""
    CALLS_IP6TABLES = lib.VTEP_BRIDGE_FLAG_CALLS_IP6TABLES
    CALLS_ARPTABLES = lib.VTEP_BRIDGE_FLAG_CALLS_ARPTABLES


@record("vtep_bridge")
@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge(Record):
    """What a bridge adds to its link (``brctl show``). Times are hundredths of a second; ``None``: this kernel lacks it."""

    flags: BridgeFlags
    stp: STP
    forward_delay: int
    hello_time: int
    maximum_age: int
    ageing_time: int
    """Until a learnt FDB entry goes."""
    priority: int
    group_forward_mask: int
    """Which frames to 01:80:c2:00:00:0X are forwarded, bit X each."""
    group_address: MAC
    """Where the spanning tree's frames go."""
    maximum_learned: int | None
    """The most FDB entries it learns; 0: no limit."""
    vlan_protocol: VLANProtocol | None
    default_pvid: int | None
    """The VLAN that new ports get as theirs; 0: none."""
    multicast_router: MulticastRouter
    multicast_hash_elasticity: int
    """16: the kernel has no other."""
    multicast_hash_maximum: int
    """The most groups it knows."""
    multicast_last_member_count: int
    multicast_startup_query_count: int
    multicast_last_member_interval: int
    multicast_membership_interval: int
    multicast_querier_interval: int
    multicast_query_interval: int
    multicast_query_response_interval: int
    multicast_startup_query_interval: int
    igmp_version: int
    mld_version: int | None
    bridge_id: BridgeID
    root_id: BridgeID
    """Of the root of the spanning tree."""


@record("vtep_bridge_status")
@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeStatus(Record):
    """What changes about a bridge by itself. Timers are hundredths of a second until they fire, 0: not running."""

    root_port: int
    """The number of the port towards the root; 0: this is the root."""
    root_path_cost: int
    learned: int | None
    """How many FDB entries it has learnt."""
    topology_change: bool
    topology_change_detected: bool
    hello_timer: int
    topology_notification_timer: int
    topology_change_timer: int
    collection_timer: int
    """Until old FDB entries are looked for."""
    igmp_querier: IPv4Address | IPv6Address | None
    """Who sends queries; ``None``: nobody."""
    igmp_querier_port_index: int | None
    """The port the querier is behind; ``None``: the bridge itself."""
    igmp_querier_timer: int | None
    """Until the querier counts as gone."""
    mld_querier: IPv4Address | IPv6Address | None
    mld_querier_port_index: int | None
    mld_querier_timer: int | None


class BridgePortFlags(Flags):
    """Flags of a bridge port. A new one has LEARNING and the three FLOOD."""

    HAIRPIN = lib.VTEP_BRIDGE_PORT_FLAG_HAIRPIN
    """Frames may leave by the port they came in by."""
    BPDU_GUARD = lib.VTEP_BRIDGE_PORT_FLAG_BPDU_GUARD
    """A spanning tree's frame disables it."""
    ROOT_BLOCK = lib.VTEP_BRIDGE_PORT_FLAG_ROOT_BLOCK
    """It can't become the root port."""
    FAST_LEAVE = lib.VTEP_BRIDGE_PORT_FLAG_FAST_LEAVE
    """A group's only member here leaves it at once."""
    LEARNING = lib.VTEP_BRIDGE_PORT_FLAG_LEARNING
    """Learn source addresses into the FDB."""
    UNICAST_FLOOD = lib.VTEP_BRIDGE_PORT_FLAG_UNICAST_FLOOD
    """Flood unknown unicast to it."""
    MULTICAST_FLOOD = lib.VTEP_BRIDGE_PORT_FLAG_MULTICAST_FLOOD
    BROADCAST_FLOOD = lib.VTEP_BRIDGE_PORT_FLAG_BROADCAST_FLOOD
    PROXY_ARP = lib.VTEP_BRIDGE_PORT_FLAG_PROXY_ARP
    """Answer ARP for what is behind other ports."""
    PROXY_ARP_WIFI = lib.VTEP_BRIDGE_PORT_FLAG_PROXY_ARP_WIFI
    """The same, and in no other way."""
    NEIGHBOUR_SUPPRESSION = lib.VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_SUPPRESSION
    """Answer ARP and ND from the neighbour table, send none to it."""
    NEIGHBOUR_VLAN_SUPPRESSION = lib.VTEP_BRIDGE_PORT_FLAG_NEIGHBOUR_VLAN_SUPPRESSION
    """Let each VLAN say so for itself."""
    ISOLATED = lib.VTEP_BRIDGE_PORT_FLAG_ISOLATED
    """No traffic to other isolated ports."""
    LOCKED = lib.VTEP_BRIDGE_PORT_FLAG_LOCKED
    """Take frames only from addresses with an FDB entry here."""
    MAB = lib.VTEP_BRIDGE_PORT_FLAG_MAB
    """MAC authentication bypass; with LOCKED."""
    VLAN_TUNNEL = lib.VTEP_BRIDGE_PORT_FLAG_VLAN_TUNNEL
    """Translate VLANs to tunnel ids: for an external VXLAN device."""
    MULTICAST_TO_UNICAST = lib.VTEP_BRIDGE_PORT_FLAG_MULTICAST_TO_UNICAST
    """Send multicast as unicast to each member."""


@record("vtep_bridge_port")
@dataclass(frozen=True, slots=True, kw_only=True)
class BridgePort(Record):
    """What being a bridge port adds to a link (``bridge -d link``). ``None``: this kernel lacks it."""

    flags: BridgePortFlags
    state: PortState
    cost: int
    """Path cost."""
    priority: int
    multicast_router: MulticastRouter
    maximum_groups: int | None
    """The most groups behind it; 0: no limit."""
    tracked_hosts_limit: int | None
    """The most hosts behind it that are tracked per group."""
    group_forward_mask: int
    """See :class:`Bridge`."""
    backup_port_index: int | None
    """The port that takes over while this one is down."""
    backup_nexthop_id: int
    """Goes along with what is redirected there; 0: none."""


@record("vtep_bridge_port_status")
@dataclass(frozen=True, slots=True, kw_only=True)
class BridgePortStatus(Record):
    """What changes about a bridge port by itself. Timers are hundredths of a second until they fire."""

    port_id: int
    """Priority and number."""
    number: int
    """Unique within the bridge."""
    designated_root: BridgeID
    designated_bridge: BridgeID
    designated_port: int
    designated_cost: int
    groups: int | None
    """How many groups it knows behind it."""
    tracked_hosts: int | None
    """How many hosts behind it are tracked."""
    topology_change_acknowledged: bool
    configuration_pending: bool
    ring_open: bool
    """Media redundancy (IEC 62439-2): the ring has lost its continuity."""
    interconnection_open: bool
    message_age_timer: int
    forward_delay_timer: int
    hold_timer: int


class BridgeOptions(TypedDict, total=False):
    """How a bridge is to be. What is left out, or ``None``, is the kernel's choice or, in a change, left as it is. Times are
    hundredths of a second. The truth values are the members of :class:`BridgeFlags`."""

    forward_delay: int | None
    """200...3000 while the spanning tree runs; kernel's: 1500."""
    hello_time: int | None
    """100...1000; kernel's: 200."""
    maximum_age: int | None
    """600...4000; kernel's: 2000."""
    ageing_time: int | None
    """Until a learnt FDB entry goes; 0: like a hub; kernel's: 30000."""
    priority: int | None
    """0...65535; kernel's: 32768."""
    group_forward_mask: int | None
    """As in :class:`Bridge`, without the bits 0, 1 and 2; kernel's: 0."""
    group_address: MACLike | None
    """01:80:c2:00:00:0X, X not 1, 2 or 3."""
    maximum_learned: int | None
    """The most FDB entries it learns; kernel's: 0, no limit."""
    vlan_protocol: VLANProtocol | None
    """Kernel's: 802.1Q."""
    default_pvid: int | None
    """0...4094; 0: none; kernel's: 1."""
    multicast_router: MulticastRouter | None
    multicast_hash_maximum: int | None
    """The most groups it knows; kernel's: 4096."""
    multicast_last_member_count: int | None
    multicast_startup_query_count: int | None
    multicast_last_member_interval: int | None
    multicast_membership_interval: int | None
    multicast_querier_interval: int | None
    multicast_query_interval: int | None
    """From 100 on."""
    multicast_query_response_interval: int | None
    multicast_startup_query_interval: int | None
    """From 100 on."""
    igmp_version: int | None
    """2 or 3; kernel's: 2."""
    mld_version: int | None
    """1 or 2; kernel's: 1."""
    mtu: int | None
    """Bytes, 68...65535."""
    mac: MACLike | None
    """A unicast address."""
    up: bool
    """Set it up in the same request."""
    stp: bool | None
    no_link_local_learning: bool | None
    vlan_filtering: bool | None
    vlan_statistics: bool | None
    vlan_statistics_per_port: bool | None
    multicast_vlan_snooping: bool | None
    multiple_spanning_trees: bool | None
    local_entries_in_vlan_0: bool | None
    multicast_snooping: bool | None
    multicast_query_uses_address: bool | None
    multicast_querier: bool | None
    multicast_statistics: bool | None
    offload_failure_notifications: bool | None
    calls_iptables: bool | None
    calls_ip6tables: bool | None
    calls_arptables: bool | None


BRIDGE_OPTIONS = OptionStruct("vtep_bridge_options", required=("name",), flags="VTEP_BRIDGE_FLAG_")


class BridgePortOptions(TypedDict, total=False):
    """What to change about a bridge port. What is left out, or ``None``, stays as it is. The truth values are the members of
    :class:`BridgePortFlags`."""

    backup_port: str | None
    """The port that takes over while this one is down; "": none."""
    state: PortState | None
    """Only while the kernel runs no spanning tree."""
    cost: int | None
    """1...65535."""
    priority: int | None
    """0...63."""
    multicast_router: MulticastRouter | None
    maximum_groups: int | None
    """The most groups behind it; 0: no limit."""
    tracked_hosts_limit: int | None
    """The most hosts behind it that are tracked per group."""
    group_forward_mask: int | None
    """As in :class:`Bridge`, without the bits 0, 1 and 2."""
    backup_nexthop_id: int | None
    """An FDB nexthop group; 0: none."""
    hairpin: bool | None
    bpdu_guard: bool | None
    root_block: bool | None
    fast_leave: bool | None
    learning: bool | None
    unicast_flood: bool | None
    multicast_flood: bool | None
    broadcast_flood: bool | None
    proxy_arp: bool | None
    proxy_arp_wifi: bool | None
    neighbour_suppression: bool | None
    neighbour_vlan_suppression: bool | None
    isolated: bool | None
    locked: bool | None
    mab: bool | None
    vlan_tunnel: bool | None
    multicast_to_unicast: bool | None


BRIDGE_PORT_OPTIONS = OptionStruct("vtep_bridge_port_options", required=("name",), flags="VTEP_BRIDGE_PORT_FLAG_")


class BridgeOperations(LinkOperations):
    """Making, changing and deleting bridges, and reading and changing them and their ports."""

    def create_bridge(self, name: str, **options: Unpack[BridgeOptions]) -> Link:
        """Makes a bridge: ``ip link add NAME type bridge``, ``brctl addbr``.

        :returns: the link as the kernel then describes it.
        :raises Exists: the name is taken, saying by what.
        """
        keep: list[Any] = []
        struct = BRIDGE_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_bridge_create, struct)

    def change_bridge(self, name: str, **options: Unpack[BridgeOptions]) -> Link:
        """Changes a bridge: ``ip link set NAME type bridge ...``.

        :returns: the link as the kernel then describes it.
        :raises Foreign: the link is no bridge.
        :raises NotSupported: an option that this kernel lacks.
        """
        keep: list[Any] = []
        struct = BRIDGE_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_bridge_change, struct)

    def bridge_status(self, name: str) -> BridgeStatus:
        """What changes about a bridge by itself.

        :raises Foreign: the link is no bridge.
        """
        return self._read(BridgeStatus, lib.vtep_host_bridge_status, c_string(name, "name"))

    def flush_bridge(self, name: str) -> None:
        """Drops all FDB entries that a bridge has learnt: ``ip link set NAME type bridge fdb_flush``.

        :raises Foreign: the link is no bridge.
        """
        self._call(lib.vtep_host_bridge_flush, c_string(name, "name"))

    def change_bridge_port(self, name: str, **options: Unpack[BridgePortOptions]) -> Link:
        """Changes a bridge port: ``bridge link set dev NAME ...``.

        :returns: the link as the kernel then describes it.
        :raises Foreign: the link is no bridge port.
        :raises Busy: a state, while the kernel's spanning tree decides it.
        :raises NotSupported: an option that this kernel lacks.
        """
        keep: list[Any] = []
        struct = BRIDGE_PORT_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_bridge_port_change, struct)

    def bridge_port_status(self, name: str) -> BridgePortStatus:
        """What changes about a bridge port by itself.

        :raises Foreign: the link is no bridge port.
        """
        return self._read(BridgePortStatus, lib.vtep_host_bridge_port_status, c_string(name, "name"))

    def flush_bridge_port(self, name: str) -> None:
        """Drops all FDB entries that were learnt at a port: ``ip link set NAME type bridge_slave fdb_flush``.

        :raises Foreign: the link is no bridge port.
        """
        self._call(lib.vtep_host_bridge_port_flush, c_string(name, "name"))

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
