"""Prints what changes on this host, as it happens."""

import signal

import vtep
from common import events, overlay
from common.options import Program
from common.tables import Links

PROGRAM = Program(
    name="watch",
    overview="Prints what changes on a host, as it happens.",
    advice="One event a line, until it is interrupted.",
    usage=["watch [--snapshot] [--netns PATH]"],
    options=["snapshot", "netns"],
)

WATCHED = (
    vtep.ObjectKind.LINK
    | vtep.ObjectKind.ADDRESS
    | vtep.ObjectKind.ROUTE
    | vtep.ObjectKind.NEIGHBOUR
    | vtep.ObjectKind.FDB
    | vtep.ObjectKind.VNI
    | vtep.ObjectKind.VLAN
    | vtep.ObjectKind.VLAN_TUNNEL
)


def main() -> None:
    options = PROGRAM.parse()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends like any program, without a traceback
    prints, links = options.snapshot, Links()
    # The monitor always tells the whole at first: that is how the names of links come to be known.
    with vtep.Monitor(WATCHED, path=options.netns, snapshot=True) as monitor:
        for event in monitor:
            line = events.line(links, event)
            if prints:
                print(line, flush=True)
            prints = prints or event.kind is vtep.EventKind.SYNCHRONISED


overlay.run(main)
