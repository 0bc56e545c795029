"""The header and this package, held against each other: what one has and the other lacks is a failure."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import vtep
from vtep import _layout, _options, errors
from vtep._library import ffi, is_reserved, lib

SOURCES = sorted(Path(vtep.__file__).parent.glob("*.py"))

NAMES = set(dir(lib))
FUNCTIONS = {name for name in NAMES if name.startswith("vtep_")}
CONSTANTS = {name for name in NAMES if name.startswith("VTEP_")}

# Constants that the C side alone needs: sizes of text buffers, and those a generated name stands for.
NOT_FOR_PYTHON = {"VTEP_OK", "VTEP_MAC_TEXT_SIZE", "VTEP_IP_TEXT_SIZE", "VTEP_PREFIX_TEXT_SIZE"}
NOT_FOR_PYTHON |= {"VTEP_BRIDGE_ID_TEXT_SIZE"}

# Functions that Python has no use for: it formats and masks addresses itself, and reads lists in one go.
UNUSED = {
    "vtep_mac_format",
    "vtep_ip_format",
    "vtep_prefix_format",
    "vtep_prefix_network",
    "vtep_prefix_netmask",
    "vtep_bridge_id_format",
} | {name for name in FUNCTIONS if name.endswith("_list_get") and name.replace("_get", "_copy") in FUNCTIONS}


# Option structs that are taken apart into a function's own parameters.
SIGNATURES: dict[str, Callable[..., Any]] = {
    "vtep_monitor_options": vtep.Monitor.__init__,
    "vtep_outer_options": vtep.write_outer,
    "vtep_endpoint_options": vtep.Endpoint.__init__,
}


def every(base: type[Any]) -> list[type[Any]]:
    found = list(base.__subclasses__())
    return found + [deeper for one in found for deeper in every(one)]


def used_names() -> set[str]:
    """What the package's sources ask the library for: ``lib.vtep_...`` and names put together of literals."""
    used: set[str] = set()
    for source in SOURCES:
        if source.name == "_abi.py":
            continue
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "lib":
                used.add(node.attr)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in NAMES:
                used.add(node.value)
    # _lists.py puts these together.
    lists = {"link", "remote", "address", "route", "neighbour", "fdb", *list_kinds()}
    used |= {f"vtep_{kind}_list_{verb}" for kind in lists for verb in ("count", "copy", "free")} & FUNCTIONS
    return used


def list_kinds() -> set[str]:
    """The list kinds that the sources name in a call of _lists.py."""
    kinds: set[str] = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and "list" in node.func.id:
                kinds |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return kinds


def test_every_function_of_the_header_is_called() -> None:
    assert FUNCTIONS - used_names() - UNUSED == set()


def test_no_function_is_called_that_the_header_lacks() -> None:
    assert {name for name in used_names() if name.startswith("vtep_")} - FUNCTIONS == set()


def test_every_function_of_the_header_is_in_the_library() -> None:
    for name in FUNCTIONS:
        assert getattr(lib, name), name


def layouts() -> list[_layout.Layout[Any]]:
    return [kind._layout for kind in every(_layout.Record)  if "_layout" in vars(kind)]


def modules() -> list[Any]:
    return [importlib.import_module(f"vtep.{source.stem}") for source in SOURCES if source.stem != "__init__"]


def option_structs() -> list[_options.OptionStruct]:
    found = [
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, _options.OptionStruct)
    ]
    return list({one.struct: one for one in found}.values())


def test_every_field_of_every_struct_is_read() -> None:
    for layout in layouts():
        unread = {name for name in layout.c_fields if not is_reserved(name)} - layout.covered
        assert unread == set(), f"{layout.struct}: {unread}"


def test_every_struct_is_bound() -> None:
    bound = {layout.struct for layout in layouts()} | {options.struct for options in option_structs()}
    # Values that Python has types for, and what errors.py, monitor.py, batch.py and route_metrics.py read field by field.
    bound |= {"vtep_mac", "vtep_ip", "vtep_prefix", "vtep_error", "vtep_event", "vtep_batch_view", "vtep_route_metrics"}
    assert {name for name in ffi.list_types()[0] if is_defined(name)} - bound == set()


def is_defined(name: str) -> bool:
    """Whether it is a struct that the header shows, not a handle. (cffi ends the process when asked for the fields of one
    that is not.)"""
    if not name.startswith("vtep_") or ffi.typeof(name).kind != "struct":
        return False
    try:
        return bool(ffi.sizeof(name))
    except ffi.error:
        return False


def keywords_of(options: _options.OptionStruct) -> set[str]:
    """The keywords by which Python takes an option struct: the keys of the TypedDict of its name, or the parameters of
    the function that takes it."""
    if options.struct in SIGNATURES:
        names = set(inspect.signature(SIGNATURES[options.struct]).parameters) - {"self", "transmission", "identification"}
        return {f"netns_{name}" if name in ("path", "fd", "pid") else name for name in names}
    # What Python takes as one sequence, C takes as a pointer and a count.
    counted = {f"{name}_count" for name in ("address", "fd")}
    words = options.struct.removeprefix("vtep_").replace("_", "")
    for module in modules():
        for name, value in vars(module).items():
            if typing.is_typeddict(value) and name.lower() == words:
                return set(value.__annotations__) | set(options.required) | counted & options.names
    return set()


def test_every_option_has_a_typed_keyword() -> None:
    for options in option_structs():
        assert keywords_of(options) == options.names, options.struct


def test_every_constant_is_a_member_of_something() -> None:
    members = {
        f"{value!r}:{name}"
        for kind in every(enum.Enum)
        if kind.__module__.startswith("vtep.")
        for name, value in kind.__members__.items()
    }
    assert members
    used = used_names()
    bits = {
        name
        for name in CONSTANTS
        for bound in (*(layout.bits for layout in layouts()), *(options._bits for options in option_structs()))
        if name.startswith(bound)
    }
    assert CONSTANTS - used - bits - NOT_FOR_PYTHON == set()


def test_every_bit_belongs_to_a_field() -> None:
    for layout in layouts():
        fields = {name.upper() for name in layout.covered}
        of = {name for name in CONSTANTS if name.startswith(layout.bits)}
        shared = {
            field.metadata["bit"].upper()
            for field in layout.cls.__dataclass_fields__.values()
            if "bit" in field.metadata
        }
        present = {name.removeprefix("is_").upper() for name in layout.cls.__dataclass_fields__ if name.startswith("is_")}
        assert {name.removeprefix(layout.bits) for name in of} - fields - shared - present == set(), layout.struct


def test_every_status_has_a_class() -> None:
    codes = {name for name in CONSTANTS if name.startswith("VTEP_E_")}
    assert {getattr(lib, name) for name in codes} == set(errors.KINDS)
    assert len(set(errors.KINDS.values())) == len(codes)
    for code in errors.KINDS:
        assert errors.status_text(code) != "unknown status"


def test_everything_public_is_documented() -> None:
    for name in vtep.__all__:
        value = getattr(vtep, name)
        if not inspect.isclass(value) or not value.__module__.startswith("vtep."):
            continue
        assert inspect.getdoc(value), name
        for member, function in vars(value).items():
            if not member.startswith("_") and inspect.isfunction(function):
                assert inspect.getdoc(function), f"{name}.{member}"
