"""A VTEP in this program: a TAP device, or a socket in QEMU's framing, joined with other VTEPs over UDP. The other side
may be this program, too, or the kernel's VXLAN device."""

import signal

import vtep
from common import overlay
from common.options import Options, Program

PROGRAM = Program(
    name="userspace-endpoint",
    overview="Joins this host with others by VXLAN, without the kernel's device.",
    advice="Runs until it is interrupted, and then prints what it has counted.",
    usage=[
        "userspace-endpoint (--remote IP | --group IP) --address PREFIX [OPTION ...]",
        "userspace-endpoint (--remote IP | --group IP) --stream PATH [--connect] [OPTION ...]",
    ],
    options=[
        "remote",
        "group",
        "address",
        "tap",
        "stream",
        "connect",
        "device",
        "vni",
        "port",
        "local",
        "mtu",
        "netns",
    ],
)


def open_endpoint(options: Options, remote: vtep.IPAddress) -> vtep.Endpoint:
    """A VTEP listens at its own address, but a group is only heard without one."""
    underlay: vtep.UnderlayOptions = {"device": options.device, "local": options.local, "port": options.port}
    if remote.version == 6:
        return vtep.Endpoint(ipv6=underlay, netns=options.netns)
    return vtep.Endpoint(ipv4=underlay, netns=options.netns)


def add_port(endpoint: vtep.Endpoint, options: Options) -> str:
    if options.stream is not None:
        endpoint.add_port(options.vni, vtep.PortKind.STREAM, name=options.stream, client=options.connect)
        return options.stream
    addresses = [options.address] if options.address else []
    endpoint.add_port(options.vni, vtep.PortKind.TAP, name=options.tap, addresses=addresses, mtu=options.mtu)
    return options.tap


def main() -> None:
    options = PROGRAM.parse()
    remote = options.remote or options.group
    if remote is None or (options.remote is not None and options.group is not None):
        PROGRAM.fail("--remote or --group is missing, or both are there")
    PROGRAM.require(options.stream is not None or options.address is not None, "--address is missing")
    with open_endpoint(options, remote) as endpoint:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: endpoint.stop())
        # Who is in the group is not known beforehand.
        accepts = options.group is not None
        endpoint.add_vni(options.vni, accepts_unknown_remotes=accepts, destination_port=options.port)
        endpoint.add_default_remote(options.vni, vtep.EngineRemote(address=remote))
        port = add_port(endpoint, options)
        print(f"{port} is joined with {remote}, VNI {options.vni}", flush=True)  # who started us waits for this line
        endpoint.run()
        for name, count in endpoint.counters().items():
            if count:
                print(name, count)


overlay.run(main)
