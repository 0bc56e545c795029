"""What a route says about the connections over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vtep._enums import OpenEnum
from vtep._library import ffi, lib
from vtep.errors import InvalidArgument


class Metric(OpenEnum):
    """Metrics of a route (``RTAX_*``)."""

    MTU = lib.VTEP_METRIC_MTU
    """Bytes."""
    WINDOW = lib.VTEP_METRIC_WINDOW
    """Bytes."""
    RTT = lib.VTEP_METRIC_RTT
    """Eighths of a millisecond."""
    RTTVAR = lib.VTEP_METRIC_RTTVAR
    """Quarters of a millisecond."""
    SSTHRESH = lib.VTEP_METRIC_SSTHRESH
    """Segments."""
    CWND = lib.VTEP_METRIC_CWND
    """Segments; counts only where it is locked."""
    ADVMSS = lib.VTEP_METRIC_ADVMSS
    """Bytes."""
    REORDERING = lib.VTEP_METRIC_REORDERING
    """Packets."""
    HOPLIMIT = lib.VTEP_METRIC_HOPLIMIT
    INITCWND = lib.VTEP_METRIC_INITCWND
    """Segments."""
    FEATURES = lib.VTEP_METRIC_FEATURES
    """1: ECN."""
    RTO_MIN = lib.VTEP_METRIC_RTO_MIN
    """Milliseconds."""
    INITRWND = lib.VTEP_METRIC_INITRWND
    """Segments."""
    QUICKACK = lib.VTEP_METRIC_QUICKACK
    FASTOPEN_NO_COOKIE = lib.VTEP_METRIC_FASTOPEN_NO_COOKIE


class _MetricsLayout:
    """``vtep_route_metrics``, whose ``has`` counts places in an array."""

    _STRUCT = "vtep_route_metrics"

    def read_borrowed(self, address: int, count: int) -> tuple[RouteMetrics, ...]:
        """The struct at an address, copied."""
        struct = ffi.cast(f"{self._STRUCT} *", address)
        numbers = list(struct.values)
        name: bytes = ffi.string(struct.congestion_control)
        metrics = RouteMetrics(
            values={Metric(at): number for at, number in enumerate(numbers) if struct.has >> at & 1},
            locked=frozenset(Metric(at) for at in range(len(numbers)) if struct.locked >> at & 1),
            congestion_control=name.decode("utf-8", "replace") or None,
        )
        return (metrics,)

    def lend(self, metrics: Sequence[RouteMetrics], keep: list[Any]) -> int:
        """The address of a struct, valid as long as ``keep``."""
        (one,) = metrics
        struct = ffi.new(f"{self._STRUCT} *", {"size": ffi.sizeof(self._STRUCT)})
        for metric, number in one.values.items():
            if not 0 <= metric < len(struct.values):
                raise InvalidArgument(f"there is no metric {metric!r}")
            struct.values[metric] = number
            struct.has |= 1 << metric
        for metric in one.locked:
            struct.locked |= 1 << metric
        if one.congestion_control is not None:
            name = one.congestion_control.encode()
            if len(name) > 15:
                raise InvalidArgument(f"{one.congestion_control!r} is no name of at most 15 bytes")
            struct.congestion_control = name
        keep.append(struct)
        return int(ffi.cast("uintptr_t", struct))


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMetrics:
    """Metrics of a route; what is not named is the kernel's to choose."""

    _layout = _MetricsLayout()

    values: Mapping[Metric, int] = field(default_factory=dict)
    locked: frozenset[Metric] = frozenset()
    """Those not to be adjusted to what the kernel learns."""
    congestion_control: str | None = None
    """Such as "bbr"."""

    def __hash__(self) -> int:
        return hash((frozenset(self.values.items()), self.locked, self.congestion_control))
