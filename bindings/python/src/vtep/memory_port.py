"""Ports of an endpoint whose other side is this program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vtep._call import call
from vtep._handle import new_handle
from vtep._library import NULL, ffi, lib
from vtep._readable import Readable
from vtep.batch import Buffer, check_status

_LONGEST = 1 << 17


class MemoryPort(Readable[bytes]):
    """Ethernet frames from and to this program. ``for frame in port`` waits for frames, ``async for`` does in asyncio.

    Any thread may send; one at a time receives.
    """

    _end = "vtep_memory_port_free"

    def __init__(self, callback: Callable[[bytes], object] | None = None, *, queue_bytes: int = 0) -> None:
        """Makes a port.

        :param callback: takes each frame out of the overlay, on a thread that runs the endpoint; it must be short, and
            must not call the endpoint. An exception of it goes to ``sys.unraisablehook``: there is nobody to raise it to. Without, frames queue up for
            :meth:`receive`.
        :param queue_bytes: what each direction holds; 0: 1 MB.
        """
        out = new_handle("vtep_memory_port")
        # Kept, by us and by the endpoint, as long as the library may call it.
        self._callback: Any = NULL
        if callback is not None:
            taker = callback

            def take(_: Any, frame: Any, length: int) -> None:
                taker(bytes(ffi.buffer(frame, length)))

            self._callback = ffi.callback("vtep_frame_callback", take)
        call(lib.vtep_memory_port_new, queue_bytes, self._callback, NULL, out)
        super().__init__(out[0])
        self._fd = int(lib.vtep_memory_port_fd(out[0]))
        self._memory = ffi.new("char[]", _LONGEST)

    def fileno(self) -> int:
        """Readable until :meth:`receive` returns ``None``. It stays the port's."""
        self._live()
        return self._fd

    def send(self, frame: Buffer) -> None:
        """Hands a frame to the overlay; it is copied.

        :raises NoSpace: the queue is full.
        """
        view = ffi.from_buffer("char[]", frame)
        with self._lock:
            check_status(lib.vtep_memory_port_send(self._live(), view, len(view)))

    def receive(self, timeout: float | None = 0) -> bytes | None:
        """The next frame out of the overlay, or ``None`` if none comes within ``timeout`` seconds; with ``None``, it
        waits for ever."""
        return self._next(timeout)

    def _poll(self) -> bytes | None:
        length = ffi.new("uint32_t *")
        with self._lock:
            status = lib.vtep_memory_port_receive(self._live(), self._memory, _LONGEST, length)
            if status == lib.VTEP_E_NOTFOUND:
                return None
            check_status(status)
            return bytes(ffi.buffer(self._memory, length[0]))
