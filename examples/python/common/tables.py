"""What the commands of the tutorial (ip addr, route -n, brctl show) print about a host."""

from __future__ import annotations

import vtep
from common import addresses, fdb, routes, vxlan


class Links:
    """The links that are known, by index."""

    def __init__(self) -> None:
        self.by_index: dict[int, vtep.Link] = {}

    def link_text(self, index: int) -> str:
        """A link's name, or ifN where no link of that index is known, as ``ip`` writes it."""
        return self.by_index[index].name if index in self.by_index else f"if{index}"


class Tables(Links):
    """Read at once, so that the tables fit together."""

    def __init__(self, host: vtep.Host) -> None:
        super().__init__()
        self.links = host.link_details()
        self.addresses = host.addresses()
        self.routes = host.routes()
        self.by_index = {one.link.index: one.link for one in self.links}

    def about(self, name: str, version: int) -> None:
        """Prints all about a VXLAN device: its details, its addresses, the routes of a family."""
        for one in self.links:
            if one.link.name == name and one.vxlan is not None:
                print(vxlan.details(self, one.link, one.vxlan), end="\n\n")
                addresses.print_link(self, one.link)
                print()
        if version == 4:
            self.print_routes()
        else:
            self.print_routes6()

    def print_links(self) -> None:
        """``ip address``."""
        for one in self.links:
            addresses.print_link(self, one.link)

    def print_vxlans(self) -> None:
        """In the words of ``ip -d link``, a line each."""
        for one in self.links:
            if one.vxlan is not None:
                print(vxlan.details(self, one.link, one.vxlan))

    def print_routes(self) -> None:
        """``route -n``."""
        print("Kernel IP routing table")
        print("Destination     Gateway         Genmask         Flags Metric Ref    Use Iface")
        for route in self.routes:
            if route.destination.version == 4 and route.type != vtep.RouteType.BROADCAST:
                print(routes.row(self, route))

    def print_routes6(self) -> None:
        """The IPv6 routes in the words of ``ip -6 route``."""
        for route in self.routes:
            if route.destination.version == 6:
                print(routes.line(self, route))

    def print_bridges(self) -> None:
        """``brctl show``, which sorts by name."""
        print("bridge name\tbridge id\t\tSTP enabled\tinterfaces")
        for one in sorted(self.links, key=lambda one: one.link.name):
            if one.bridge is not None:
                ports = sorted(port.link.name for port in self.links if port.link.master_index == one.link.index)
                stp = "no" if one.bridge.stp == vtep.STP.OFF else "yes"
                listed = "\n\t\t\t\t\t\t\t".join(ports)
                print(f"{one.link.name}\t\t{one.bridge.bridge_id}\t{stp}\t\t{listed}")

    def print_fdb(self, entries: list[vtep.FDBEntry]) -> None:
        """``bridge fdb``."""
        for entry in entries:
            print(fdb.line(self, entry))
