"""Calls that need no handle, and what every call has in common."""

from __future__ import annotations

import threading
from typing import Any

from vtep._library import ffi, lib
from vtep.errors import InvalidArgument, from_struct, new_error_struct


class _ThreadErrors(threading.local):
    """Each thread fills a struct of its own."""

    def __init__(self) -> None:
        self.err = new_error_struct()


_errors = _ThreadErrors()


def call(function: Any, *arguments: Any) -> None:
    """A function whose last parameter is the error. Raises what it reports."""
    err = _errors.err
    try:
        status = function(*arguments, err)
    except OverflowError as error:
        raise out_of_range(error) from None
    if status:
        raise from_struct(err)


def out_of_range(error: OverflowError) -> InvalidArgument:
    """A Python number that its C parameter can't hold."""
    return InvalidArgument(f"number out of range: {error}")


def milliseconds(seconds: float) -> int:
    """A time to wait as C takes it; longer than it can hold is as long as that."""
    if not isinstance(seconds, (int, float)):
        raise TypeError(f"a time is a number of seconds, not {type(seconds).__name__}")
    if not seconds >= 0:  # also what is no number
        raise InvalidArgument(f"{seconds} is no time to wait")
    return int(min(seconds, 2_000_000) * 1000)


def c_string(value: str, what: str) -> bytes:
    """A text as the bytes of a C string. It must not hold a NUL, at which C would cut it."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is a str, not {type(value).__name__}")
    try:
        encoded = value.encode()
    except UnicodeEncodeError as error:
        raise InvalidArgument(f"{what} {value!r} is no text: {error}") from None
    if b"\0" in encoded:
        raise InvalidArgument(f"{what} {value!r} holds a NUL character")
    return encoded


def word(function: Any, value: Any) -> str:
    """The word of ``ip``, ``bridge``, ``brctl`` or ``route`` for a value, from one of the ``..._format`` functions."""
    size = int(lib.VTEP_WORD_TEXT_SIZE)
    buffer = ffi.new("char[]", size)
    call(function, value, buffer, size)
    raw: bytes = ffi.string(buffer)
    return raw.decode()
