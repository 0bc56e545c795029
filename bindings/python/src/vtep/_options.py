"""Keyword arguments as one of the library's option structs, as the header describes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from vtep import ip, mac
from vtep._call import c_string
from vtep._library import ffi, is_reserved, lib
from vtep.errors import InvalidArgument

#: Pairs of fields that Python takes as one tuple.
RANGES = {"source_ports": ("source_port_min", "source_port_max")}


class OptionStruct:
    """An option struct: its fields, and the ``has`` bit of each that has one.

    ``None`` leaves an option out, like not naming it.
    """

    def __init__(
        self, struct: str, required: tuple[str, ...] = (), bits: str | None = None, flags: str | None = None
    ) -> None:
        """``flags``: the prefix of the constants that are the bits of its ``flags`` and ``flags_mask``."""
        self.struct = struct
        self.required = required
        self.flags = {
            name.removeprefix(flags).lower(): int(getattr(lib, name))
            for name in dir(lib)
            if flags is not None and name.startswith(flags)
        }
        self._bits = bits or struct.upper() + "_HAS_"
        self._size = int(ffi.sizeof(struct))
        fields = dict(ffi.typeof(struct).fields)
        self.names = {
            name for name in fields if name not in ("size", "has") and not is_reserved(name)
        } - {half for halves in RANGES.values() for half in halves}
        self.names |= {name for name, halves in RANGES.items() if halves[0] in fields}
        if flags is not None:
            self.names = self.names - {"flags", "flags_mask"} | self.flags.keys()
        self._setters = {name: self._setter(fields[name].type) for name in self.names & fields.keys()}

    def build(self, options: Mapping[str, Any], keep: list[Any]) -> Any:
        """The struct with these options set. What it points to is added to ``keep``.

        :raises TypeError: an option there is none of, or a value of a wrong type.
        :raises InvalidArgument: a number that its field can't hold.
        """
        struct = ffi.new(f"{self.struct} *")
        struct.size = self._size
        for name in self.required:
            if options.get(name) is None:
                raise TypeError(f"{name} is required")
        for name, value in options.items():
            if name not in self.names:
                raise TypeError(f"there is no option {name!r}")
            if value is None:
                continue
            if name in self.flags:
                self._switch(struct, name, value)
            else:
                self._set(struct, name, value, keep)
        return struct

    def _switch(self, struct: Any, name: str, value: Any) -> None:
        if not isinstance(value, int) or value not in (0, 1):
            raise TypeError(f"{name} is a truth value, not {value!r}")
        struct.flags_mask |= self.flags[name]
        struct.flags |= self.flags[name] * value

    def _set(self, struct: Any, name: str, value: Any, keep: list[Any]) -> None:
        bit = getattr(lib, f"{self._bits}{name.upper()}", None)
        if bit is not None:
            struct.has |= bit
        try:
            if name in RANGES:
                low, high = RANGES[name]
                first, last = value
                setattr(struct, low, first)
                setattr(struct, high, last)
            else:
                self._setters[name](struct, name, value, keep)
        except OverflowError as error:
            raise InvalidArgument(f"{name} {value!r} is out of range: {error}") from None

    @staticmethod
    def _setter(kind: Any) -> Callable[[Any, str, Any, list[Any]], None]:
        if kind.kind == "pointer" and kind.item.cname == "char":
            return _set_text
        if kind.kind == "array":
            return _set_numbers
        if kind.kind == "pointer":
            return _set_pointer
        return {"vtep_ip": _set_ip, "vtep_prefix": _set_prefix, "vtep_mac": _set_mac}.get(
            kind.cname.removeprefix("struct "), _set_number
        )


def _set_text(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    text = ffi.new("char[]", c_string(os.fspath(value) if isinstance(value, os.PathLike) else value, name))
    keep.append(text)
    setattr(struct, name, text)


def _set_number(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    if not isinstance(value, int):
        raise TypeError(f"{name} is a number or a truth value, not {type(value).__name__}")
    setattr(struct, name, value)


def _set_pointer(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    keep.append(value)
    setattr(struct, name, value)


def _set_numbers(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    field = getattr(struct, name)
    if len(value) != len(field):
        raise InvalidArgument(f"{name} has {len(field)} numbers, not {len(value)}")
    for place, number in enumerate(value):
        field[place] = number


def _set_ip(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    ffi.memmove(ffi.addressof(struct, name), ip.ip_bytes(value), 17)


def _set_prefix(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    ffi.memmove(ffi.addressof(struct, name), ip.prefix_bytes(value), 18)


def _set_mac(struct: Any, name: str, value: Any, keep: list[Any]) -> None:
    ffi.memmove(ffi.addressof(struct, name), mac.MAC(value).packed, 6)
