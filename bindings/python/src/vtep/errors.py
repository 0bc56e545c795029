"""What can go wrong, one class a kind.

Every error of the library is an :class:`Error`, which is an ``OSError``: ``errno`` is the kernel's. Where Python has a
class for the kind, such as ``PermissionError``, it is that, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vtep._library import ffi, lib


class Error(OSError):
    """A call that failed. It has changed nothing, unless its description says otherwise.

    Decide by class, :attr:`code` and :attr:`errno`: the wording of the texts may change.
    """

    code: int
    """The ``VTEP_E_*`` status; 0 where Python itself refused the call."""
    message: str
    """One line with all of it: what was attempted, on what, what the kernel said, and what to do about it."""
    kernel_message: str
    """The kernel's own words (extended ACK); may be empty."""
    remedy: str
    """What to do about it; may be empty."""
    attribute_offset: int | None
    """Where the attribute at fault begins in the request, in bytes from its netlink header."""
    failures: tuple[Failure, ...]
    """Of a batch: every change that failed, in order; this error is the first one's. Else empty."""

    def __init__(
        self,
        message: str,
        *,
        code: int = 0,
        errno: int | None = None,
        kernel_message: str = "",
        remedy: str = "",
        attribute_offset: int | None = None,
        failures: tuple[Failure, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.errno = errno
        self.kernel_message = kernel_message
        self.remedy = remedy
        self.attribute_offset = attribute_offset
        self.failures = failures

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        state = {
            name: getattr(self, name)
            for name in ("code", "errno", "kernel_message", "remedy", "attribute_offset", "failures")
        }
        return _rebuild, (type(self), self.message, state)


def _rebuild(kind: type[Error], message: str, state: dict[str, Any]) -> Error:
    return kind(message, **state)


class InvalidArgument(Error, ValueError):
    """A value that can't be meant, or that the kernel refused."""


class HandleError(InvalidArgument):
    """The object is closed, or was opened before a ``fork``."""


class NoSpace(Error):
    """The caller's buffer is too small."""


class NotFound(Error, LookupError):
    """What was named does not exist."""


class Exists(Error, FileExistsError):
    """What was to be made exists already."""


class PermissionDenied(Error, PermissionError):
    """A privilege is missing, usually CAP_NET_ADMIN."""


class SystemFailure(Error):
    """The kernel or the C library failed in another way: see ``errno``."""


class CallbackFailed(Error):
    """A callback asked to stop."""


class NotSupported(Error):
    """This kernel, device or library lacks the feature."""


class Busy(Error):
    """It is in use."""


class Foreign(Error):
    """It exists, but is not what the caller said: left alone."""


class OutOfMemory(Error, MemoryError):
    """No memory left, here or in the kernel."""


class Interrupted(Error):
    """A table kept changing through every attempt to read it: try again."""


class ProtocolError(Error):
    """The kernel's answer can't be read."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One change of a batch that failed."""

    index: int
    """The place of the change among those passed, from 0."""
    error: Error
    """Why it failed."""


KINDS: dict[int, type[Error]] = {
    lib.VTEP_E_INVAL: InvalidArgument,
    lib.VTEP_E_NOSPACE: NoSpace,
    lib.VTEP_E_NOTFOUND: NotFound,
    lib.VTEP_E_EXISTS: Exists,
    lib.VTEP_E_PERM: PermissionDenied,
    lib.VTEP_E_SYSTEM: SystemFailure,
    lib.VTEP_E_CALLBACK: CallbackFailed,
    lib.VTEP_E_NOTSUPPORTED: NotSupported,
    lib.VTEP_E_BUSY: Busy,
    lib.VTEP_E_FOREIGN: Foreign,
    lib.VTEP_E_OUTOFMEMORY: OutOfMemory,
    lib.VTEP_E_INTERRUPTED: Interrupted,
    lib.VTEP_E_PROTOCOL: ProtocolError,
}
"""The class of each status; one that is not here is an :class:`Error` itself."""


def new_error_struct() -> Any:
    """A ``vtep_error`` that a call can fill."""
    return ffi.new("vtep_error *", {"size": ffi.sizeof("vtep_error"), "attribute_offset": -1})


def text(characters: Any) -> str:
    """A struct's ``char[]``."""
    raw: bytes = ffi.string(characters)
    return raw.decode("utf-8", "replace")


def from_struct(err: Any, failures: tuple[Failure, ...] = ()) -> Error:
    """The exception that a filled ``vtep_error`` describes."""
    code = int(err.code)
    return KINDS.get(code, Error)(
        text(err.message),
        code=code,
        errno=int(err.sys_errno) or None,
        kernel_message=text(err.kernel_message),
        remedy=text(err.remedy),
        attribute_offset=int(err.attribute_offset) if err.attribute_offset >= 0 else None,
        failures=failures,
    )


def status_text(code: int) -> str:
    """A few words for a ``VTEP_E_*`` status: "not found"."""
    raw: bytes = ffi.string(lib.vtep_status_text(code))
    return raw.decode()
