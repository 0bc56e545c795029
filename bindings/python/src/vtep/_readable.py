"""Handles with a descriptor that tells when there is something to take: iteration, in threads and in asyncio."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from vtep._call import milliseconds
from vtep._handle import Handle
from vtep.errors import HandleError

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

# A wait is cut into pieces of this many seconds, so that a handle which another thread closes is noticed.
_PIECE = 0.2


class Readable(Handle, Generic[T]):
    """``for item in it`` waits; ``async for item in it`` waits in asyncio. Both end when it is closed."""

    _waiting: tuple[asyncio.AbstractEventLoop, asyncio.Future[None], int] | None = None

    def fileno(self) -> int:
        """A descriptor that is readable while there is something to take. Don't read from it, don't close it."""
        raise NotImplementedError

    def _poll(self) -> T | None:
        """Takes what is there, without waiting."""
        raise NotImplementedError

    def _next(self, timeout: float | None) -> T | None:
        """Waits for ``timeout`` seconds, or for ever. Other threads may use the handle meanwhile."""
        until = None if timeout is None else time.monotonic() + milliseconds(timeout) / 1000
        while True:
            item = self._poll()
            if item is not None:
                return item
            left = _PIECE if until is None else min(until - time.monotonic(), _PIECE)
            if left <= 0:
                return None
            poll = select.poll()
            poll.register(self.fileno(), select.POLLIN)
            poll.poll(left * 1000)

    def __iter__(self: Any) -> Any:
        return self

    def __next__(self) -> T:
        try:
            item = self._next(None)
        except HandleError:
            raise StopIteration from None
        assert item is not None
        return item

    def __aiter__(self: Any) -> Any:
        return self

    async def __anext__(self) -> T:
        while True:
            try:
                item = self._poll()
                if item is not None:
                    return item
                await self._readable()
            except HandleError:
                raise StopAsyncIteration from None

    async def _readable(self) -> None:
        if self._waiting is not None:
            raise RuntimeError(f"another task waits for this {type(self).__name__}")
        import asyncio  # here, as it takes longer to import than the rest of the standard library that is needed

        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        fd = self.fileno()
        loop.add_reader(fd, wake, future)
        self._waiting = loop, future, fd
        try:
            await future
        finally:
            self._waiting = None
            loop.remove_reader(fd)

    def close(self) -> None:
        """Ends it, and whatever waits for it. A second time is nothing."""
        if self._waiting is not None:
            loop, future, fd = self._waiting
            loop.remove_reader(fd)
            loop.call_soon_threadsafe(wake, future)
        super().close()


def wake(future: asyncio.Future[None]) -> None:
    """Lets who waits go on."""
    if not future.done():
        future.set_result(None)
