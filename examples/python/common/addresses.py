"""A link's paragraph of ``ip addr``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vtep
from vtep import AddressFlags, LinkFlags

if TYPE_CHECKING:
    from common.tables import Tables

LINK_FLAGS = (
    LinkFlags.LOOPBACK,
    LinkFlags.BROADCAST,
    LinkFlags.POINTOPOINT,
    LinkFlags.MULTICAST,
    LinkFlags.NOARP,
    LinkFlags.ALLMULTI,
    LinkFlags.PROMISC,
    LinkFlags.UP,
    LinkFlags.LOWER_UP,
    LinkFlags.DORMANT,
)

# An IPv6 address is tentative for a second or two, while the kernel looks for a duplicate on the segment.
ADDRESS_FLAGS = {
    AddressFlags.SECONDARY: "secondary",
    AddressFlags.NODAD: "nodad",
    AddressFlags.DADFAILED: "dadfailed",
    AddressFlags.DEPRECATED: "deprecated",
    AddressFlags.TENTATIVE: "tentative",
    AddressFlags.MANAGETEMPADDR: "mngtmpaddr",
    AddressFlags.NOPREFIXROUTE: "noprefixroute",
}


def flags(tables: Tables, link: vtep.Link) -> str:
    words = [flag.name or "" for flag in LINK_FLAGS if flag in link.flags]
    if link.is_up and LinkFlags.RUNNING not in link.flags:
        words.insert(0, "NO-CARRIER")
    # Nothing can come in over the other end of a veth, or the link underneath, while it is set down.
    if link.lower_netnsid is None and link.lower_index in tables.by_index and not tables.by_index[link.lower_index].is_up:
        words.append("M-DOWN")
    return ",".join(words)


def name(tables: Tables, link: vtep.Link) -> str:
    """NAME@LOWER; the other end of a veth may be in another namespace, where its index says nothing about our links."""
    if link.lower_index is None:
        return link.name
    lower = tables.link_text(link.lower_index) if link.lower_netnsid is None else f"if{link.lower_index}"
    return f"{link.name}@{lower}"


def headline(tables: Tables, link: vtep.Link) -> str:
    text = f"{link.index}: {name(tables, link)}: <{flags(tables, link)}> mtu {link.mtu} qdisc {link.qdisc}"
    if link.master_index is not None:
        text += f" master {tables.link_text(link.master_index)}"
    text += f" state {link.operstate.word} group {link.group or 'default'}"
    return f"{text} qlen {link.tx_queue_length}" if link.tx_queue_length else text


def lifetime(seconds: int | None) -> str:
    return "forever" if seconds is None else f"{seconds}sec"


def print_address(address: vtep.Address) -> None:
    prefix = address.prefix
    text = "    inet " if prefix.version == 4 else "    inet6 "
    text += str(prefix) if address.peer is None else f"{prefix.ip} peer {address.peer}/{prefix.network.prefixlen}"
    if address.broadcast is not None:
        text += f" brd {address.broadcast}"
    text += f" scope {address.scope.word}"
    text += "".join(f" {word}" for flag, word in ADDRESS_FLAGS.items() if flag in address.flags)
    if AddressFlags.PERMANENT not in address.flags:
        text += " dynamic"
    # Only IPv4 has labels; `ip` leaves the blank in front of a missing one.
    print(f"{text} {address.label or ''}")
    valid, preferred = lifetime(address.valid_lifetime), lifetime(address.preferred_lifetime)
    print(f"       valid_lft {valid} preferred_lft {preferred}")


def print_link(tables: Tables, link: vtep.Link) -> None:
    print(headline(tables, link))
    if link.mac is not None and link.broadcast is not None:
        kind = "loopback" if LinkFlags.LOOPBACK in link.flags else "ether"
        netnsid = "" if link.lower_netnsid is None else f" link-netnsid {link.lower_netnsid}"
        print(f"    link/{kind} {link.mac} brd {link.broadcast}{netnsid}")
    for version in (4, 6):  # `ip` lists IPv4 before IPv6
        for address in tables.addresses:
            if address.link_index == link.index and address.prefix.version == version:
                print_address(address)
