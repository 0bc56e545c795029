"""A VTEP in this program: an engine between ports and UDP sockets, without the kernel's VXLAN device."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vtep._call import call, milliseconds, out_of_range
from vtep._handle import Handle, new_handle
from vtep._layout import Layout, R
from vtep._library import NULL, ffi, lib
from vtep._namespace import Descriptor, descriptor
from vtep._options import OptionStruct
from vtep._readable import wake
from vtep.capture import Capture
from vtep.endpoint_values import EndpointPortOptions, PortKind, PortStatistics, UnderlayOptions, UnderlayStatistics
from vtep.engine import ENGINE_OPTIONS, VNI_POLICY, counters_by_name, read_fdb
from vtep.engine_values import EngineEvent, EngineFDBEntry, EngineOptions, EngineRemote, VNIPolicy
from vtep.errors import NotFound, from_struct, new_error_struct
from vtep.ip import IPLike, ip_bytes, prefix_bytes, struct_pointer
from vtep.mac import MAC, MACLike, from_octets
from vtep.memory_port import MemoryPort

if TYPE_CHECKING:
    import asyncio
    from os import PathLike

    from typing_extensions import Unpack

UNDERLAY_OPTIONS = OptionStruct("vtep_underlay_options", bits="VTEP_UNDERLAY_HAS_")
ENDPOINT_OPTIONS = OptionStruct("vtep_endpoint_options", bits="VTEP_ENDPOINT_HAS_")
ENDPOINT_PORT_OPTIONS = OptionStruct("vtep_endpoint_port_options", bits="VTEP_ENDPOINT_PORT_HAS_", required=("kind",))

# How often a worker must look after its tables, in seconds.
_TICK = 0.5


class Endpoint(Handle):
    """A running VTEP. On the wire it is interchangeable with the kernel's.

    Who may send: default remotes, remotes of FDB entries, and peers. Datagrams from others are dropped, unless the VNI's
    policy has ``accepts_unknown_remotes``. VXLAN has no authentication: run it over IPsec or WireGuard where that counts.

    Any thread may call anything at any time. Frames move in :meth:`run`, in :meth:`serve`, or after :meth:`start`.

    >>> with Endpoint() as endpoint:                                      # doctest: +SKIP
    ...     endpoint.add_vni(120)
    ...     endpoint.add_default_remote(120, EngineRemote(address="192.168.50.29"))
    ...     endpoint.add_port(120, PortKind.TAP, name="tap0", addresses=["10.16.0.1/24"])
    ...     endpoint.run()
    """

    _end = "vtep_endpoint_free"

    def __init__(
        self,
        *,
        ipv4: UnderlayOptions | None = None,
        ipv6: UnderlayOptions | None = None,
        engine: EngineOptions | None = None,
        netns: str | PathLike[str] | None = None,
        netns_fd: Descriptor | None = None,
        workers: int | None = None,
        busy_poll: int | None = None,
    ) -> None:
        """Opens the underlay's sockets. Nothing is received before it runs.

        :param ipv4: the underlay over IPv4; ``{}`` for the defaults. With neither this nor ``ipv6``, it is IPv4's.
        :param engine: sizes of its tables.
        :param netns: the network namespace of sockets, TAPs and interfaces, by path, or as ``netns_fd``.
        :param workers: 1...64 threads that may run it at once; else 1.
        :param busy_poll: for how many microseconds a worker in :meth:`run` that had something to do looks for more before
            it sleeps, 0...10000; else 0, never. It costs processor time: as much for each burst of frames.
        :raises Busy: the UDP port is taken, by a VXLAN device for example.
        """
        keep: list[Any] = []
        if ipv4 is None and ipv6 is None:
            ipv4 = {}
        options = {
            "ipv4": None if ipv4 is None else UNDERLAY_OPTIONS.build(ipv4, keep),
            "ipv6": None if ipv6 is None else UNDERLAY_OPTIONS.build(ipv6, keep),
            "engine": None if engine is None else ENGINE_OPTIONS.build(engine, keep),
            "netns": netns,
            "netns_fd": None if netns_fd is None else descriptor(netns_fd),
            "workers": workers,
            "busy_poll": busy_poll,
        }
        out = new_handle("vtep_endpoint")
        call(lib.vtep_endpoint_new, ENDPOINT_OPTIONS.build(options, keep), out)
        super().__init__(out[0])
        self._idle = threading.Condition(self._lock)
        self._callers: dict[int, int] = {}
        self._memory_ports: dict[int, MemoryPort] = {}

    # --- calls: many at once, but none while it is freed

    def _call(self, function: Any, *arguments: Any) -> None:
        pointer, err = self._enter(), new_error_struct()
        try:
            status = function(pointer, *arguments, err)
        except OverflowError as error:
            raise out_of_range(error) from None
        finally:
            self._leave()
        if status:
            raise from_struct(err)

    def _enter(self) -> Any:
        me = threading.get_ident()
        with self._lock:
            pointer = self._live()
            self._callers[me] = self._callers.get(me, 0) + 1
            return pointer

    def _leave(self) -> None:
        me = threading.get_ident()
        with self._idle:
            self._callers[me] -= 1
            if not self._callers[me]:
                del self._callers[me]
                self._idle.notify_all()

    def close(self) -> None:
        """Stops the endpoint, waits for calls of other threads, and closes everything; TAPs that it made go. A second
        time is nothing."""
        with self._idle:
            if self._pointer == NULL:
                return
            if threading.get_ident() in self._callers:
                raise RuntimeError("an endpoint can't be closed from within one of its own calls")
            pointer, self._pointer = self._pointer, NULL
            if self._forked:
                return
            lib.vtep_endpoint_stop(pointer)
            while self._callers:
                self._idle.wait()
        lib.vtep_endpoint_free(pointer)
        self._memory_ports.clear()

    # --- VNIs and ports

    def add_vni(self, vni: int, **policy: Unpack[VNIPolicy]) -> None:
        """Begins to forward for a VNI, 0...16777215.

        :raises Exists: it does already.
        """
        self._call(lib.vtep_endpoint_vni_add, vni, VNI_POLICY.build(policy, []))

    def set_policy(self, vni: int, **policy: Unpack[VNIPolicy]) -> None:
        """Changes how a VNI is handled; what was learnt stays. What is left out is as in a new VNI."""
        self._call(lib.vtep_endpoint_vni_set_policy, vni, VNI_POLICY.build(policy, []))

    def remove_vni(self, vni: int) -> None:
        """Ends a VNI: its ports are closed, its groups left."""
        self._call(lib.vtep_endpoint_vni_remove, vni)

    def add_port(self, vni: int, kind: PortKind, **options: Unpack[EndpointPortOptions]) -> int:
        """Opens a port and makes it part of a VNI; between several ports of one VNI the endpoint switches.

        :returns: its number.
        """
        keep: list[Any] = []
        given: dict[str, Any] = dict(options)
        memory = given.get("memory")
        addresses, fds = given.pop("addresses", ()), given.pop("fds", ())
        if memory is not None:
            if not isinstance(memory, MemoryPort):
                raise TypeError(f"memory is a MemoryPort, not {type(memory).__name__}")
            given["memory"] = memory._live()
        struct = ENDPOINT_PORT_OPTIONS.build({"kind": kind, **given}, keep)
        if addresses:
            struct.addresses = _prefixes(list(addresses), keep)
            struct.address_count = len(addresses)
        if fds:
            numbers = ffi.new("int32_t[]", [descriptor(fd) for fd in fds])
            keep.append(numbers)
            struct.fds, struct.fd_count = numbers, len(fds)
        port = ffi.new("uint32_t *")
        self._call(lib.vtep_endpoint_port_add, vni, struct, port)
        if memory is not None:
            self._memory_ports[int(port[0])] = memory  # its callback is called until we end
        return int(port[0])

    def remove_port(self, port: int) -> None:
        """Closes a port."""
        self._call(lib.vtep_endpoint_port_remove, port)
        self._memory_ports.pop(port, None)

    def interface_of(self, port: int) -> str:
        """A TAP's name, "" for a port that is no interface."""
        name = ffi.new("char[16]")
        self._call(lib.vtep_endpoint_port_interface, port, name, 16)
        raw: bytes = ffi.string(name)
        return raw.decode("utf-8", "replace")

    # --- peers, remotes, FDB, bindings

    def add_peer(self, peer: IPLike) -> None:
        """Lets datagrams from an address pass, in every VNI. Remotes pass without it."""
        self._call(lib.vtep_endpoint_peer_add, struct_pointer("vtep_ip", ip_bytes(peer)))

    def remove_peer(self, peer: IPLike) -> None:
        """Takes that back."""
        self._call(lib.vtep_endpoint_peer_remove, struct_pointer("vtep_ip", ip_bytes(peer)))

    def add_default_remote(self, vni: int, remote: EngineRemote) -> None:
        """Adds a remote that frames to groups, to everyone and to unknown stations go to; a group is joined."""
        self._call(lib.vtep_endpoint_default_remote_add, vni, EngineRemote._layout.pointer(remote, []))

    def remove_default_remote(self, vni: int, remote: EngineRemote) -> None:
        """Takes that back."""
        self._call(lib.vtep_endpoint_default_remote_remove, vni, EngineRemote._layout.pointer(remote, []))

    def set_default_remotes(self, vni: int, remotes: Iterable[EngineRemote]) -> None:
        """Makes these the default remotes of a VNI and no others; those that it has already stay undisturbed."""
        keep: list[Any] = []
        data = EngineRemote._layout.to_buffer(remotes, keep)
        array = ffi.from_buffer("vtep_engine_remote[]", data)
        self._call(lib.vtep_endpoint_default_remotes_set, vni, array, len(data) // EngineRemote._layout.size)

    def set_fdb(self, entry: EngineFDBEntry) -> None:
        """Puts an entry in; it replaces one of the same VNI and address, with all its remotes."""
        self._call(lib.vtep_endpoint_fdb_set, EngineFDBEntry._layout.pointer(entry, []))

    def append_fdb(self, entry: EngineFDBEntry) -> None:
        """Adds one more remote to an entry, or makes the entry: frames go to each of them. Not for learnt entries."""
        self._call(lib.vtep_endpoint_fdb_append, EngineFDBEntry._layout.pointer(entry, []))

    def remove_fdb(self, vni: int, mac: MACLike) -> None:
        """Takes an entry out, with all its remotes."""
        self._call(lib.vtep_endpoint_fdb_remove, vni, struct_pointer("vtep_mac", MAC(mac).packed))

    def flush_fdb(self, vni: int) -> None:
        """Takes out all entries of a VNI that were learnt."""
        self._call(lib.vtep_endpoint_fdb_flush, vni)

    def fdb(self, vni: int) -> list[EngineFDBEntry]:
        """A VNI's entries, one element for each remote, in no particular order."""
        return read_fdb(self, lib.vtep_endpoint_fdb, vni)

    def set_binding(self, vni: int, address: IPLike, mac: MACLike, router: bool = False) -> None:
        """Says which station has an IP address; it replaces one of the same address."""
        station = struct_pointer("vtep_mac", MAC(mac).packed)
        self._call(
            lib.vtep_endpoint_binding_set, vni, struct_pointer("vtep_ip", ip_bytes(address)), station, int(bool(router))
        )

    def binding(self, vni: int, address: IPLike) -> MAC:
        """The station that has an IP address, set or learnt.

        :raises NotFound: none is known.
        """
        mac = ffi.new("vtep_mac *")
        self._call(lib.vtep_endpoint_binding_get, vni, struct_pointer("vtep_ip", ip_bytes(address)), mac)
        return from_octets(bytes(ffi.buffer(mac)))

    def remove_binding(self, vni: int, address: IPLike) -> None:
        """Takes a binding out, set or learnt."""
        self._call(lib.vtep_endpoint_binding_remove, vni, struct_pointer("vtep_ip", ip_bytes(address)))

    # --- running

    def run(self, worker: int = 0) -> None:
        """Moves frames on this thread until :meth:`stop`. One thread for each worker, from 0. On the main thread, signal
        handlers run meanwhile; an exception of one, such as KeyboardInterrupt, ends it."""
        if threading.current_thread() is not threading.main_thread():
            self._call(lib.vtep_endpoint_run, worker, -1)
            return
        woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        before = signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        try:
            while True:
                self._call(lib.vtep_endpoint_run, worker, woken)
                try:
                    os.read(woken, 4096)  # a signal came: its handler has run by now
                except BlockingIOError:
                    return
        finally:
            signal.set_wakeup_fd(before)
            os.close(woken)
            os.close(waker)

    async def serve(self, worker: int = 0) -> None:
        """Moves frames in the event loop until :meth:`stop` or :meth:`close`."""
        import asyncio  # here: see _readable.py

        loop = asyncio.get_running_loop()
        fd = self._ask_shared(lib.vtep_endpoint_fd, worker)
        while not self.closed and self.step(worker):
            future: asyncio.Future[None] = loop.create_future()
            loop.add_reader(fd, wake, future)
            try:
                await asyncio.wait_for(future, _TICK)
            except asyncio.TimeoutError:
                pass
            finally:
                loop.remove_reader(fd)

    def fileno(self, worker: int = 0) -> int:
        """Readable while a worker has something to do: then call :meth:`step`. It stays the endpoint's."""
        return int(self._ask_shared(lib.vtep_endpoint_fd, worker))

    def step(self, worker: int = 0, timeout: float = 0) -> bool:
        """Waits up to ``timeout`` seconds until the worker has something to do, and does it, once. Call it about once in
        a second, too: entries age by it.

        :returns: whether it still runs.
        """
        running = ffi.new("uint8_t *")
        self._call(lib.vtep_endpoint_step, worker, milliseconds(timeout), running)
        return bool(running[0])

    def start(self) -> None:
        """Begins to move frames on threads of the endpoint's own.

        :raises Exists: it did already.
        """
        self._call(lib.vtep_endpoint_start)

    def stop(self) -> None:
        """Ends all runs, at once and for good, and waits for the endpoint's own threads."""
        pointer = self._enter()
        try:
            lib.vtep_endpoint_stop(pointer)
        finally:
            self._leave()

    # --- what happened

    def counters(self, vni: int | None = None) -> dict[str, int]:
        """What was counted, by name, over all VNIs or for one."""
        if vni is None:
            return counters_by_name(self, lib.vtep_endpoint_counters)
        return counters_by_name(self, lib.vtep_endpoint_vni_counters, vni)

    def port_statistics(self, port: int) -> PortStatistics:
        """What a port refused."""
        return self._statistics(PortStatistics, lib.vtep_endpoint_port_statistics, port)

    def underlay_statistics(self, family: int = 4) -> UnderlayStatistics:
        """What happened at the sockets of an IP version, 4 or 6.

        :raises NotFound: there is no such underlay.
        """
        return self._statistics(UnderlayStatistics, lib.vtep_endpoint_underlay_statistics, family)

    def next_event(self) -> EngineEvent | None:
        """Takes out the oldest event that waits; its time is CLOCK_MONOTONIC's, in milliseconds."""
        try:
            return self._statistics(EngineEvent, lib.vtep_endpoint_event_next)
        except NotFound:
            return None

    def events(self) -> Iterator[EngineEvent]:
        """Takes out the events that wait, the oldest first."""
        return iter(self.next_event, None)

    def capture(self, capture: Capture | None) -> None:
        """Shows everything that passes from now on to a capture, in place of the one before; ``None``: to nobody."""
        if capture is None:
            self._call(lib.vtep_endpoint_capture, NULL)
            return
        if not isinstance(capture, Capture):
            raise TypeError(f"a Capture was expected, not {type(capture).__name__}")
        with capture._lock:
            self._call(lib.vtep_endpoint_capture, capture._live())

    def _statistics(self, kind: type[R], function: Any, *arguments: Any) -> R:
        layout: Layout[R] = kind._layout
        out = layout.new()
        self._call(function, *arguments, out)
        return layout.from_struct(out)

    def _ask_shared(self, function: Any, *arguments: Any) -> Any:
        pointer = self._enter()
        try:
            return function(pointer, *arguments)
        except OverflowError as error:
            raise out_of_range(error) from None
        finally:
            self._leave()


def _prefixes(addresses: list[Any], keep: list[Any]) -> Any:
    array = ffi.new("vtep_prefix[]", len(addresses))
    ffi.memmove(array, b"".join(prefix_bytes(address) for address in addresses), len(addresses) * 18)
    keep.append(array)
    return array
