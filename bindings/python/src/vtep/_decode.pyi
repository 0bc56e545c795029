from collections.abc import Callable
from typing import Any

class Decoder:
    def __new__(
        cls,
        kind: type[Any],
        size: int,
        has: int,
        has_length: int,
        raw_slot: Any,
        whole: Callable[[Any, bytes], None],
        fields: tuple[tuple[str, int, int, int, Any, Any], ...],
        /,
    ) -> Decoder: ...
    def decode(self, record: Any, raw: bytes, /) -> None: ...
    def records(self, buffer: bytes | bytearray, /) -> list[Any]: ...

def gather(slices: bytes, first: int, count: int, /) -> bytes: ...
