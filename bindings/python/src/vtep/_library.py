"""Finds ``libvtep.so``, loads it, and makes sure that it is the one this package was built for."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from vtep._abi import ffi as _ffi

ffi: Any = _ffi
NULL: Any = ffi.NULL

_BUNDLED = Path(__file__).parent / "lib" / "libvtep.so.0"


def _candidates() -> list[str]:
    """The library named in the environment and no other; else the wheel's own; else the system's."""
    named = os.environ.get("VTEP_LIBRARY")
    if named:
        return [named]
    return [str(_BUNDLED), _BUNDLED.name] if _BUNDLED.exists() else [_BUNDLED.name]


def _load() -> Any:
    failure: OSError | None = None
    for name in _candidates():
        try:
            return ffi.dlopen(name)
        except OSError as error:
            failure = failure or error
    raise ImportError(f"cannot load libvtep: {failure}; install it, or name it in VTEP_LIBRARY") from failure


lib: Any = _load()


def is_reserved(field: str) -> bool:
    """Whether a struct's field is one of those that are kept for later: ``reserved``, ``reserved2``."""
    return re.fullmatch(r"reserved\d*", field) is not None


#: The version of this package: that of the header it was built from.
header_version = (int(lib.VTEP_VERSION_MAJOR), int(lib.VTEP_VERSION_MINOR), int(lib.VTEP_VERSION_PATCH))


def _loaded_version() -> tuple[int, int, int]:
    number = int(lib.vtep_version())
    return (number >> 16, number >> 8 & 0xFF, number & 0xFF)


#: The version of the library that is loaded.
library_version = _loaded_version()

# While the major version is 0, one minor version promises nothing to another (docs/abi.md).
if library_version[:2] != header_version[:2]:
    raise ImportError(f"this package was built for libvtep {header_version}, and {library_version} was loaded")
