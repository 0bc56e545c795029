"""What a route, a next hop or a nexthop object wraps its packets in."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from vtep._enums import Flags, OpenEnum
from vtep._layout import Record, octets, record
from vtep._library import lib


class EncapsulationType(OpenEnum):
    """Kinds of encapsulation (``LWTUNNEL_ENCAP_*``)."""

    MPLS = lib.VTEP_ENCAPSULATION_MPLS
    IP = lib.VTEP_ENCAPSULATION_IP
    """A tunnel over IPv4, such as an external VXLAN device's."""
    IP6 = lib.VTEP_ENCAPSULATION_IP6
    """Or over IPv6."""
    SEG6 = lib.VTEP_ENCAPSULATION_SEG6
    BPF = lib.VTEP_ENCAPSULATION_BPF


class TunnelFlags(Flags):
    """Flags of a tunnel's packets."""

    CHECKSUM = lib.VTEP_TUNNEL_CHECKSUM
    """Outer checksums."""
    KEY = lib.VTEP_TUNNEL_KEY
    """The id counts; VXLAN needs no such flag."""
    SEQUENCE = lib.VTEP_TUNNEL_SEQUENCE
    """Sequence numbers, of tunnels that have them."""
    DONT_FRAGMENT = lib.VTEP_TUNNEL_DONT_FRAGMENT


@record("vtep_encapsulation")
@dataclass(frozen=True, slots=True, kw_only=True)
class Encapsulation(Record):
    """An encapsulation (``ip route add ... encap``). All but ``type`` and ``attributes`` is of IP and IP6."""

    type: EncapsulationType
    id: int = 0
    """For VXLAN the VNI."""
    destination: IPv4Address | IPv6Address | None = None
    """The remote VTEP."""
    source: IPv4Address | IPv6Address | None = None
    """``None``: the kernel chooses."""
    ttl: int = 0
    """Of the outer header; 0: the device's own."""
    tos: int = 0
    """TOS or traffic class."""
    flags: TunnelFlags = TunnelFlags(0)
    group_policy: int | None = None
    """VXLAN's group policy."""
    attributes: bytes = octets("attributes_length", "attributes")
    """What is inside, as the kernel writes it: of other kinds all of it, of IP and IP6 the options of other tunnels."""
