"""Joins containers of several hosts: VXLAN as a port of their bridge."""

import sys

import vtep
from common import docker_network, overlay
from common.options import Options, Program
from common.tables import Tables

PROGRAM = Program(
    name="docker-cross-host",
    overview="Joins containers of several hosts: VXLAN as a port of their bridge.",
    advice="Run it on every host. The containers' addresses must differ, within one subnet.",
    usage=[
        "docker-cross-host --device DEV (--group IP | --remote IP) (--bridge NAME | --network NETWORK) [OPTION ...]",
        "docker-cross-host --delete [--name NAME] [--vni VNI] [--netns PATH]",
    ],
    options=[
        "group",
        "remote",
        "bridge",
        "network",
        "device",
        "vni",
        "port",
        "name",
        "local",
        "mtu",
        "netns",
        "delete",
    ],
)


def find_bridge(host: vtep.Host, name: str) -> vtep.Link:
    """Finds the bridge as it is before the VXLAN device becomes its port."""
    bridge = host.link(name)
    if not bridge.is_bridge:
        kind = bridge.kind or "physical"
        raise vtep.Error(f'cannot make a port of "{name}": it is a {kind} link, no bridge')
    return bridge


def note_mtu(tables: Tables, bridge: vtep.Link, options: Options) -> None:
    """A bridge drops what is too large for a port and tells nobody: small packets pass, large transfers hang. What
    counts is the MTU of the other ports, and of the bridge before: one without an MTU of its own follows its smallest
    port."""
    ports = {one.link.name: one.link.mtu for one in tables.links if one.link.master_index == bridge.index}
    carried = ports.pop(options.name, 0)
    widest = max(bridge.mtu, *ports.values(), 0)
    remote = options.remote or options.group
    overhead = 70 if remote is not None and remote.version == 6 else 50
    if widest > carried:
        print(
            f'note: "{bridge.name}" takes packets of {widest} bytes, "{options.name}" carries {carried}: larger ones '
            f"vanish without a word and transfers hang; give the containers an MTU of {carried} (docker network create "
            f"--opt com.docker.network.driver.mtu={carried}), or the underlay one of {widest + overhead}",
            file=sys.stderr,
        )


def main() -> None:
    options = PROGRAM.parse()
    if options.delete:
        overlay.delete(options)
        return
    PROGRAM.require((options.group is None) != (options.remote is None), "name one of --group and --remote")
    PROGRAM.require(options.device is not None, "--device is missing")
    PROGRAM.require((options.bridge is None) != (options.network is None), "name one of --bridge and --network")
    name = options.bridge if options.bridge is not None else docker_network.bridge_of(options.network or "")
    with overlay.open_host(options) as host:
        bridge = find_bridge(host, name)
        tables = overlay.make(host, options, master=name)
        tables.about(options.name, 4)
        print()
        tables.print_bridges()
        note_mtu(tables, bridge, options)


overlay.run(main)
