"""Copies of the frames that an endpoint moves, for Wireshark and tshark."""

from __future__ import annotations

from vtep._call import call
from vtep._enums import Flags
from vtep._handle import Handle, new_handle
from vtep._library import ffi, lib
from vtep._namespace import Descriptor, descriptor


class CapturePoints(Flags):
    """What a capture takes."""

    UNDERLAY = lib.VTEP_CAPTURE_UNDERLAY
    """The underlay's packets, from the IP header on."""
    PORTS = lib.VTEP_CAPTURE_PORTS
    """The ports' frames: superframes whole, checksums perhaps partial."""


class Capture(Handle):
    """A pcapng file in the making. Give it to :meth:`Endpoint.capture`, drain it now and then, and finish it."""

    _end = "vtep_capture_free"

    def __init__(
        self,
        points: CapturePoints = CapturePoints.UNDERLAY | CapturePoints.PORTS,
        *,
        snap_length: int = 0,
        buffer_bytes: int = 0,
    ) -> None:
        """Makes a capture.

        :param snap_length: how many bytes of each frame are kept; 0: all.
        :param buffer_bytes: how much is kept until it is drained; 0: 4 MB. What finds no room is lost; frames never wait.
        """
        out = new_handle("vtep_capture")
        call(lib.vtep_capture_new, points, snap_length, buffer_bytes, out)
        super().__init__(out[0])

    def drain(self, file: Descriptor) -> int:
        """Writes what was captured since the last call, the first time behind the file's header; waits for a pipe that is
        full. A file of Python's own must be unbuffered: the descriptor is written to.

        :returns: how many frames.
        """
        count = ffi.new("uint32_t *")
        self._call(lib.vtep_capture_drain, descriptor(file), count)
        return int(count[0])

    def finish(self, file: Descriptor) -> None:
        """Writes what is left, and how many frames were lost."""
        self._call(lib.vtep_capture_finish, descriptor(file))
