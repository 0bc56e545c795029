"""Network namespaces as they are named in calls."""

from __future__ import annotations

import os
from typing import Any, Protocol, Union

from vtep._call import c_string


class HasFileno(Protocol):
    """An open file, for example."""

    def fileno(self) -> int:
        """Its descriptor."""


Descriptor = Union[int, HasFileno]
"""A descriptor, or an object that has one."""


def descriptor(value: Descriptor) -> int:
    """The number of a descriptor."""
    return value if isinstance(value, int) else value.fileno()


def namespace(
    path: str | os.PathLike[str] | None, fd: Descriptor | None, pid: int | None
) -> tuple[str | None, Any]:
    """Which of the three was given, and what C takes for it."""
    given: list[tuple[str, Any]] = []
    if path is not None:
        given.append(("path", c_string(os.fspath(path), "path")))
    if fd is not None:
        given.append(("fd", descriptor(fd)))
    if pid is not None:
        given.append(("pid", pid))
    if len(given) > 1:
        raise TypeError("name one of path, fd and pid")
    return given[0] if given else (None, None)
