"""Rows of ``route -n`` and lines of ``ip -6 route``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vtep

if TYPE_CHECKING:
    from common.tables import Links


def row(tables: Links, route: vtep.Route) -> str:
    """With several next hops ``route`` shows the first. References and uses: nobody counts them since the kernel has no
    route cache."""
    hop: vtep.Route | vtep.NextHop = route.next_hops[0] if route.next_hops else route
    network, flags, metric = route.destination.network, route.flags_word, route.metric or 0
    if flags.startswith("!"):
        return f"{network.network_address!s:<15} {'-':<15} {network.netmask!s:<15} {flags:<5} {metric:<6} -        0 -"
    gateway, link = hop.gateway or "0.0.0.0", tables.link_text(hop.link_index) if hop.link_index else "*"
    return (
        f"{network.network_address!s:<15} {gateway!s:<15} {network.netmask!s:<15} {flags:<5} {metric:<6} "
        f"0        0 {link}"
    )


def line(tables: Links, route: vtep.Route) -> str:
    text = "default" if route.destination.network.prefixlen == 0 else str(route.destination)
    hops: list[vtep.Route | vtep.NextHop] = [route, *route.next_hops]
    for hop in hops:
        if hop.gateway is not None:
            text += f" via {hop.gateway}"
        if hop.link_index is not None:
            text += f" dev {tables.link_text(hop.link_index)}"
    return f"{text} proto {route.origin.word} metric {route.metric or 0}"
