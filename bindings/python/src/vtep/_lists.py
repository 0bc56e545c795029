"""The library's list handles, read in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from vtep._call import call
from vtep._handle import Handle, new_handle
from vtep._layout import Record
from vtep._library import ffi, lib
from vtep.array import RecordArray

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def read_list(host: Handle, name: str, read: Callable[[Any, int], T], function: Any, *arguments: Any) -> T:
    """Calls a function that makes a ``vtep_<name>_list``, and ``read`` with that list and its length."""
    out = new_handle(f"vtep_{name}_list")
    host._call(function, *arguments, out)
    pointer = out[0]
    try:
        return read(pointer, int(getattr(lib, f"vtep_{name}_list_count")(pointer)))
    finally:
        getattr(lib, f"vtep_{name}_list_free")(pointer)


@contextmanager
def list_of(handle: Any, name: str, function: Any, *arguments: Any) -> Iterator[tuple[Any, int]]:
    """A ``vtep_<name>_list`` that a function of a handle makes, and its length."""
    out = new_handle(f"vtep_{name}_list")
    call(function, handle, *arguments, out)
    try:
        yield out[0], int(getattr(lib, f"vtep_{name}_list_count")(out[0]))
    finally:
        getattr(lib, f"vtep_{name}_list_free")(out[0])


def copy_elements(name: str, kind: type[R], pointer: Any, count: int) -> bytearray:
    """The structs of a whole list."""
    layout = kind._layout
    buffer = bytearray(layout.size * count)
    if count:
        if layout.sized:
            buffer[:4] = layout.size.to_bytes(4, "little")
        view = ffi.from_buffer(f"{layout.struct}[]", buffer)
        call(getattr(lib, f"vtep_{name}_list_copy"), pointer, 0, count, view)
        ffi.release(view)
    return buffer


def list_records(host: Handle, name: str, kind: type[R], function: Any, *arguments: Any) -> list[R]:
    """The records of a list that a function of the host makes."""

    def read(pointer: Any, count: int) -> list[R]:
        return kind._layout.from_buffer(copy_elements(name, kind, pointer, count))

    return read_list(host, name, read, function, *arguments)


def list_array(host: Handle, name: str, kind: type[R], function: Any, *arguments: Any) -> RecordArray[R]:
    """The same as one buffer."""
    array = RecordArray(kind)

    def read(pointer: Any, count: int) -> RecordArray[R]:
        array._buffer = copy_elements(name, kind, pointer, count)
        return array

    return read_list(host, name, read, function, *arguments)
