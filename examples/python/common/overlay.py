"""Making and deleting what the programs are about."""

from __future__ import annotations

import sys
from collections.abc import Callable

import vtep
from common.options import FAILED, Options
from common.tables import Tables


def run(program: Callable[[], None]) -> None:
    """Runs a program; what goes wrong is told in one line."""
    try:
        program()
    except vtep.Error as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(FAILED)


def open_host(options: Options) -> vtep.Host:
    """The host in the network namespace that was named."""
    return vtep.Host(path=options.netns)


def make(host: vtep.Host, options: Options, master: str | None = None) -> Tables:
    """Makes the VXLAN device, gives it its address, if there is one, and reads the tables. If anything fails, the device
    goes again: who is told of an error finds nothing half done."""
    link = host.create_vxlan(
        options.name,
        vni=options.vni,
        device=options.device,
        remote=options.remote,
        group=options.group,
        local=options.local,
        destination_port=options.port,
        mtu=options.mtu,
        master=master,
        up=True,
    )
    try:
        if options.address is not None:
            host.add_address(link.name, options.address)
        return Tables(host)
    except vtep.Error:
        host.delete_vxlan(link.name, options.vni)
        raise


def make_and_show(options: Options) -> None:
    """Makes a VXLAN device that has an address itself (point to point, multicast), and prints the tables."""
    with open_host(options) as host:
        version = options.address.version if options.address else 4
        make(host, options).about(options.name, version)


def delete(options: Options) -> None:
    """Deletes what :func:`make` made; its addresses, routes and place in a bridge go with it."""
    with open_host(options) as host:
        host.delete_vxlan(options.name, options.vni)
    print(f"deleted {options.name}")
