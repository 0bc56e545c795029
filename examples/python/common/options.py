"""The command line of the example programs."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import Any, NoReturn

import vtep

FAILED, USAGE = 1, os.EX_USAGE


@dataclass(frozen=True)
class Described:
    """An option as ``--help`` shows it."""

    name: str
    value: str | None  # None: it takes none
    help: str

    @property
    def label(self) -> str:
        return f"--{self.name} <{self.value}>" if self.value else f"--{self.name}"


ALL = {
    option.name: option
    for option in (
        Described("remote", "IP", "The other host's address on the underlay"),
        Described("group", "IP", "The multicast group of all VTEPs, such as 229.1.1.1"),
        Described("address", "PREFIX", "The address of the VXLAN device, such as 10.16.0.2/24"),
        Described("bridge", "NAME", "The bridge of the containers"),
        Described("network", "NETWORK", "The Docker network whose bridge it is"),
        Described("device", "DEV", "The underlay link"),
        Described("vni", "VNI", "The VXLAN network identifier (default: 120)"),
        Described("port", "PORT", "The UDP port of all VTEPs (default: 4789)"),
        Described("name", "NAME", "The VXLAN device to make or delete (default: vxlan0)"),
        Described("local", "IP", "The source address on the underlay"),
        Described("mtu", "BYTES", "The MTU (default: the underlay's less 50 or 70)"),
        Described("netns", "PATH", "A network namespace, such as /run/netns/blue"),
        Described("tap", "NAME", "The TAP device to make (default: tap0)"),
        Described("stream", "PATH", "A Unix socket in QEMU's framing, not a TAP device"),
        Described("connect", None, "Connect to the socket, instead of listening there"),
        Described("snapshot", None, "First print what there is, as added"),
        Described("delete", None, "Delete NAME if it is a VXLAN device with that VNI"),
    )
}


@dataclass
class Options:
    """What a command line said, and the defaults."""

    vni: int = 120
    name: str = "vxlan0"
    remote: vtep.IPAddress | None = None
    group: vtep.IPAddress | None = None
    local: vtep.IPAddress | None = None
    address: vtep.Prefix | None = None
    device: str | None = None
    port: int | None = None
    mtu: int | None = None
    bridge: str | None = None
    network: str | None = None
    netns: str | None = None
    tap: str = "tap0"
    stream: str | None = None
    connect: bool = False
    snapshot: bool = False
    delete: bool = False


def number(text: str, low: int, high: int) -> int:
    # int() alone would take "+5", " 5", "5_0", and "010", which some programs read as 8.
    if not text.isascii() or not text.isdigit() or str(int(text)) != text or not low <= int(text) <= high:
        raise ValueError(f"it is not a number from {low} to {high}")
    return int(text)


def value_of(name: str, text: str) -> Any:
    """The value of an option's text; a ``ValueError`` says why it is none."""
    if name in ("remote", "group", "local"):
        return vtep.parse_ip(text)
    if name == "address":
        return vtep.parse_prefix(text)
    ranges = {"vni": (0, 16777215), "port": (1, 65535), "mtu": (68, 65535)}
    return number(text, *ranges[name]) if name in ranges else text


@dataclass(frozen=True)
class Program:
    """A program's words about itself, and the options it takes, in the order of ``--help``."""

    name: str
    overview: str
    advice: str
    usage: list[str]
    options: list[str] = field(default_factory=list)

    def parse(self, arguments: list[str] | None = None) -> Options:
        """Reads the command line. It ends the process after ``--help``, and where something is wrong."""
        rest = list(sys.argv[1:] if arguments is None else arguments)
        options, unexpected = Options(), list[str]()
        while rest:
            argument = rest.pop(0)
            if argument in ("-h", "--help"):
                self.help()
            elif argument == "--":
                unexpected += rest
                break
            elif argument.startswith("--"):
                self.read(argument, rest, options)
            elif len(argument) > 1 and argument[0] == "-":
                self.fail(f"Unknown option '{argument[:2]}'")
            else:
                unexpected.append(argument)
        self.refuse(unexpected)
        return options

    def read(self, argument: str, rest: list[str], options: Options) -> None:
        """Reads one option, and its value from the arguments that follow where it is not joined to it."""
        name, joined, value = argument[2:].partition("=")
        if name not in self.options:
            self.fail(f"Unknown option '--{name}'")
        option = ALL[name]
        if option.value is None:
            if joined:
                self.fail(f"The option '--{name}' does not take any value, but '{value}' was specified.")
            setattr(options, name, True)
            return
        is_there = bool(value) if joined else bool(rest)
        if not joined and rest:
            value = rest.pop(0)
        # "--device --vni 5" lacks a device rather than naming one, and so does "--device=".
        if not is_there or not joined and value.startswith("-"):
            self.fail(f"Missing value for '{option.label}'", option)
        try:
            setattr(options, name, value_of(name, value))
        except ValueError as error:
            self.fail(f"The value '{value}' is invalid for '{option.label}': {error}", option)

    def require(self, is_there: bool, what: str) -> None:
        """Ends the process where something is missing that the program can't do without."""
        if not is_there:
            self.fail(what)

    def refuse(self, arguments: list[str]) -> None:
        """Fails where there are arguments that no option takes."""
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        if len(arguments) == 1:
            self.fail(f"Unexpected argument {quoted}")
        if arguments:
            self.fail(f"{len(arguments)} unexpected arguments: {quoted}")

    def help(self) -> NoReturn:
        lines = [f"  {ALL[name].label:<23} {ALL[name].help}" for name in self.options]
        lines.append(f"  {'-h, --help':<23} Show help information.")
        print(f"OVERVIEW: {self.overview}\n\n{self.advice}\n\nUSAGE: {self.how}\n\nOPTIONS:", *lines, "", sep="\n")
        sys.exit(0)

    @property
    def how(self) -> str:
        return "\n       ".join(self.usage)

    def fail(self, what: str, option: Described | None = None) -> NoReturn:
        """Prints what is wrong and how it is meant, and ends the process."""
        print(f"Error: {what}", file=sys.stderr)
        if option is not None:
            print(f"Help:  {option.label}  {option.help}", file=sys.stderr)
        print(f"Usage: {self.how}\n  See '{self.name} --help' for more information.", file=sys.stderr)
        sys.exit(USAGE)
