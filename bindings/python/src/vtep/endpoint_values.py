"""What an endpoint is told and what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TypedDict

from vtep._enums import OpenEnum
from vtep._layout import Record, record
from vtep._library import lib
from vtep._namespace import Descriptor
from vtep.engine_values import Offloads
from vtep.ip import IPLike, PrefixLike
from vtep.mac import MACLike
from vtep.memory_port import MemoryPort


class UnderlayOptions(TypedDict, total=False):
    """The UDP side over one IP version. With nothing set: port 4789 on every local address."""

    device: str | None
    """The link that all traffic uses, and on which groups are joined; else by route."""
    local: IPLike | None
    """The address to send from and to receive on; else by route, and on every one, which a group needs."""
    port: int | None
    """1...65535; else 4789."""
    zero_checksum: bool
    """A VNI's policy may ask for zero UDP checksums, which cost throughput."""
    accept_zero6: bool
    """Zero UDP checksums over IPv6 are accepted (RFC 6935)."""
    no_segmentation: bool
    """No UDP_SEGMENT."""
    no_coalescing: bool
    """No UDP_GRO."""
    no_batches: bool
    """No sendmmsg and recvmmsg."""
    transmit_sockets: int | None
    """1...64 sockets that send, each with a source port of its own; else 16."""
    receive_sockets: int | None
    """1...16 sockets that receive; else 1."""
    source_ports: tuple[int, int] | None
    """Else 49152...65535."""
    socket_buffer: int | None
    """Bytes, of each socket; else 7 MB. The kernel may give less."""


class PortKind(OpenEnum):
    """What a port of an endpoint is, and which options it takes."""

    TAP = lib.VTEP_ENDPOINT_PORT_TAP
    """A TAP device, made where there is none: name, queues, mac, mtu, master, addresses, down."""
    TAP_FDS = lib.VTEP_ENDPOINT_PORT_TAP_FDS
    """Queues of one TAP device that somebody opened with IFF_NO_PI: fds."""
    STREAM = lib.VTEP_ENDPOINT_PORT_STREAM
    """A Unix stream socket in QEMU's framing: name, client."""
    STREAM_FD = lib.VTEP_ENDPOINT_PORT_STREAM_FD
    """A connected one: fds."""
    DATAGRAM = lib.VTEP_ENDPOINT_PORT_DATAGRAM
    """A Unix datagram socket in QEMU's framing: name, peer."""
    DATAGRAM_FD = lib.VTEP_ENDPOINT_PORT_DATAGRAM_FD
    """A connected datagram or seqpacket socket: fds."""
    PACKET = lib.VTEP_ENDPOINT_PORT_PACKET
    """A packet socket on an interface: name, not_promiscuous."""
    MEMORY = lib.VTEP_ENDPOINT_PORT_MEMORY
    """This program: memory."""


class EndpointPortOptions(TypedDict, total=False):
    """A port of an endpoint. Options of another kind of port are ignored."""

    name: str | PathLike[str] | None
    """TAP: 1...15 bytes, else the kernel picks; PACKET: the interface; STREAM, DATAGRAM: a path, in the abstract
    namespace where it begins with "@"."""
    peer: str | PathLike[str] | None
    """Where a DATAGRAM port sends to."""
    master: str | None
    """The bridge to be a port of."""
    addresses: Sequence[PrefixLike]
    """The interface's."""
    fds: Sequence[Descriptor]
    """The port takes them over; they stay the caller's where adding it fails."""
    memory: MemoryPort
    """In one endpoint at a time."""
    offloads: Offloads | None
    """What it may hand over and take unfinished, as far as it can; else everything."""
    queues: int | None
    """1...256; else 1."""
    mtu: int | None
    """Else the underlay's less the headers."""
    flood_limit: int
    flood_burst: int
    """As in :class:`EnginePortOptions`."""
    mac: MACLike | None
    """The TAP interface's; else as it is."""
    own_mac: MACLike | None
    """As ``mac`` of :class:`EnginePortOptions`; else the interface's if there is one."""
    down: bool
    """The TAP interface is not set up."""
    client: bool
    """Connects, again and again; else listens, for one peer at a time."""
    not_promiscuous: bool
    """Frames for other stations than the interface are not heard."""
    trusts_underlay: bool
    """As in :class:`EnginePortOptions`."""


@record("vtep_port_statistics")
@dataclass(frozen=True, slots=True, kw_only=True)
class PortStatistics(Record):
    """What a port refused, beside what the engine counts."""

    congested: int
    """Frames that its queue, or the peer's, had no room for."""
    oversized: int
    """Frames longer than it takes."""
    refused: int
    """Frames refused otherwise: the interface is down, nobody is connected."""
    violations: int
    """Breaches of QEMU's framing; the peer was disconnected."""
    connections: int
    """How often a peer connected."""


@record("vtep_underlay_statistics")
@dataclass(frozen=True, slots=True, kw_only=True)
class UnderlayStatistics(Record):
    """What happened at the underlay's sockets, beside what the engine counts."""

    messages_sent: int
    """Datagrams, or runs of them."""
    messages_received: int
    congested: int
    """Datagrams that there was no room for."""
    oversized: int
    """Datagrams longer than the path takes."""
    refused: int
    """Datagrams refused otherwise: no route, a firewall."""
    other_family: int
    """Datagrams to remotes without an underlay."""
    truncated: int
    """Datagrams longer than any can be."""
    overrun: int
    """Datagrams that found the receive buffer full."""
    segmentation_failures: int
    """Runs that the kernel would not split."""
