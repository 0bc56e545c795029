"""Python functions that C calls. An exception never enters C: it ends the call and comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any

from vtep._library import ffi
from vtep.errors import CallbackFailed

STOP = 1


class Callback:
    """A C function pointer to a Python function, for the length of a ``with`` block. Its result is ignored; an exception
    makes C stop."""

    def __init__(self, kind: str, function: Callable[..., object]) -> None:
        self._raised: BaseException | None = None
        self._function = function
        self.pointer = ffi.callback(kind, self._forward, error=STOP)

    def _forward(self, *arguments: Any) -> int:
        if self._raised is not None:
            return STOP
        try:
            self._function(*arguments)
        except BaseException as error:
            self._raised = error
            return STOP
        return 0

    def run(self, call: Callable[..., None], *arguments: Any) -> None:
        """A call that is given the pointer. Raises what the function raised, and else what the call raises."""
        try:
            call(*arguments)
        except CallbackFailed:
            if self._raised is None:
                raise
        if self._raised is not None:
            raise self._raised

    def __enter__(self) -> Callback:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._raised = None
