"""Join Linux hosts with VXLAN (RFC 7348): the kernel's devices, bridges and tables, from Python.

>>> import vtep
>>> with vtep.Host() as host:                                             # doctest: +SKIP
...     host.create_vxlan("vxlan0", vni=120, device="eth0", remote="192.168.50.29", up=True)
...     host.add_address("vxlan0", "10.16.0.1/24")

Addresses are those of :mod:`ipaddress`; text is taken, too, and read strictly. What is read comes as frozen dataclasses;
``None`` is "the kernel's default" or "there is none", never 0. Errors are :class:`vtep.Error`, a class for each kind.
"""

from vtep._library import header_version, library_version
from vtep.addresses import Address, AddressFlags, Scope
from vtep.array import RecordArray
from vtep.bridges import (
    STP,
    Bridge,
    BridgeFlags,
    BridgeID,
    BridgeOptions,
    BridgePort,
    BridgePortFlags,
    BridgePortOptions,
    BridgePortStatus,
    BridgeStatus,
    MulticastRouter,
    PortState,
    VLANProtocol,
)
from vtep.errors import (
    Busy,
    CallbackFailed,
    Error,
    Exists,
    Failure,
    Foreign,
    HandleError,
    Interrupted,
    InvalidArgument,
    NoSpace,
    NotFound,
    NotSupported,
    OutOfMemory,
    PermissionDenied,
    ProtocolError,
    SystemFailure,
    status_text,
)
from vtep.fdb import FDBActivity, FDBEntry, FDBFilter
from vtep.host import Host
from vtep.ip import IPAddress, IPLike, Prefix, PrefixLike, parse_ip, parse_prefix
from vtep.links import Link, LinkDetails, LinkFlags, LinkStatistics, OperState
from vtep.mac import MAC, MACLike
from vtep.neighbours import Neighbour, NeighbourFlags, NeighbourState
from vtep.routes import NextHop, Route, RouteOrigin, RouteTable, RouteType
from vtep.tables import Change
from vtep.veth import VethOptions
from vtep.vxlan import VXLAN, DontFragment, FlowLabelPolicy, VXLANFlags, VXLANOptions

__version__ = ".".join(str(number) for number in header_version)

__all__ = [
    "Address",
    "AddressFlags",
    "Bridge",
    "BridgeFlags",
    "BridgeID",
    "BridgeOptions",
    "BridgePort",
    "BridgePortFlags",
    "BridgePortOptions",
    "BridgePortStatus",
    "BridgeStatus",
    "Busy",
    "CallbackFailed",
    "Change",
    "DontFragment",
    "Error",
    "Exists",
    "FDBActivity",
    "FDBEntry",
    "FDBFilter",
    "Failure",
    "FlowLabelPolicy",
    "Foreign",
    "HandleError",
    "Host",
    "IPAddress",
    "IPLike",
    "Interrupted",
    "InvalidArgument",
    "Link",
    "LinkDetails",
    "LinkFlags",
    "LinkStatistics",
    "MAC",
    "MACLike",
    "Neighbour",
    "NeighbourFlags",
    "NeighbourState",
    "NextHop",
    "NoSpace",
    "NotFound",
    "NotSupported",
    "OperState",
    "OutOfMemory",
    "PermissionDenied",
    "MulticastRouter",
    "PortState",
    "Prefix",
    "PrefixLike",
    "ProtocolError",
    "RecordArray",
    "Route",
    "RouteOrigin",
    "RouteTable",
    "RouteType",
    "STP",
    "Scope",
    "SystemFailure",
    "VLANProtocol",
    "VXLAN",
    "VXLANFlags",
    "VXLANOptions",
    "VethOptions",
    "header_version",
    "library_version",
    "parse_ip",
    "parse_prefix",
    "status_text",
]
