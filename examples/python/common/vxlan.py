"""A VXLAN device in the words of ``ip -d link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vtep
from vtep import VXLANFlags

if TYPE_CHECKING:
    from common.tables import Tables


def identity(tables: Tables, vxlan: vtep.VXLAN) -> str:
    text = "external" if vxlan.vni is None else f"id {vxlan.vni}"
    for word, address in (("remote", vxlan.remote), ("group", vxlan.group), ("local", vxlan.local)):
        if address is not None:
            text += f" {word} {address}"
    if vxlan.device_index is not None:
        text += f" dev {tables.link_text(vxlan.device_index)}"
    # 0 0 stands for the kernel's own range, net.ipv4.ip_local_port_range.
    low, high = vxlan.source_ports or (0, 0)
    return f"{text} srcport {low} {high} dstport {vxlan.destination_port}"


def forwarding(vxlan: vtep.VXLAN) -> str:
    text = "" if VXLANFlags.LEARNING in vxlan.flags else " nolearning"
    if vxlan.tos:
        text += " tos inherit" if vxlan.tos == 1 else f" tos {vxlan.tos:#x}"
    if VXLANFlags.TTL_INHERIT in vxlan.flags:
        text += " ttl inherit"
    else:
        text += f" ttl {vxlan.ttl or 'auto'}"
    text += f" ageing {vxlan.ageing or 'none'}"
    return f"{text} maxaddr {vxlan.maximum_entries}" if vxlan.maximum_entries else text


def details(tables: Tables, link: vtep.Link, vxlan: vtep.VXLAN) -> str:
    checksums = (
        (VXLANFlags.UDP_CHECKSUM, "udpcsum"),
        (VXLANFlags.UDP6_ZERO_CHECKSUM_TX, "udp6zerocsumtx"),
        (VXLANFlags.UDP6_ZERO_CHECKSUM_RX, "udp6zerocsumrx"),
    )
    words = " ".join(word if flag in vxlan.flags else f"no{word}" for flag, word in checksums)
    return f"{link.name}: vxlan {identity(tables, vxlan)}{forwarding(vxlan)} {words}"
