"""Many records as one buffer, for programs to which an object for each is too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Generic, TypeVar, overload

from vtep._layout import Layout, Record
from vtep.errors import InvalidArgument

R = TypeVar("R", bound=Record)


class RecordArray(Sequence[R], Generic[R]):
    """The structs of ``vtep.h`` one after another in one writable buffer, and a sequence of records at the same time.

    Columns of numbers are views into the buffer, not copies: :meth:`column` needs nothing but Python, and
    :meth:`numpy` gives a structured array. What is passed to ``apply_*`` as such an array is not looked at in Python.
    """

    __slots__ = ("_layout", "_buffer")

    def __init__(self, kind: type[R], count: int = 0) -> None:
        """``count`` blank structs, sizes set, for records of that kind."""
        layout: Layout[R] = kind._layout
        if layout.pointers:
            raise InvalidArgument(f"a {kind.__name__} points to memory outside its struct: use records")
        blank = bytearray(layout.size)
        if layout.sized:
            blank[:4] = layout.size.to_bytes(4, "little")
        self._layout = layout
        self._buffer = blank * count

    @classmethod
    def of(cls, kind: type[R], records: Iterable[R]) -> RecordArray[R]:
        """An array of these records."""
        array = cls(kind)
        array._buffer = bytearray(array._layout.to_buffer(records, []))
        return array

    @property
    def data(self) -> memoryview:
        """The buffer: :attr:`itemsize` bytes for each record, laid out as in ``vtep.h``."""
        return memoryview(self._buffer)

    @property
    def kind(self) -> type[R]:
        """What the elements are."""
        return self._layout.cls

    @property
    def itemsize(self) -> int:
        """Bytes from one struct to the next."""
        return self._layout.size

    def column(self, name: str) -> memoryview:
        """One number of every struct, named as in ``vtep.h``: a view to read and to write.

        :raises InvalidArgument: a field there is none of, or one that is no number.
        """
        return self._layout.numbers(name, self.data)

    @property
    def dtype(self) -> dict[str, Any]:
        """The struct for ``numpy.dtype()``. Addresses are bytes; a ``vtep_ip`` begins with its family."""
        columns = self._layout.columns
        return {
            "names": list(columns),
            "formats": [_numpy_format(code) for _, code in columns.values()],
            "offsets": [offset for offset, _ in columns.values()],
            "itemsize": self.itemsize,
        }

    def numpy(self) -> Any:
        """A structured numpy array over the same memory."""
        numpy: Any = import_module("numpy")
        return numpy.frombuffer(self._buffer, dtype=numpy.dtype(self.dtype))

    def __len__(self) -> int:
        return len(self._buffer) // self._layout.size

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        count, size = len(self), self._layout.size
        place = index + count if index < 0 else index
        if not 0 <= place < count:
            raise IndexError(f"element {index} of {count}")
        return self._layout.alone(self._layout.from_bytes(bytes(self._buffer[place * size : (place + 1) * size])))

    def __setitem__(self, index: int, record: R) -> None:
        place, size = range(len(self))[index], self._layout.size
        self._buffer[place * size : (place + 1) * size] = self._layout.to_bytes(record, [])

    def __iter__(self) -> Iterator[R]:
        return map(self._layout.alone, self._layout.from_buffer(self._buffer))

    def __repr__(self) -> str:
        return f"<RecordArray of {len(self)} {self.kind.__name__}>"


def _numpy_format(code: str) -> str:
    if code.endswith("s"):
        return f"({code[:-1]},)u1"
    return {"B": "u1", "b": "i1", "H": "<u2", "h": "<i2", "I": "<u4", "i": "<i4", "Q": "<u8", "q": "<i8"}[code]
