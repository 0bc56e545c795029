"""VXLAN devices and their remotes."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypedDict

from vtep._call import c_string, call
from vtep._enums import Flags, OpenEnum
from vtep._layout import Record, part, record
from vtep._library import NULL, ffi, lib
from vtep._lists import read_list
from vtep._options import OptionStruct
from vtep.ip import IPAddress, IPLike, addresses, ip_bytes, struct_pointer
from vtep.links import Link, LinkOperations
from vtep.mac import MACLike

if TYPE_CHECKING:
    from typing_extensions import Unpack


class VXLANFlags(Flags):
    """Flags of a VXLAN device. The kernel switches LEARNING, UDP_CHECKSUM and LOCAL_BYPASS on and all others off where
    it is told nothing."""

    LEARNING = lib.VTEP_VXLAN_FLAG_LEARNING
    """Learn source addresses into the FDB."""
    PROXY = lib.VTEP_VXLAN_FLAG_PROXY
    """Answer ARP and ND from its neighbours."""
    RSC = lib.VTEP_VXLAN_FLAG_RSC
    """Route short circuit."""
    L2MISS = lib.VTEP_VXLAN_FLAG_L2MISS
    """Tell listeners of unknown MAC addresses."""
    L3MISS = lib.VTEP_VXLAN_FLAG_L3MISS
    """And of unknown neighbours."""
    UDP_CHECKSUM = lib.VTEP_VXLAN_FLAG_UDP_CHECKSUM
    """UDP checksums over IPv4."""
    UDP6_ZERO_CHECKSUM_TX = lib.VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_TX
    """Send zero UDP checksums over IPv6 (RFC 6935)."""
    UDP6_ZERO_CHECKSUM_RX = lib.VTEP_VXLAN_FLAG_UDP6_ZERO_CHECKSUM_RX
    """And accept them."""
    REMCSUM_TX = lib.VTEP_VXLAN_FLAG_REMCSUM_TX
    """Remote checksum offload, sending."""
    REMCSUM_RX = lib.VTEP_VXLAN_FLAG_REMCSUM_RX
    """And receiving."""
    REMCSUM_NOPARTIAL = lib.VTEP_VXLAN_FLAG_REMCSUM_NOPARTIAL
    """Without partial checksums."""
    GBP = lib.VTEP_VXLAN_FLAG_GBP
    """Group Policy Option in the VXLAN header."""
    GPE = lib.VTEP_VXLAN_FLAG_GPE
    """VXLAN-GPE; with EXTERNAL, and LEARNING off."""
    TTL_INHERIT = lib.VTEP_VXLAN_FLAG_TTL_INHERIT
    """The outer TTL copies the inner one."""
    EXTERNAL = lib.VTEP_VXLAN_FLAG_EXTERNAL
    """The VNI comes with each packet."""
    VNI_FILTER = lib.VTEP_VXLAN_FLAG_VNI_FILTER
    """Only VNIs of its filter table; with EXTERNAL."""
    LOCAL_BYPASS = lib.VTEP_VXLAN_FLAG_LOCAL_BYPASS
    """What is for this host skips the underlay."""
    MULTICAST_ROUTING = lib.VTEP_VXLAN_FLAG_MULTICAST_ROUTING
    """Route what goes to a group. To write: the kernel does not tell."""


class DontFragment(OpenEnum):
    """The "don't fragment" bit of outer IPv4 headers."""

    UNSET = lib.VTEP_VXLAN_DF_UNSET
    SET = lib.VTEP_VXLAN_DF_SET
    INHERIT = lib.VTEP_VXLAN_DF_INHERIT


class FlowLabelPolicy(OpenEnum):
    """Where outer IPv6 flow labels come from."""

    FIXED = lib.VTEP_VXLAN_FLOW_LABEL_FIXED
    INHERIT = lib.VTEP_VXLAN_FLOW_LABEL_INHERIT


@record("vtep_vxlan")
@dataclass(frozen=True, slots=True, kw_only=True)
class VXLAN(Record):
    """What a VXLAN device adds to its link (``ip -d link show type vxlan``)."""

    vni: int | None
    """0...16777215; ``None`` for an external device, whose VNI comes with each packet."""
    flags: VXLANFlags
    destination_port: int
    """The UDP port it listens on and sends to."""
    device_index: int | None
    """The underlay link it is bound to."""
    remote: IPv4Address | IPv6Address | None
    """The remote VTEP."""
    group: IPv4Address | IPv6Address | None
    """Or the multicast group."""
    local: IPv4Address | IPv6Address | None
    """The source address of outer packets; ``None``: the kernel chooses."""
    ttl: int
    """Of the outer header; 0: the kernel chooses (1 for a group)."""
    tos: int
    """TOS or traffic class of the outer header; 1: inherit."""
    df: DontFragment
    flow_label: int
    """Of outer IPv6 headers: 20 bits; 0: none."""
    flow_label_policy: FlowLabelPolicy
    ageing: int
    """Seconds until a learnt FDB entry goes."""
    maximum_entries: int
    """The most it learns; 0: no limit."""
    source_ports: tuple[int, int] | None = part("source_port_min", "source_port_max", bit="source_ports")
    """The UDP source ports that flows are spread over; ``None``: the kernel's own range."""
    reserved_bits: int | None
    """Which bits of the VXLAN header have to be 0 in what is received: its eight octets as one big-endian number."""


class VXLANOptions(TypedDict, total=False):
    """How a VXLAN device is to be. What is left out, or ``None``, is the kernel's choice or, in a change, left as it is.
    The truth values are the members of :class:`VXLANFlags`."""

    vni: int | None
    """0...16777215; needed to make a device that is not external."""
    device: str | None
    """The underlay link; needed with a group or an IPv6 link-local address."""
    remote: IPLike | None
    """The remote VTEP: a unicast address."""
    group: IPLike | None
    """Or the multicast group that all VTEPs of the segment join."""
    local: IPLike | None
    """The source address of outer packets."""
    destination_port: int | None
    """1...65535; else 4789, which is IANA's (GPE: 4790)."""
    master: str | None
    """The bridge it becomes a port of."""
    ttl: int | None
    """0...255 of the outer header; 0: the kernel chooses."""
    tos: int | None
    """0...255 of the outer header; 1: inherit."""
    df: DontFragment | None
    """Kernel's: unset."""
    flow_label: int | None
    """0...1048575, over IPv6; kernel's: 0, none."""
    flow_label_policy: FlowLabelPolicy | None
    """Kernel's: fixed."""
    ageing: int | None
    """1...2147483 seconds until a learnt FDB entry goes; kernel's: 300."""
    maximum_entries: int | None
    """The most it learns; 0: no limit, as the kernel's."""
    source_ports: tuple[int, int] | None
    """The UDP source ports that flows are spread over: the lowest and the highest."""
    mtu: int | None
    """Bytes, 68...65535, and at most the device's less 50 (IPv4) or 70 (IPv6)."""
    reserved_bits: int | None
    """As in :class:`VXLAN`; kernel's: those no option uses."""
    mac: MACLike | None
    """A unicast address; else the kernel makes one up."""
    up: bool
    """Set it up in the same request."""
    learning: bool | None
    proxy: bool | None
    rsc: bool | None
    l2miss: bool | None
    l3miss: bool | None
    udp_checksum: bool | None
    udp6_zero_checksum_tx: bool | None
    udp6_zero_checksum_rx: bool | None
    remcsum_tx: bool | None
    remcsum_rx: bool | None
    remcsum_nopartial: bool | None
    gbp: bool | None
    gpe: bool | None
    ttl_inherit: bool | None
    external: bool | None
    vni_filter: bool | None
    local_bypass: bool | None
    multicast_routing: bool | None


VXLAN_OPTIONS = OptionStruct("vtep_vxlan_options", required=("name",), flags="VTEP_VXLAN_FLAG_")


class VXLANOperations(LinkOperations):
    """Making and deleting VXLAN devices, and their remotes."""

    def create_vxlan(self, name: str, **options: Unpack[VXLANOptions]) -> Link:
        """Makes a VXLAN device, with all of its options in one request: ``ip link add NAME type vxlan ...``.

        A device with neither remote nor group sends only where its FDB says (:meth:`append_remote`).

        :returns: the link as the kernel then describes it.
        :raises InvalidArgument: saying which option and why.
        :raises NotFound: an unknown device or master.
        :raises NotSupported: an option that this kernel does not know, with nothing made.
        :raises Exists: the name is taken, or the VNI on that port; the error names the link that holds it.
        """
        if options.get("vni") is None and not options.get("external"):
            raise TypeError("vni is required, unless the device is external")
        keep: list[Any] = []
        struct = VXLAN_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_vxlan_create, struct)

    def change_vxlan(self, name: str, **options: Unpack[VXLANOptions]) -> Link:
        """Changes a VXLAN device in place: ``ip link set NAME type vxlan ...``. What is left out stays as it is, and what
        it has already is not sent.

        The kernel changes: remote or group, and local, within their address family ("0.0.0.0" or "::" takes them away);
        device, which it can replace and not take away; ttl, tos, df, flow_label, flow_label_policy, ageing; learning,
        local_bypass, multicast_routing.

        :returns: the link as the kernel then describes it.
        :raises NotSupported: naming each option that needs a new device, with nothing changed.
        :raises Foreign: the link is no VXLAN device.
        """
        keep: list[Any] = []
        struct = VXLAN_OPTIONS.build({"name": name, **options}, keep)
        return self._read(Link, lib.vtep_host_vxlan_change, struct)

    def delete_vxlan(self, name: str, vni: int | None = None) -> None:
        """Deletes a VXLAN device, and only that; with a VNI, only one that has it.

        :raises Foreign: the link is no VXLAN device, or has another VNI.
        """
        number = NULL if vni is None else _number(vni)
        self._call(lib.vtep_host_vxlan_delete, c_string(name, "name"), number)

    def vxlan(self, name: str) -> VXLAN:
        """What a VXLAN device adds to its link.

        :raises Foreign: the link is none.
        """
        return self._read(VXLAN, lib.vtep_host_vxlan_get, c_string(name, "name"))

    def append_remote(self, name: str, remote: IPLike) -> None:
        """Adds a remote: what the device doesn't know goes to it, too (head-end replication). Twice changes nothing."""
        self._call(lib.vtep_host_remote_append, c_string(name, "name"), struct_pointer("vtep_ip", ip_bytes(remote)))

    def delete_remote(self, name: str, remote: IPLike) -> None:
        """Takes a remote away, also the one the device was made with.

        :raises NotFound: it is none; the error lists those there are.
        """
        self._call(lib.vtep_host_remote_delete, c_string(name, "name"), struct_pointer("vtep_ip", ip_bytes(remote)))

    def remotes(self, name: str) -> list[IPAddress]:
        """The remotes of a VXLAN device, the one or the group it was made with included."""
        return read_list(self, "remote", _remotes, lib.vtep_host_remotes, c_string(name, "name"))


def _number(vni: int) -> Any:
    from vtep._call import out_of_range

    try:
        return ffi.new("uint32_t *", vni)
    except OverflowError as error:
        raise out_of_range(error) from None


def _remotes(pointer: Any, count: int) -> list[IPAddress]:
    buffer = bytearray(17 * count)
    if count:
        call(lib.vtep_remote_list_copy, pointer, 0, count, ffi.from_buffer("vtep_ip[]", buffer))
    read = (addresses[bytes(buffer[at : at + 17])] for at in range(0, len(buffer), 17))
    return [address for address in read if address is not None]
