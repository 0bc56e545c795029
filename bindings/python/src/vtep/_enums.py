"""Enumerations whose sets are open: the kernel may know members that the header does not name."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Any


class OpenEnum(IntEnum):
    """Numbers with names. A number without one is a member, too, named ``UNKNOWN_<number>``."""

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if not isinstance(value, int) or value < 0:
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member


class Flags(IntFlag):
    """Bits with names; other bits may be set."""
