"""The engine's data path: frames and datagrams in, transmissions and deliveries out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Any, TypeVar, Union

from vtep._call import call
from vtep._enums import Flags, OpenEnum
from vtep._handle import Handle, new_handle
from vtep._layout import Layout, Record, beside, record
from vtep._library import ffi, lib
from vtep._native import gather
from vtep._options import OptionStruct
from vtep.array import RecordArray
from vtep.errors import KINDS, Error, status_text
from vtep.ip import IPLike, from_mapped, mapped_bytes
from vtep.mac import MACLike

R = TypeVar("R", bound=Record)

Buffer = Union[bytes, bytearray, memoryview]
"""Bytes in memory."""

# Room before a frame for the VXLAN header, so that it needs no slice of its own.
_HEADROOM = 8


def check_status(status: int) -> None:
    """Raises what a call without an error struct reports."""
    if status:
        raise KINDS.get(status, Error)(status_text(status), code=status)


class TransmissionFlags(Flags):
    """How a transmission is to be sent."""

    DONT_FRAGMENT = lib.VTEP_TRANSMISSION_DONT_FRAGMENT
    ZERO_CHECKSUM = lib.VTEP_TRANSMISSION_ZERO_CHECKSUM


class OuterChecksum(OpenEnum):
    """The UDP checksum of outer headers."""

    ZERO = lib.VTEP_OUTER_CHECKSUM_ZERO
    COMPLETE = lib.VTEP_OUTER_CHECKSUM_COMPLETE
    PARTIAL = lib.VTEP_OUTER_CHECKSUM_PARTIAL
    """The pseudo header's part, for a card to complete, as several datagrams need it."""


class OuterRead(Flags):
    """What is known of a packet whose outer headers are read."""

    ETHERNET = lib.VTEP_OUTER_READ_ETHERNET
    """It begins with an Ethernet header, not with IP."""
    VERIFIED = lib.VTEP_OUTER_READ_VERIFIED
    """Checksums were verified elsewhere."""
    ZERO_CHECKSUM6 = lib.VTEP_OUTER_READ_ZERO_CHECKSUM6
    """A UDP checksum over IPv6 may be 0 (RFC 6936)."""


@record("vtep_offload")
@dataclass(frozen=True, slots=True, kw_only=True)
class Offload(Record):
    """What is still to be done for a frame, meant as ``struct virtio_net_hdr`` (VIRTIO 1.2 section 5.1.6)."""

    flags: int = 0
    """1: the checksum is partial; 2: it was verified."""
    segmentation: int = 0
    """0: no superframe; 1: TCP/IPv4; 4: TCP/IPv6; 5: UDP; 0x80 beside 1 and 4: ECN."""
    header_length: int = 0
    """A hint that is never trusted."""
    segment_size: int = 0
    """Payload of each segment but the last."""
    checksum_start: int = 0
    checksum_offset: int = 0


@record("vtep_frame")
@dataclass(frozen=True, slots=True, kw_only=True)
class _FrameStruct(Record):
    data: int
    length: int
    headroom: int
    offload: Offload
    policy_id: int
    policy_bits: int


@record("vtep_datagram")
@dataclass(frozen=True, slots=True, kw_only=True)
class _DatagramStruct(Record):
    data: int
    length: int
    segment_size: int
    source_port: int
    source: bytes
    tos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame from a port: Ethernet, without frame check sequence."""

    data: Buffer
    offload: Offload = Offload()
    policy_id: int = 0
    """With GBP."""
    policy_bits: int = 0
    """With GBP: 0x80000 applied, 0x400000 don't learn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Datagram:
    """What a UDP socket received: a datagram or, with UDP_GRO, several behind each other. It begins with a VXLAN
    header."""

    data: Buffer
    source: IPLike
    """The sender's address."""
    source_port: int = 0
    """The sender's."""
    segment_size: int = 0
    """Of each datagram but the last; 0: there is one."""
    tos: int = 0
    """Outer TOS or traffic class."""


class _Array:
    """Structs for the engine, and the memory they point to."""

    def __init__(self, struct: str, pieces: list[Buffer], headroom: int) -> None:
        self._memory = bytearray(b"".join(bytes(headroom) + bytes(piece) for piece in pieces))
        self._view = ffi.from_buffer("char[]", self._memory, require_writable=True)
        start = int(ffi.cast("uintptr_t", self._view))
        self._addresses = []
        for piece in pieces:
            start += headroom
            self._addresses.append(start)
            start += len(piece)
        self.pointer = ffi.new(f"{struct}[]", len(pieces))

    def __len__(self) -> int:
        return len(self._addresses)

    def _fill(self, raw: bytes) -> None:
        ffi.memmove(self.pointer, raw, len(raw))


class FrameArray(_Array):
    """Frames that lie ready for the engine: passing them again costs nothing in Python. The engine writes to them, also
    where they are sent unchanged."""

    Like = Union["FrameArray", Iterable[Union[Frame, bytes, bytearray, memoryview]]]
    """What is taken where frames are wanted."""

    def __init__(self, frames: Iterable[Frame | Buffer]) -> None:
        """Copies the frames."""
        given = [frame if isinstance(frame, Frame) else Frame(data=frame) for frame in frames]
        super().__init__("vtep_frame", [frame.data for frame in given], _HEADROOM)
        layout: Layout[_FrameStruct] = _FrameStruct._layout
        structs = [
            _FrameStruct(
                data=address,
                length=len(frame.data),
                headroom=_HEADROOM,
                offload=frame.offload,
                policy_id=frame.policy_id,
                policy_bits=frame.policy_bits,
            )
            for frame, address in zip(given, self._addresses)
        ]
        self._fill(layout.to_buffer(structs, []))


class DatagramArray(_Array):
    """Datagrams that lie ready for the engine."""

    Like = Union["DatagramArray", Iterable[Datagram]]
    """What is taken where datagrams are wanted."""

    def __init__(self, datagrams: Iterable[Datagram]) -> None:
        """Copies the datagrams."""
        given = list(datagrams)
        super().__init__("vtep_datagram", [datagram.data for datagram in given], 0)
        layout: Layout[_DatagramStruct] = _DatagramStruct._layout
        structs = [
            _DatagramStruct(
                data=address,
                length=len(datagram.data),
                segment_size=datagram.segment_size,
                source_port=datagram.source_port,
                source=mapped_bytes(datagram.source),
                tos=datagram.tos,
            )
            for datagram, address in zip(given, self._addresses)
        ]
        self._fill(layout.to_buffer(structs, []))


@record("vtep_delivery")
@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Record):
    """A frame for a port."""

    port: int
    vni: int
    offload: Offload
    """Nothing that the port does not take."""
    policy_id: int
    """Group policy from the VXLAN header."""
    policy_bits: int
    """0x80000000: there is one; 0x80000 applied; 0x400000 don't learn."""
    length: int
    first_slice: int
    slice_count: int
    data: bytes = beside(b"")
    """The frame."""


@record("vtep_transmission")
@dataclass(frozen=True, slots=True, kw_only=True)
class Transmission(Record):
    """One send to the underlay: a datagram or, for UDP_SEGMENT, several."""

    remote: IPv4Address | IPv6Address
    port: int
    entropy_socket: int
    """Which of the sockets that send; frames of one flow have the same."""
    source_port: int
    """Of the first frame's flow, for whoever writes the outer headers."""
    segment_size: int
    """Of each datagram but the last; 0: there is one."""
    tos: int
    ttl: int
    """0: the default."""
    flags: TransmissionFlags
    length: int
    datagram_count: int
    remote_index: int
    """The remote's number in the engine, for as long as it is known."""
    first_slice: int
    slice_count: int
    data: bytes = beside(b"")
    """What to send; it begins with a VXLAN header."""


@record("vtep_slice")
@dataclass(frozen=True, slots=True, kw_only=True)
class _Slice(Record):
    data: int
    length: int


class Batch(Handle):
    """What calls of an engine produced: made once, used over and over. One thread at a time fills it."""

    _end = "vtep_batch_free"

    def __init__(self) -> None:
        """Makes an empty batch, of about 1 MB."""
        out = new_handle("vtep_batch")
        call(lib.vtep_batch_new, out)
        super().__init__(out[0])
        self._held: list[object] = []

    def _hold(self, array: object) -> None:
        """The batch points into the memory of what it was filled from."""
        if not any(held is array for held in self._held):
            self._held.append(array)

    def clear(self) -> None:
        """Forgets everything in it."""
        with self._lock:
            lib.vtep_batch_clear(self._live())
            self._held.clear()

    def close(self) -> None:
        """Ends the batch. A second time is nothing."""
        super().close()
        self._held = []

    def deliveries(self) -> list[Delivery]:
        """The frames for ports, copied."""
        return self._read(Delivery, "deliveries", "delivery_count")

    def transmissions(self) -> list[Transmission]:
        """The sends to the underlay, copied."""
        return self._read(Transmission, "transmissions", "transmission_count")

    def delivery_array(self) -> RecordArray[Delivery]:
        """The frames for ports as one buffer, without their bytes, which :meth:`pieces` has."""
        return self._array(Delivery, "deliveries", "delivery_count")

    def transmission_array(self) -> RecordArray[Transmission]:
        """The sends to the underlay as one buffer, without their bytes, which :meth:`pieces` has."""
        return self._array(Transmission, "transmissions", "transmission_count")

    def pieces(self, first_slice: int, slice_count: int) -> list[bytes]:
        """The bytes that a delivery or a transmission names, copied, as ``socket.sendmsg`` takes them.

        :raises IndexError: the batch has no such slices.
        """
        with self._lock:
            view = self._view()
            if not 0 <= first_slice <= first_slice + slice_count <= view.slice_count:
                raise IndexError(f"slices {first_slice} to {first_slice + slice_count} of {view.slice_count}")
            return [bytes(ffi.buffer(one.data, one.length)) for one in view.slices[first_slice : first_slice + slice_count]]

    def __len__(self) -> int:
        view = self._view()
        return int(view.delivery_count) + int(view.transmission_count)

    def _view(self) -> Any:
        view = ffi.new("vtep_batch_view *", {"size": ffi.sizeof("vtep_batch_view")})
        check_status(lib.vtep_batch_get(self._live(), view))
        return view

    def _array(self, kind: type[R], array: str, count: str) -> RecordArray[R]:
        made = RecordArray(kind)
        with self._lock:
            view = self._view()
            made._buffer = bytearray(ffi.buffer(getattr(view, array), getattr(view, count) * made.itemsize))
        return made

    def _read(self, kind: type[Any], array: str, count: str) -> list[Any]:
        layout: Layout[Any] = kind._layout
        with self._lock:
            view = self._view()
            number = getattr(view, count)
            if not number:
                return []
            slices = bytes(ffi.buffer(view.slices, view.slice_count * ffi.sizeof("vtep_slice")))
            read = layout.from_buffer(bytes(ffi.buffer(getattr(view, array), number * layout.size)))
            for one in read:
                object.__setattr__(one, "data", gather(slices, one.first_slice, one.slice_count))
        return read


OUTER_OPTIONS = OptionStruct("vtep_outer_options", bits="VTEP_OUTER_HAS_")


def write_outer(
    transmission: Transmission,
    *,
    local: IPLike,
    destination: MACLike | None = None,
    source: MACLike | None = None,
    checksum: OuterChecksum = OuterChecksum.COMPLETE,
    identification: int = 0,
) -> bytes:
    """The headers that go before a transmission's data: Ethernet (14 bytes, where its two addresses are given), IPv4 (20)
    or IPv6 (40), UDP (8).

    :raises InvalidArgument: the remote is of the other family; there are several datagrams and the checksum is not
        partial.
    """
    keep: list[Any] = []
    named = {"local": local, "destination": destination, "source": source, "checksum": checksum}
    struct = OUTER_OPTIONS.build(named, keep)
    if (destination is None) != (source is None):
        raise TypeError("an Ethernet header has a destination and a source")
    if destination is not None:
        struct.has |= lib.VTEP_OUTER_HAS_ETHERNET
    data = ffi.from_buffer("char[]", transmission.data)
    piece = ffi.new("vtep_slice *", {"data": ffi.cast("void *", data), "length": len(transmission.data)})
    sent = Transmission._layout.pointer(transmission, keep)
    sent.first_slice, sent.slice_count = 0, 1
    memory, written = ffi.new("char[]", 64), ffi.new("uint32_t *")
    check_status(lib.vtep_outer_write(struct, sent, piece, identification, memory, 64, written))
    return bytes(ffi.buffer(memory, written[0]))


def read_outer(packet: Buffer, *, port: int = 4789, flags: OuterRead = OuterRead(0)) -> Datagram:
    """Reads the headers before the VXLAN header of a packet. ``port``: the VTEP's UDP port.

    :raises Foreign: what is not UDP to this port.
    :raises ProtocolError: fragments, what is cut short, and wrong checksums.
    """
    memory = ffi.new("char[]", bytes(packet))
    layout: Layout[_DatagramStruct] = _DatagramStruct._layout
    out = layout.new()
    check_status(lib.vtep_outer_read(memory, len(packet), flags, port, out))
    read = layout.from_struct(out)
    return Datagram(
        data=bytes(ffi.buffer(ffi.cast("void *", read.data), read.length)),
        source=from_mapped(read.source),
        source_port=read.source_port,
        segment_size=read.segment_size,
        tos=read.tos,
    )

