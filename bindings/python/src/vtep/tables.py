"""What addresses, routes, neighbours and FDB entries have in common: lists and changes, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vtep._enums import OpenEnum
from vtep._handle import Handle, new_handle
from vtep._layout import Layout, R, Record, record
from vtep._library import NULL, ffi, lib
from vtep.array import RecordArray
from vtep.errors import Error, Failure, from_struct, new_error_struct


class Change(OpenEnum):
    """What a batch does with each of its elements."""

    ADD = lib.VTEP_CHANGE_ADD
    APPEND = lib.VTEP_CHANGE_APPEND
    """For FDB entries and IPv6 routes."""
    REPLACE = lib.VTEP_CHANGE_REPLACE
    DELETE = lib.VTEP_CHANGE_DELETE
    UPDATE = lib.VTEP_CHANGE_UPDATE
    """Like ``update_*``: only what is there."""
    PREPEND = lib.VTEP_CHANGE_PREPEND
    """For IPv4 routes: before those to the same destination."""


def change_one(host: Handle, function: Any, element: R, kind: type[R]) -> None:
    """One change with one record."""
    keep: list[Any] = []
    host._call(function, kind._layout.pointer(element, keep))


def apply(
    host: Handle, function: Any, change: Change | None, elements: Iterable[R] | RecordArray[R], kind: type[R]
) -> None:
    """Many changes in few system calls. ``change``: ``None`` where each element has its own.

    :raises Error: the first change that failed; its ``failures`` are all of them, the others have happened.
    """
    keep: list[Any] = []
    layout = kind._layout
    if isinstance(elements, RecordArray):
        if elements.kind is not kind:
            raise TypeError(f"an array of {kind.__name__} was expected, not of {elements.kind.__name__}")
        data: Any = elements.data
    else:
        data = layout.to_buffer(elements, keep)
    structs = ffi.from_buffer(f"{layout.struct}[]", data)
    failures = new_handle("vtep_failure_list")
    try:
        same = () if change is None else (change,)
        host._call(function, *same, structs, len(data) // layout.size, failures)
    except Error as error:
        error.failures = _failures(failures[0])
        raise
    finally:
        lib.vtep_failure_list_free(failures[0])
        ffi.release(structs)


@record("vtep_change")
@dataclass(frozen=True, slots=True, kw_only=True)
class _ChangeStruct(Record):
    """One of several changes of different kinds."""

    change: int
    object: int
    value: int
    """The address of the object's struct."""


def apply_mixed(host: Handle, changes: Iterable[tuple[Change, Record]], kinds: dict[type[Record], int]) -> None:
    """Many changes of objects of different kinds. Structs of one kind lie in one array each."""
    keep: list[Any] = []
    given = list(changes)
    arrays: dict[type[Record], list[Record]] = {kind: [] for kind in kinds}
    for pair in given:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"a change is a pair of a Change and an object, not {type(pair).__name__}")
        element = pair[1]
        if type(element) not in arrays:
            raise TypeError(f"a {type(element).__name__} is nothing that a batch can change")
        arrays[type(element)].append(element)
    addresses = {}
    for kind, elements in arrays.items():
        layout: Layout[Any] = kind._layout
        start = layout.lend(elements, keep)
        addresses[kind] = iter(range(start, start + layout.size * len(elements), layout.size))
    structs = [
        _ChangeStruct(change=change, object=kinds[type(element)], value=next(addresses[type(element)]))
        for change, element in given
    ]
    apply(host, lib.vtep_host_apply, None, structs, _ChangeStruct)


def _failures(pointer: Any) -> tuple[Failure, ...]:
    index = ffi.new("uint32_t *")
    failure, err = new_error_struct(), new_error_struct()
    read = []
    for place in range(0 if pointer == NULL else lib.vtep_failure_list_count(pointer)):
        if lib.vtep_failure_list_get(pointer, place, index, failure, err):
            raise from_struct(err)
        read.append(Failure(int(index[0]), from_struct(failure)))
    return tuple(read)
