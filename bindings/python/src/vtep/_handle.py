"""What a handle of the library is in Python: closed once, used by one thread at a time, never after a ``fork``."""

from __future__ import annotations

import os
import threading
import warnings
from types import TracebackType
from typing import Any, ClassVar, TypeVar

from vtep._call import out_of_range
from vtep._library import NULL, ffi, lib
from vtep.errors import HandleError, from_struct, new_error_struct

H = TypeVar("H", bound="Handle")


class _Process:
    """Counts forks, so that a handle knows whether it came through one."""

    forks = 0

    @classmethod
    def forked(cls) -> None:
        cls.forks += 1


os.register_at_fork(after_in_child=_Process.forked)


class Handle:
    """Something of the library that must be closed. Use it in a ``with`` block.

    Any thread may use it; one that comes while another is in a call waits. The interpreter's lock is released during
    every call.
    """

    _end: ClassVar[str]
    """The function that ends the handle."""

    def __init__(self, pointer: Any) -> None:
        self._lock = threading.RLock()
        self._forks = _Process.forks
        self._spare: list[Any] = []
        self._pointer = pointer

    @property
    def _forked(self) -> bool:
        """Whether this is the child of a ``fork`` that the handle came through."""
        return self._forks != _Process.forks

    @property
    def closed(self) -> bool:
        """Whether :meth:`close` was called."""
        return bool(self._pointer == NULL)

    def close(self) -> None:
        """Ends the handle; a second time is nothing. In the child of a ``fork`` it only forgets it."""
        with self._lock:
            pointer, self._pointer = self._pointer, NULL
            if self._forks == _Process.forks:
                getattr(lib, self._end)(pointer)

    def __enter__(self: H) -> H:
        self._live()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_pointer", NULL) == NULL or self._forks != _Process.forks:
            return
        warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
        self.close()

    def __repr__(self) -> str:
        state = "closed" if self.closed else f"at {hex(id(self))}"
        return f"<{type(self).__module__.partition('.')[0]}.{type(self).__name__} {state}>"

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} belongs to one process and can't be pickled")

    def _live(self) -> Any:
        """The pointer, while it may be used."""
        if self._forks != _Process.forks:
            raise HandleError(
                f"this {type(self).__name__} was opened before a fork", remedy="open another one in the child"
            )
        if self._pointer == NULL:
            raise HandleError(f"this {type(self).__name__} is closed")
        return self._pointer

    def _call(self, function: Any, *arguments: Any) -> None:
        """A function whose first parameter is the handle and whose last is the error. Raises what it reports."""
        with self._lock:
            pointer = self._live()
            # A signal handler may call us between any two lines: each call has an error struct of its own.
            err = self._spare.pop() if self._spare else new_error_struct()
            try:
                status = function(pointer, *arguments, err)
            except OverflowError as error:
                raise out_of_range(error) from None
            if status:
                raise from_struct(err)
            self._spare.append(err)

    def _ask(self, function: Any) -> Any:
        """A function of the handle alone that can't fail."""
        with self._lock:
            return function(self._live())


def new_handle(kind: str) -> Any:
    """Where a function puts a handle that it makes."""
    return ffi.new(f"{kind} **")
