"""How a record and its C struct are one another's: derived from the struct in the header and the record's annotations.

A record is a frozen dataclass whose fields carry the names of the struct's. From the header come offsets, sizes and the
``has`` bit of each optional field (``VTEP_<STRUCT>_HAS_<FIELD>``); from the annotation comes the Python type. The two
functions that convert are compiled once for each record, like the methods of a dataclass.

A record that was read holds the struct's bytes and reads its fields from them when one is first asked for. So a list of
100,000 costs what copying it costs. Records of numbers and addresses alone are read at once by the decoder in C
(``_native.py``).
"""

from __future__ import annotations

import dataclasses
import gc
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum, IntFlag
from itertools import repeat
from operator import itemgetter
from struct import Struct, calcsize
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, Union

from vtep import ip, mac
from vtep._library import ffi, is_reserved, lib
from vtep._native import Native, decoder
from vtep.errors import InvalidArgument

R = TypeVar("R", bound="Record")

_NUMBERS = {
    "uint8_t": "B",
    "uint16_t": "H",
    "uint32_t": "I",
    "uint64_t": "Q",
    "int8_t": "b",
    "int16_t": "h",
    "int32_t": "i",
    "int64_t": "q",
}


class Record:
    """What the records have in common. They compare by value and are hashable where all their fields are."""

    __slots__ = ("_raw",)
    _layout: ClassVar[Layout[Any]]

    def __post_init__(self) -> None:
        self._layout.normalise(self)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A field that was not read yet: its slot is empty."""
            if name == "_raw":
                raise AttributeError(name)
            try:
                raw = self._raw
            except AttributeError:
                # Another thread may have read the fields meanwhile; else there is no such attribute.
                return object.__getattribute__(self, name)
            self._layout.decode(self, raw)
            value = object.__getattribute__(self, name)
            _forget_raw(self)
            return value


_raw_slot: Any = vars(Record)["_raw"]
_set_raw: Callable[[Record, bytes], None] = _raw_slot.__set__
_delete_raw: Callable[[Record], None] = _raw_slot.__delete__


def _forget_raw(record: Record) -> None:
    try:
        _delete_raw(record)
    except AttributeError:
        pass  # another thread was faster


def raw_of(record: Record) -> bytes | None:
    """The struct of a record that was read and not yet looked into."""
    try:
        raw: bytes = _raw_slot.__get__(record)
        return raw
    except AttributeError:
        return None


def part(*names: str, bit: str) -> Any:
    """A field that is a tuple of several numbers of the struct under one ``has`` bit."""
    return dataclasses.field(default=None, metadata={"parts": names, "bit": bit})


def under(bit: str) -> Any:
    """A number that shares its ``has`` bit with others, and tells of a moment: it has no part in comparisons."""
    return dataclasses.field(default=None, compare=False, metadata={"bit": bit})


def octets(count: str, pointer: str) -> Any:
    """A field that is the bytes which a count and a pointer of the struct name."""
    return dataclasses.field(default=b"", metadata={"parts": (count, pointer), "of": bytes})


def elements(count: str, pointer: str, of: type[Record]) -> Any:
    """A field that is a tuple of the structs which a count and a pointer of the struct name."""
    return dataclasses.field(default=(), metadata={"parts": (count, pointer), "of": of})


def beside(default: Any) -> Any:
    """A field that is not in the struct: what it points to elsewhere, set by who reads it."""
    return dataclasses.field(default=default, metadata={"beside": True})


def record(struct: str, bits: str | None = None) -> Callable[[type[R]], type[R]]:
    """Binds a dataclass to a struct. ``bits``: the prefix of its ``has`` bits, where it is not the struct's name."""

    def bind(cls: type[R]) -> type[R]:
        cls._layout = Layout(cls, struct, bits or struct.upper() + "_HAS_")
        return cls

    return bind


class _Members(dict[int, Any]):
    """The members of an enumeration by number; one that the header does not name gets a member of its own."""

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, number: int) -> Any:
        member = self._kind(number)
        if len(self) < 1024:
            self[number] = member
        return member


def _text(raw: bytes) -> str:
    return raw.partition(b"\0")[0].decode("utf-8", "replace")


def _text_or_none(raw: bytes) -> str | None:
    return _text(raw) or None


def _fixed_text(value: str, size: int) -> bytes:
    encoded = value.encode()
    if len(encoded) >= size or b"\0" in encoded:
        raise InvalidArgument(f"{value!r} is no text of at most {size - 1} bytes")
    return encoded


# How a field is read from its struct, how the struct's fields are made from it, its `has` bit, and how the decoder reads it.
_Conversion = tuple[str, dict[str, str], Union[str, None], Union[Native, None]]


class Layout(typing.Generic[R]):
    """The one place that knows both sides of a record."""

    def __init__(self, cls: type[R], struct: str, bits: str) -> None:
        self.cls = cls
        self.struct = struct
        self.bits = bits
        self.size = int(ffi.sizeof(struct))
        self.c_fields: dict[str, Any] = dict(ffi.typeof(struct).fields)
        self.sized = "size" in self.c_fields
        self.covered: set[str] = set()
        self.pointers: list[str] = []
        self._beside: list[tuple[Callable[[R, Any], None], Any]] = []
        self._names: dict[str, Any] = {
            "mac": mac.from_octets,
            "addresses": ip.addresses,
            "prefix": ip.prefix,
            "optional_prefix": ip.optional_prefix,
            "text": _text,
            "fixed_text": _fixed_text,
            "ip_bytes": ip.ip_bytes,
            "from_mapped": ip.from_mapped,
            "mapped_bytes": ip.mapped_bytes,
            "prefix_bytes": ip.prefix_bytes,
        }
        self._normal: list[tuple[str, type, Callable[[Any], Any]]] = []
        self._struct = self._format()
        self._whole = Struct(f"{self.size}s")
        self._compile()

    # --- the struct as struct.Struct sees it

    def _format(self) -> Struct:
        """The struct's format, every field in its place and the gaps between as padding."""
        text, at = "=", 0
        self.columns: dict[str, tuple[int, str]] = {}
        self._order: list[str] = []
        for name, field in self.c_fields.items():
            code = self._code(field.type)
            if is_reserved(name):
                continue
            text += f"{field.offset - at}x{code}"
            at = field.offset + int(ffi.sizeof(field.type))
            self.columns[name] = (field.offset, code)
            self._order.append(name)
        return Struct(f"{text}{self.size - at}x")

    @staticmethod
    def _code(kind: Any) -> str:
        if kind.kind == "primitive":
            return _NUMBERS[kind.cname] if kind.cname in _NUMBERS else {1: "B", 2: "H", 4: "I", 8: "Q"}[ffi.sizeof(kind)]
        if kind.kind == "pointer":
            return "Q"
        return f"{ffi.sizeof(kind)}s"

    # --- the two functions

    def _compile(self) -> None:
        hints = typing.get_type_hints(self.cls)
        decoding, encoding, bit_terms = [], {}, []
        natives: list[tuple[Any, Native | None]] = []
        for field in dataclasses.fields(self.cls):  # type: ignore[arg-type]
            if field.metadata.get("beside"):
                self._beside.append((getattr(self.cls, field.name).__set__, field.default))
                continue
            read, writes, has, native = self._field(field, hints[field.name])
            slot = getattr(self.cls, field.name)
            self._names[f"set_{field.name}"] = slot.__set__
            natives.append((slot, native))
            decoding.append(f"    set_{field.name}(o, {read})")
            encoding.update(writes)
            if has:
                bit_terms.append(f"(0 if o.{field.name} is None else {has})")
        encoding["size"] = str(self.size)
        encoding["has"] = " | ".join(bit_terms) or "0"
        variables = ", ".join(f"c_{name}" for name in self._order)
        values = ", ".join(encoding.get(name) or self._empty(name) for name in self._order)
        source = "\n".join(
            [
                "def decode(o, raw):",
                f"    {variables}, = unpack(raw)",
                *decoding,
                "def encode(o, keep):",
                f"    return pack({values})",
            ]
        )
        self._names |= {"unpack": self._struct.unpack, "pack": self._struct.pack}
        exec(compile(source, f"<record {self.cls.__name__}>", "exec"), self._names)
        self.decode: Callable[[R, bytes], None] = self._names["decode"]
        self.python_decode = self.decode
        self._decoder = decoder(self.cls, self.size, self._has_word(), _raw_slot, self.decode, natives)
        if self._decoder:
            self.decode = self._decoder.decode
        self._encode: Callable[[R, list[Any]], bytes] = self._names["encode"]
        self.covered |= {"size", "has"} & self.c_fields.keys()

    def _has_word(self) -> tuple[int, int]:
        field = self.c_fields.get("has")
        return (-1, 0) if field is None else (int(field.offset), int(ffi.sizeof(field.type)))

    def _place(self, name: str) -> tuple[int, int]:
        field = self.c_fields[name]
        return int(field.offset), int(ffi.sizeof(field.type))

    def _empty(self, name: str) -> str:
        return "b''" if self.columns[name][1].endswith("s") else "0"

    def _bit(self, name: str) -> int | None:
        number = getattr(lib, f"{self.bits}{name.upper()}", None)
        return None if number is None else int(number)

    def _field(self, field: dataclasses.Field[Any], hint: Any) -> _Conversion:
        """How a field is read from the struct, how the struct's fields are made from it, its ``has`` bit, and how the
        decoder reads it."""
        optional = type(None) in typing.get_args(hint)
        parts = field.metadata.get("parts")
        bit = self._bit(field.metadata.get("bit", field.name))
        if parts:
            self.covered |= set(parts)
            return self._parts(field, parts, bit)
        if field.name not in self.c_fields:
            return self._presence(field, bit)
        self.covered.add(field.name)
        read, write, kind, argument = self._value(field.name, hint, optional and bit is None)
        native = Native(kind, *self._place(field.name), bit or 0 if optional else 0, argument) if kind else None
        if bit is None:
            return read, {field.name: write.format(f"o.{field.name}")}, None, native
        if not optional:
            return read, {field.name: write.format(f"o.{field.name}")}, str(bit), native
        empty = self._empty(field.name)
        written = write.format(f"o.{field.name}")
        return (
            f"({read}) if c_has & {bit} else None",
            {field.name: f"({empty} if o.{field.name} is None else {written})"},
            str(bit),
            native,
        )

    def _presence(self, field: dataclasses.Field[Any], bit: int | None) -> _Conversion:
        """A truth that is a bit alone, such as ``is_vxlan``, or a field that the struct does not have."""
        named = self._bit(field.name.removeprefix("is_")) if bit is None else bit
        if named is None:
            raise ImportError(f"{self.struct} of vtep.h has no {field.name}, which {self.cls.__name__} reads")
        return f"c_has & {named} != 0", {}, None, Native("h", 0, 0, named)

    def _parts(self, field: dataclasses.Field[Any], parts: tuple[str, ...], bit: int | None) -> _Conversion:
        of: Any = field.metadata.get("of")
        if of is not None:
            count, pointer = parts
            self.pointers.append(pointer)
            self._names[f"read_{field.name}"] = _read_octets if of is bytes else of._layout.read_borrowed
            self._names[f"lend_{field.name}"] = _lend_octets if of is bytes else of._layout.lend
            return (
                f"read_{field.name}(c_{pointer}, c_{count})",
                {count: f"len(o.{field.name})", pointer: f"lend_{field.name}(o.{field.name}, keep)"},
                None,
                Native("p", *self._place(pointer), argument=b"" if of is bytes else ()),
            )
        read = "(" + ", ".join(f"c_{name}" for name in parts) + ")"
        writes = {
            name: f"(0 if o.{field.name} is None else o.{field.name}[{place}])" for place, name in enumerate(parts)
        }
        return f"{read} if c_has & {bit} else None", writes, str(bit), None

    def _value(self, name: str, hint: Any, unset_is_empty: bool) -> tuple[str, str, str, Any]:
        """The two expressions of a value, ``{0}`` in the second is the Python value; and what it is to the decoder: the kind
        and its argument."""
        kind = self.c_fields[name].type
        struct = kind.cname.removeprefix("struct ")
        python = _plain(hint)
        c = f"c_{name}"
        if struct == "vtep_ip":
            self._normal.append((name, object, ip.parse_ip))
            return f"addresses[{c}]", "(b'' if {0} is None else ip_bytes({0}))", "t", ip.addresses
        if struct == "vtep_prefix":
            self._normal.append((name, object, ip.parse_prefix))
            if type(None) in typing.get_args(hint):
                written = "(b'' if {0} is None else prefix_bytes({0}))"
                return f"optional_prefix({c})", written, "c", ip.optional_prefix
            return f"prefix({c})", "prefix_bytes({0})", "c", ip.prefix
        if struct == "vtep_mac":
            self._normal.append((name, mac.MAC, mac.MAC))
            return f"mac({c})", "{0}.packed", "w", (mac.MAC, mac.OCTETS)
        if kind.kind == "pointer" and hasattr(python, "_layout"):
            self.pointers.append(name)
            self._names[f"read_{name}"] = python._layout.read_borrowed
            self._names[f"lend_{name}"] = python._layout.lend
            lent = f"(0 if {{0}} is None else lend_{name}([{{0}}], keep))"
            return f"(read_{name}({c}, 1)[0] if {c} else None)", lent, "p", None
        if kind.kind == "struct":
            self._names[f"read_{name}"] = python._layout.from_bytes
            self._names[f"write_{name}"] = python._layout.to_bytes
            return f"read_{name}({c})", f"write_{name}({{0}}, keep)", "c", python._layout.from_bytes
        if kind.kind == "array" and kind.item.cname != "char":
            if python is bytes:
                return c, "{0}", "s", None
            return f"from_mapped({c})", "mapped_bytes({0})", "c", ip.from_mapped
        if kind.kind == "array":
            size = int(ffi.sizeof(kind))
            read = f"text({c})" + (" or None" if unset_is_empty else "")
            return read, f"fixed_text({{0}} or '', {size})", "c", _text_or_none if unset_is_empty else _text
        signed = self.columns[name][1].islower()
        if python is bool:
            return f"{c} != 0", "(1 if {0} else 0)", "b", None
        if isinstance(python, type) and issubclass(python, (IntEnum, IntFlag)):
            members = self._names[f"members_{name}"] = _Members(python)
            return f"members_{name}[{c}]", "{0}", "" if signed else "e", members
        if unset_is_empty:
            return f"{c} or None", "({0} or 0)", "" if signed else "n", None
        return c, "{0}", "i" if signed else "u", None

    # --- one record

    def normalise(self, record: R) -> None:
        """Texts of addresses become addresses: a record reads as it would if the kernel had sent it."""
        for name, kind, convert in self._normal:
            value = getattr(record, name)
            if value is not None and type(value) is not kind and (kind is not object or isinstance(value, str)):
                object.__setattr__(record, name, convert(value))

    def from_bytes(self, raw: bytes) -> R:
        """A record of a struct's bytes, which may not borrow anything."""
        made = object.__new__(self.cls)
        _set_raw(made, raw)
        return made

    def alone(self, record: R) -> R:
        """A record with nothing beside its struct."""
        for set_field, default in self._beside:
            set_field(record, default)
        return record

    def from_struct(self, pointer: Any) -> R:
        """A record of a struct that a call has filled."""
        return self.from_bytes(bytes(ffi.buffer(pointer, self.size)))

    def to_bytes(self, record: R, keep: list[Any]) -> bytes:
        """The struct of a record. What it points to is added to ``keep``, and lives as long as that.

        :raises InvalidArgument: a number that its field can't hold.
        """
        if not isinstance(record, self.cls):
            raise TypeError(f"a {self.cls.__name__} was expected, not {type(record).__name__}")
        raw = None if self.pointers else raw_of(record)
        if raw is not None:
            return raw
        try:
            return self._encode(record, keep)
        except Exception as error:
            raise _unfit(record, error) from error

    def new(self) -> Any:
        """A struct for a call to fill, its size set."""
        pointer = ffi.new(f"{self.struct} *")
        if self.sized:
            pointer.size = self.size
        return pointer

    def pointer(self, record: R, keep: list[Any]) -> Any:
        """A struct for a call to read."""
        pointer = ffi.new(f"{self.struct} *")
        ffi.memmove(pointer, self.to_bytes(record, keep), self.size)
        return pointer

    # --- many

    def from_buffer(self, buffer: bytes | bytearray) -> list[R]:
        """The records of structs that lie one after another."""
        count = len(buffer) // self.size
        if self._decoder:
            with _no_collection(count):
                records: list[R] = self._decoder.records(buffer)
            return records
        with _no_collection(count):
            made = list(map(object.__new__, repeat(self.cls, count)))
            chunks = map(itemgetter(0), self._whole.iter_unpack(buffer))
            deque(map(_set_raw, made, chunks), maxlen=0)
        for name in self.pointers:  # those that point to something are read while it is there
            column = self.numbers(name, memoryview(buffer))
            if not any(column):
                continue
            for one, pointed_to in zip(made, column):
                raw = raw_of(one) if pointed_to else None
                if raw is not None:
                    self.decode(one, raw)
                    _delete_raw(one)
        return made

    def numbers(self, name: str, buffer: memoryview) -> memoryview:
        """One number of every struct in a buffer: a view.

        :raises InvalidArgument: a field there is none of, or one that is no number.
        """
        offset, code = self.columns.get(name, (0, "s"))
        if code.endswith("s"):
            raise InvalidArgument(f"{self.struct} has no number called {name!r}")
        size = calcsize(f"={code}")
        column: memoryview = buffer.cast(code)  # type: ignore[call-overload]
        return column[offset // size :: self.size // size]

    def to_buffer(self, records: Iterable[R], keep: list[Any]) -> bytes:
        """The structs of records, one after another."""
        return b"".join([self.to_bytes(one, keep) for one in records])

    def read_borrowed(self, address: int, count: int) -> tuple[R, ...]:
        """The structs at an address, copied."""
        if not count:
            return ()
        return tuple(self.from_buffer(bytes(ffi.buffer(ffi.cast("void *", address), count * self.size))))

    def lend(self, records: Sequence[R], keep: list[Any]) -> int:
        """The address of the structs of records, valid as long as ``keep``."""
        if not records:
            return 0
        array = ffi.new(f"{self.struct}[]", len(records))
        ffi.memmove(array, self.to_buffer(records, keep), len(records) * self.size)
        keep.append(array)
        return int(ffi.cast("uintptr_t", array))


@contextmanager
def _no_collection(count: int) -> Iterator[None]:
    """Many objects that all stay are made: the garbage collector would look through them again and again."""
    if count < 1000 or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read_octets(address: int, count: int) -> bytes:
    return bytes(ffi.buffer(ffi.cast("void *", address), count)) if count else b""


def _lend_octets(value: bytes, keep: list[Any]) -> int:
    if not value:
        return 0
    memory = ffi.new("uint8_t[]", bytes(value))
    keep.append(memory)
    return int(ffi.cast("uintptr_t", memory))


def _plain(hint: Any) -> Any:
    """The type of an annotation without ``None``."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
        return kinds[0]
    return hint


def _unfit(record: Record, error: Exception) -> Exception:
    """What struct.pack says, in words that name the record."""
    if isinstance(error, (InvalidArgument, TypeError, AttributeError)):
        return error
    return InvalidArgument(f"a field of {record!r} does not fit: {error}")
