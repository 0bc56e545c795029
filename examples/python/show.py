"""Prints what the tutorial's commands print about this host."""

from common import overlay
from common.options import Program
from common.tables import Tables

PROGRAM = Program(
    name="show",
    overview="Prints a host's links, addresses, routes, bridges and FDB.",
    advice="Each table is headed by the command whose words it uses.",
    usage=["show [--netns PATH]"],
    options=["netns"],
)


def main() -> None:
    options = PROGRAM.parse()
    with overlay.open_host(options) as host:
        tables, fdb = Tables(host), host.fdb()
    print("# ip address")
    tables.print_links()
    print("\n# ip -d link show type vxlan")
    tables.print_vxlans()
    print("\n# route -n")
    tables.print_routes()
    print("\n# ip -6 route")
    tables.print_routes6()
    print("\n# brctl show")
    tables.print_bridges()
    print("\n# bridge fdb")
    tables.print_fdb(fdb)


overlay.run(main)
