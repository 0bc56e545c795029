"""Joins this host with one other by VXLAN."""

from common import overlay
from common.options import Program

PROGRAM = Program(
    name="point-to-point",
    overview="Joins this host with one other by VXLAN.",
    advice="Run it on both hosts, each with the other as its remote.",
    usage=[
        "point-to-point --device DEV --remote IP --address PREFIX [OPTION ...]",
        "point-to-point --delete [--name NAME] [--vni VNI] [--netns PATH]",
    ],
    options=["remote", "address", "device", "vni", "port", "name", "local", "mtu", "netns", "delete"],
)


def main() -> None:
    options = PROGRAM.parse()
    if options.delete:
        overlay.delete(options)
        return
    PROGRAM.require(options.remote is not None, "--remote is missing")
    PROGRAM.require(options.device is not None, "--device is missing")
    PROGRAM.require(options.address is not None, "--address is missing")
    overlay.make_and_show(options)


overlay.run(main)
