"""Joins this host with all others of a multicast group by VXLAN."""

from common import overlay
from common.options import Program

PROGRAM = Program(
    name="multicast",
    overview="Joins this host with all others of a multicast group by VXLAN.",
    advice="Run it on every host, with the same group. The underlay must carry multicast.",
    usage=[
        "multicast --device DEV --group IP --address PREFIX [OPTION ...]",
        "multicast --delete [--name NAME] [--vni VNI] [--netns PATH]",
    ],
    options=["group", "address", "device", "vni", "port", "name", "local", "mtu", "netns", "delete"],
)


def main() -> None:
    options = PROGRAM.parse()
    if options.delete:
        overlay.delete(options)
        return
    PROGRAM.require(options.group is not None, "--group is missing")
    PROGRAM.require(options.device is not None, "--device is missing")
    PROGRAM.require(options.address is not None, "--address is missing")
    overlay.make_and_show(options)


overlay.run(main)
