"""What an engine is told and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TypedDict

from vtep._enums import Flags, OpenEnum
from vtep._layout import Record, record
from vtep._library import lib
from vtep.mac import MAC, MACLike


class Dialect(OpenEnum):
    """What the VXLAN header may hold besides the VNI."""

    PLAIN = lib.VTEP_DIALECT_PLAIN
    GBP = lib.VTEP_DIALECT_GBP
    GPE = lib.VTEP_DIALECT_GPE


class ReservedBits(OpenEnum):
    """Reserved bits that are not 0."""

    REFUSE = lib.VTEP_RESERVED_BITS_REFUSE
    IGNORE = lib.VTEP_RESERVED_BITS_IGNORE


class InnerVLAN(OpenEnum):
    """Frames with a VLAN tag."""

    PASS = lib.VTEP_INNER_VLAN_PASS
    DROP = lib.VTEP_INNER_VLAN_DROP


class UnknownUnicast(OpenEnum):
    """Unicast frames whose destination is not known."""

    FLOOD = lib.VTEP_UNKNOWN_UNICAST_FLOOD
    DROP = lib.VTEP_UNKNOWN_UNICAST_DROP


class OuterDF(OpenEnum):
    """The outer DF flag."""

    CLEAR = lib.VTEP_DF_CLEAR
    SET = lib.VTEP_DF_SET
    INHERIT = lib.VTEP_DF_INHERIT


class Oversized(OpenEnum):
    """Frames that are longer than the underlay takes."""

    ANSWER = lib.VTEP_OVERSIZED_ANSWER
    """Answered with ICMP and dropped."""
    DROP = lib.VTEP_OVERSIZED_DROP
    SEND = lib.VTEP_OVERSIZED_SEND


class Neighbours(OpenEnum):
    """ARP and ND requests."""

    FLOOD = lib.VTEP_NEIGHBOURS_FLOOD
    SUPPRESS = lib.VTEP_NEIGHBOURS_SUPPRESS
    """Answered where the answer is known, else flooded."""
    PROXY = lib.VTEP_NEIGHBOURS_PROXY
    """Answered or dropped."""


class Offloads(Flags):
    """What a port takes, so that the engine need not do it. Superframes need CHECKSUM, too."""

    CHECKSUM = lib.VTEP_OFFLOAD_CHECKSUM
    TCP4 = lib.VTEP_OFFLOAD_TCP4
    TCP6 = lib.VTEP_OFFLOAD_TCP6
    UDP = lib.VTEP_OFFLOAD_UDP
    ECN = lib.VTEP_OFFLOAD_ECN


class EngineFDBKind(OpenEnum):
    """Where an entry of the engine's FDB is from."""

    LEARNT = lib.VTEP_ENGINE_FDB_LEARNT
    """Learnt, or to be treated so: it ages and moves."""
    PERMANENT = lib.VTEP_ENGINE_FDB_PERMANENT
    EXTERNAL = lib.VTEP_ENGINE_FDB_EXTERNAL
    """From a control plane; like a configured one."""


class EngineEventKind(OpenEnum):
    """What happened to the FDB, or what it lacks."""

    DESTINATION_MISS = lib.VTEP_ENGINE_EVENT_DESTINATION_MISS
    """A unicast frame had nowhere to go."""
    NEIGHBOUR_MISS = lib.VTEP_ENGINE_EVENT_NEIGHBOUR_MISS
    """A proxy was asked for an address that no binding knows."""
    LEARNT = lib.VTEP_ENGINE_EVENT_LEARNT
    MOVED = lib.VTEP_ENGINE_EVENT_MOVED
    AGED = lib.VTEP_ENGINE_EVENT_AGED
    MOVE_REFUSED = lib.VTEP_ENGINE_EVENT_MOVE_REFUSED
    """From a static entry, or more often than ``move_limit`` lets it."""


class EngineOptions(TypedDict, total=False):
    """What an engine is made with. Its tables are allocated once, of these sizes."""

    seed: tuple[int, int] | None
    """Key of the hash tables; else random."""
    maximum_fdb_entries: int | None
    """1...16777216, of all VNIs together; else 65536."""
    maximum_remotes: int | None
    """1...1048576; else 4096."""
    maximum_vnis: int | None
    """1...65534; else 4096."""
    maximum_ports: int | None
    """1...65535; else 1024."""
    maximum_bindings: int | None
    """0...16777216 ARP and ND bindings; else 16384."""
    entropy_sockets: int | None
    """1...65535 sockets that send, each with a source port of its own; else 16."""
    source_ports: tuple[int, int] | None
    """What transmissions' ``source_port`` is within; else 49152...65535."""
    maximum_segments: int | None
    """1...1024 datagrams in one transmission; else 64. 1: no gathering."""
    maximum_transmission: int | None
    """1...65507 bytes of one transmission; else 65487."""
    maximum_events: int | None
    """0...65536 events that wait to be read; else 1024."""
    events_per_second: int | None
    """0...1000000 in the long run; else 1000."""


class VNIPolicy(TypedDict, total=False):
    """How one VNI is handled. What is left out is as the kernel's VXLAN device does it, except that peers are an
    allow-list."""

    destination_port: int | None
    """1...65535: of remotes that name no other; else 4789."""
    ageing: int | None
    """Seconds, 0...864000; 0: never; else 300."""
    learning_limit: int | None
    """How many entries may be learnt; else no limit."""
    learning_limit_per_remote: int | None
    """How many from one remote; else no limit."""
    move_limit: int | None
    """0...255 moves of one address in ``move_period``; 0: no limit; else 5."""
    move_period: int | None
    """Seconds, 1...255; else 10."""
    ttl: int | None
    """1...255; else the route's default, and 1 for groups."""
    tos: int | None
    """0...255; else 0. The ECN bits follow RFC 6040."""
    learning: bool | None
    """Else yes."""
    accepts_unknown_remotes: bool
    """Datagrams from addresses pass that are not configured."""
    ttl_inherit: bool
    """The inner packet's TTL; not together with ``ttl``."""
    tos_inherit: bool
    """The inner packet's TOS; not together with ``tos``."""
    zero_checksum: bool
    """Outer UDP checksums are 0."""
    learns_bindings: bool
    """ARP and ND bindings are learnt from traffic."""
    route_short_circuit: bool
    """IP frames for a router's entry go straight to a known neighbour."""
    dialect: Dialect
    reserved_bits: ReservedBits
    inner_vlan: InnerVLAN
    unknown_unicast: UnknownUnicast
    dont_fragment: OuterDF
    oversized: Oversized
    neighbours: Neighbours


class EnginePortOptions(TypedDict, total=False):
    """What the engine needs to know of a port."""

    offloads: Offloads
    flood_limit: int
    """Frames per second to groups, to everyone and to unknown stations; 0: no limit."""
    flood_burst: int
    """How many at once; 0: as many as in one second."""
    mac: MACLike | None
    """The port's own address: frames from the underlay that claim to be from it are dropped."""
    trusts_underlay: bool
    """Superframes are made without verifying the segments' checksums."""


@record("vtep_engine_remote", bits="VTEP_REMOTE_HAS_")
@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRemote(Record):
    """A VTEP, or a group, that frames are sent to."""

    address: IPv4Address | IPv6Address
    port: int | None = None
    """1...65535; else the VNI's."""
    send_vni: int | None = None
    """The VNI to send with; else the same one."""


@record("vtep_engine_fdb_entry", bits="VTEP_ENGINE_FDB_HAS_")
@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFDBEntry(Record):
    """Where a station is: behind a port, or behind a remote."""

    vni: int
    mac: MAC
    port: int | None = None
    """The engine's number of the port; then there is no remote."""
    remote: IPv4Address | IPv6Address | None = None
    remote_port: int | None = None
    """1...65535; else the VNI's."""
    send_vni: int | None = None
    """The VNI to send with; else the entry's."""
    kind: EngineFDBKind = EngineFDBKind.LEARNT
    sticky: bool = False
    """It does not move."""
    router: bool = False
    """See ``route_short_circuit`` of :class:`VNIPolicy`."""
    idle: int = 0
    """Read only: milliseconds since the last frame."""


@record("vtep_engine_event", bits="VTEP_ENGINE_EVENT_HAS_")
@dataclass(frozen=True, slots=True, kw_only=True)
class EngineEvent(Record):
    """Something that happened to the FDB, or what it lacks."""

    time: int
    """The ``now`` of the call that it happened in."""
    kind: EngineEventKind
    vni: int
    mac: MAC
    """Zero with NEIGHBOUR_MISS."""
    port: int | None
    """Where the station is, if behind a port."""
    remote: IPv4Address | IPv6Address | None
    """Or behind a remote."""
    other_port: int | None
    """Where it was (moved), or wanted to go (refused), if behind a port."""
    other_remote: IPv4Address | IPv6Address | None
    """Or behind a remote."""
    address: IPv4Address | IPv6Address | None
    """With NEIGHBOUR_MISS: what was asked for."""
