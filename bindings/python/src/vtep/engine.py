"""The forwarding engine: a VXLAN tunnel endpoint without sockets, clock or threads.

Frames from ports become VXLAN datagrams for remotes or frames for other ports, and datagrams become frames again. The
caller receives and sends; ``now`` is milliseconds since whatever moment the caller chose, and never runs backwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vtep._call import call, out_of_range
from vtep._handle import Handle, new_handle
from vtep._layout import Layout
from vtep._library import NULL, ffi, lib
from vtep._options import OptionStruct
from vtep.batch import Batch, DatagramArray, FrameArray, check_status
from vtep.engine_values import (
    EngineEvent,
    EngineFDBEntry,
    EngineOptions,
    EnginePortOptions,
    EngineRemote,
    VNIPolicy,
)
from vtep.errors import NotFound
from vtep.ip import IPLike, ip_bytes, struct_pointer
from vtep.mac import MAC, MACLike, from_octets

if TYPE_CHECKING:
    from typing_extensions import Unpack

ENGINE_OPTIONS = OptionStruct("vtep_engine_options", bits="VTEP_ENGINE_HAS_")
VNI_POLICY = OptionStruct("vtep_vni_policy", bits="VTEP_POLICY_HAS_")
ENGINE_PORT_OPTIONS = OptionStruct("vtep_engine_port_options", bits="VTEP_ENGINE_PORT_HAS_")


class Engine(Handle):
    """A forwarding engine. It does no I/O; its tables are allocated once.

    >>> engine = Engine()
    >>> engine.add_vni(120)
    >>> port = engine.add_port(120)
    >>> engine.add_default_remote(120, EngineRemote(address="192.168.50.29"))
    >>> with Batch() as batch:
    ...     engine.encapsulate([b"\\xff" * 6 + b"\\x02" + bytes(53)], port=port, now=0, batch=batch)
    ...     [str(sent.remote) for sent in batch.transmissions()]
    1
    ['192.168.50.29']
    >>> engine.close()
    """

    _end = "vtep_engine_free"

    def __init__(self, **options: Unpack[EngineOptions]) -> None:
        """Makes an engine without VNIs."""
        keep: list[Any] = []
        out = new_handle("vtep_engine")
        call(lib.vtep_engine_new, ENGINE_OPTIONS.build(options, keep), out)
        super().__init__(out[0])

    # --- VNIs and ports

    def add_vni(self, vni: int, **policy: Unpack[VNIPolicy]) -> None:
        """Begins to forward for a VNI, 0...16777215.

        :raises Exists: it does already.
        :raises NoSpace: the engine was made for fewer.
        """
        self._call(lib.vtep_engine_vni_add, vni, VNI_POLICY.build(policy, []))

    def set_policy(self, vni: int, **policy: Unpack[VNIPolicy]) -> None:
        """Changes how a VNI is handled; what was learnt stays. What is left out is as in a new VNI."""
        self._call(lib.vtep_engine_vni_set_policy, vni, VNI_POLICY.build(policy, []))

    def remove_vni(self, vni: int) -> None:
        """Ends a VNI with its ports, FDB entries, bindings, remotes and counters."""
        self._call(lib.vtep_engine_vni_remove, vni)

    def add_port(self, vni: int, **options: Unpack[EnginePortOptions]) -> int:
        """Makes a port of a VNI, and returns its number."""
        port = ffi.new("uint32_t *")
        self._call(lib.vtep_engine_port_add, vni, ENGINE_PORT_OPTIONS.build(options, []), port)
        return int(port[0])

    def configure_port(self, port: int, **options: Unpack[EnginePortOptions]) -> None:
        """Changes a port from the next frame on."""
        self._call(lib.vtep_engine_port_configure, port, ENGINE_PORT_OPTIONS.build(options, []))

    def remove_port(self, port: int) -> None:
        """Removes a port and the FDB entries that point to it."""
        self._call(lib.vtep_engine_port_remove, port)

    # --- peers and remotes

    def add_peer(self, peer: IPLike) -> None:
        """Lets datagrams from an address pass, in every VNI. Remotes of FDB entries and default remotes pass without."""
        self._call(lib.vtep_engine_peer_add, struct_pointer("vtep_ip", ip_bytes(peer)))

    def remove_peer(self, peer: IPLike) -> None:
        """Takes that back."""
        self._call(lib.vtep_engine_peer_remove, struct_pointer("vtep_ip", ip_bytes(peer)))

    def add_default_remote(self, vni: int, remote: EngineRemote) -> None:
        """Adds a remote that frames to groups, to everyone and to unknown stations go to."""
        self._call(lib.vtep_engine_default_remote_add, vni, EngineRemote._layout.pointer(remote, []))

    def remove_default_remote(self, vni: int, remote: EngineRemote) -> None:
        """Takes that back, given the same remote."""
        self._call(lib.vtep_engine_default_remote_remove, vni, EngineRemote._layout.pointer(remote, []))

    def set_path_mtu(self, remote: IPLike, mtu: int) -> None:
        """Notes the path MTU to a remote as the underlay found it: the outer IP packet's largest length; 0: unknown."""
        self._call(lib.vtep_engine_path_mtu_set, struct_pointer("vtep_ip", ip_bytes(remote)), mtu)

    # --- FDB and bindings

    def set_fdb(self, entry: EngineFDBEntry, now: int) -> None:
        """Puts an entry in; it replaces one of the same VNI and address, with all its remotes."""
        self._call(lib.vtep_engine_fdb_set, EngineFDBEntry._layout.pointer(entry, []), now)

    def append_fdb(self, entry: EngineFDBEntry, now: int) -> None:
        """Adds one more remote to an entry, or makes the entry: frames go to each of them. Not for learnt entries."""
        self._call(lib.vtep_engine_fdb_append, EngineFDBEntry._layout.pointer(entry, []), now)

    def remove_fdb(self, vni: int, mac: MACLike) -> None:
        """Takes an entry out, with all its remotes."""
        self._call(lib.vtep_engine_fdb_remove, vni, struct_pointer("vtep_mac", MAC(mac).packed))

    def flush_fdb(self, vni: int) -> None:
        """Takes out all entries of a VNI that were learnt."""
        self._call(lib.vtep_engine_fdb_flush, vni)

    @property
    def fdb_count(self) -> int:
        """How many entries there are, of all VNIs together."""
        return int(self._ask(lib.vtep_engine_fdb_count))

    def fdb(self, vni: int, now: int) -> list[EngineFDBEntry]:
        """A VNI's entries, one element for each remote, in no particular order."""
        return read_fdb(self, lib.vtep_engine_fdb, vni, now)

    def set_binding(self, vni: int, address: IPLike, mac: MACLike, router: bool = False) -> None:
        """Says which station has an IP address; it replaces one of the same address."""
        station = struct_pointer("vtep_mac", MAC(mac).packed)
        self._call(lib.vtep_engine_binding_set, vni, struct_pointer("vtep_ip", ip_bytes(address)), station, int(router))

    def binding(self, vni: int, address: IPLike) -> MAC:
        """The station that has an IP address, set or learnt.

        :raises NotFound: none is known.
        """
        mac = ffi.new("vtep_mac *")
        self._call(lib.vtep_engine_binding_get, vni, struct_pointer("vtep_ip", ip_bytes(address)), mac)
        return from_octets(bytes(ffi.buffer(mac)))

    def remove_binding(self, vni: int, address: IPLike) -> None:
        """Takes a binding out, set or learnt."""
        self._call(lib.vtep_engine_binding_remove, vni, struct_pointer("vtep_ip", ip_bytes(address)))

    # --- the data path

    def encapsulate(self, frames: FrameArray.Like, *, port: int, now: int, batch: Batch, start: int = 0) -> int:
        """Forwards frames from a port; what comes of them is added to the batch.

        :param start: how many of the frames to pass over: those that were taken before.
        :returns: how many were taken: fewer than there are if the batch is full. Then send it, clear it, and call again
            with the rest. A frame that is dropped is taken, and counted.
        """
        array = frames if isinstance(frames, FrameArray) else FrameArray(frames)
        return self._forward(lib.vtep_engine_encapsulate, array, start, batch, (port,), now)

    def decapsulate(self, datagrams: DatagramArray.Like, *, now: int, batch: Batch, start: int = 0) -> int:
        """Checks datagrams from the underlay, learns from them and gives their frames to ports; as
        :meth:`encapsulate`."""
        array = datagrams if isinstance(datagrams, DatagramArray) else DatagramArray(datagrams)
        return self._forward(lib.vtep_engine_decapsulate, array, start, batch, (), now)

    def _forward(
        self, function: Any, array: FrameArray | DatagramArray, start: int, batch: Batch, port: tuple[int, ...], now: int
    ) -> int:
        if not 0 <= start <= len(array):
            raise IndexError(f"start {start} of {len(array)}")
        taken = ffi.new("uint32_t *")
        with self._lock, batch._lock:
            engine, into = self._live(), batch._live()
            batch._hold(array)
            try:
                status = function(engine, array.pointer + start, len(array) - start, *port, now, into, taken)
            except OverflowError as error:
                raise out_of_range(error) from None
        check_status(status)
        return int(taken[0])

    def advance(self, now: int) -> None:
        """Lets time pass: what was idle too long goes. Call it some ten times a second; without it nothing ages."""
        with self._lock:
            try:
                lib.vtep_engine_advance(self._live(), now)
            except OverflowError as error:
                raise out_of_range(error) from None

    # --- what happened

    def counters(self, vni: int | None = None) -> dict[str, int]:
        """What was counted, by name, over all VNIs or for one."""
        if vni is None:
            return counters_by_name(self, lib.vtep_engine_counters)
        return counters_by_name(self, lib.vtep_engine_vni_counters, vni)

    def next_event(self) -> EngineEvent | None:
        """Takes out the oldest event that waits."""
        layout: Layout[EngineEvent] = EngineEvent._layout
        out = layout.new()
        try:
            self._call(lib.vtep_engine_event_next, out)
        except NotFound:
            return None
        return layout.from_struct(out)

    def events(self) -> Iterator[EngineEvent]:
        """Takes out the events that wait, the oldest first."""
        return iter(self.next_event, None)


def read_fdb(handle: Handle, function: Any, *arguments: Any) -> list[EngineFDBEntry]:
    """The entries of an engine's FDB, which a function of an engine or an endpoint lists."""
    out = new_handle("vtep_engine_fdb_list")
    handle._call(function, *arguments, out)
    layout: Layout[EngineFDBEntry] = EngineFDBEntry._layout
    try:
        count, one = int(lib.vtep_engine_fdb_list_count(out[0])), layout.new()
        read = []
        for place in range(count):
            call(lib.vtep_engine_fdb_list_get, out[0], place, one)
            read.append(layout.from_struct(one))
        return read
    finally:
        lib.vtep_engine_fdb_list_free(out[0])


def counters_by_name(handle: Handle, function: Any, *arguments: Any) -> dict[str, int]:
    """What a function of an engine or an endpoint counted."""
    count = int(lib.vtep_engine_counter_count())
    values = ffi.new("uint64_t[]", count)
    handle._call(function, *arguments, values, count)
    names = [lib.vtep_engine_counter_name(place) for place in range(count)]
    return dict(zip([ffi.string(name).decode() for name in names if name != NULL], list(values)))
