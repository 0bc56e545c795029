"""An event in a line."""

from __future__ import annotations

import vtep
from common import fdb, routes
from common.tables import Links


def link_line(links: Links, link: vtep.Link, details: vtep.LinkDetails | None) -> str:
    links.by_index[link.index] = link  # also when it is gone: what was on it is told later
    up = "up" if link.is_up else "down"
    text = f"link {link.name} {link.kind or 'physical'} mtu {link.mtu} {up} state {link.operstate.word}"
    if link.master_index is not None:
        text += f" master {links.link_text(link.master_index)}"
    vxlan = details.vxlan if details else None
    return text if vxlan is None or vxlan.vni is None else f"{text} id {vxlan.vni}"


def route_line(links: Links, route: vtep.Route) -> str:
    kind = "" if route.type == vtep.RouteType.UNICAST else f"{route.type.word} "
    table = "" if route.table == vtep.RouteTable.MAIN else f"table {route.table.word} "
    return f"route {kind}{table}{routes.line(links, route)}"


def neighbour_line(links: Links, neighbour: vtep.Neighbour) -> str:
    mac = "" if neighbour.mac is None else f" lladdr {neighbour.mac}"
    return f"neighbour {neighbour.address} dev {links.link_text(neighbour.link_index)}{mac} {neighbour.state.word}"


def vni_line(links: Links, vni: vtep.VNIs) -> str:
    text = f"vni {vni.first} dev {links.link_text(vni.link_index)}"
    if vni.remote is not None:
        text += f" remote {vni.remote}"
    return text if vni.group is None else f"{text} group {vni.group}"


def vlan_line(links: Links, vlan: vtep.VLANs) -> str:
    pvid = " pvid" if vtep.VLANFlags.PVID in vlan.flags else ""
    untagged = " untagged" if vtep.VLANFlags.UNTAGGED in vlan.flags else ""
    return f"vlan {vlan.first} dev {links.link_text(vlan.link_index)}{pvid}{untagged}"


def object_line(links: Links, event: vtep.Event) -> str:
    value = event.value
    if isinstance(value, vtep.Link):
        return link_line(links, value, event.details)
    if isinstance(value, vtep.Address):
        return f"address {value.prefix} dev {links.link_text(value.link_index)} scope {value.scope.word}"
    if isinstance(value, vtep.Route):
        return route_line(links, value)
    if isinstance(value, vtep.Neighbour):
        return neighbour_line(links, value)
    if isinstance(value, vtep.FDBEntry):
        return f"fdb {fdb.line(links, value)}"
    if isinstance(value, vtep.VNIs):
        return vni_line(links, value)
    if isinstance(value, vtep.VLANs):
        return vlan_line(links, value)
    if isinstance(value, vtep.VLANTunnels):
        return f"tunnel vlan {value.first} dev {links.link_text(value.link_index)} id {value.first_vni}"
    return ""


def line(links: Links, event: vtep.Event) -> str:
    text = event.kind.name.lower()
    return f"{text} {object_line(links, event)}" if event.object else text
