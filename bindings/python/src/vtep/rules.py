"""Rules: which routing table a packet is looked up in."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Interface, IPv6Interface

from vtep._enums import Flags, OpenEnum
from vtep._handle import Handle
from vtep._layout import Record, part, record
from vtep._library import lib
from vtep._lists import list_records
from vtep.routes import RouteOrigin, RouteTable
from vtep.tables import change_one


class RuleAction(OpenEnum):
    """What becomes of a packet that a rule matches (``FR_ACT_*``)."""

    LOOKUP = lib.VTEP_RULE_LOOKUP
    """It is looked up in the rule's table."""
    GOTO = lib.VTEP_RULE_GOTO
    """It goes on with the rule of another priority."""
    NOTHING = lib.VTEP_RULE_NOTHING
    BLACKHOLE = lib.VTEP_RULE_BLACKHOLE
    UNREACHABLE = lib.VTEP_RULE_UNREACHABLE
    PROHIBIT = lib.VTEP_RULE_PROHIBIT


class RuleStatus(Flags):
    """What the kernel says about a rule."""

    PERMANENT = lib.VTEP_RULE_PERMANENT
    """The kernel's own; it can't be deleted."""
    UNRESOLVED = lib.VTEP_RULE_UNRESOLVED
    """There is no rule of the target's priority."""
    INPUT_LINK_MISSING = lib.VTEP_RULE_INPUT_LINK_MISSING
    """There is no link of the name."""
    OUTPUT_LINK_MISSING = lib.VTEP_RULE_OUTPUT_LINK_MISSING


@record("vtep_rule")
@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Record):
    """A rule (``ip rule``). One that was read can be passed back. What is ``None`` matches everything."""

    family: int
    """4 or 6."""
    priority: int | None = None
    """The lowest is tried first; ``None``, to write: before those there are."""
    action: RuleAction = RuleAction.LOOKUP
    table: RouteTable = RouteTable(0)
    """0: none, for other actions and l3mdev."""
    source: IPv4Interface | IPv6Interface | None = None
    destination: IPv4Interface | IPv6Interface | None = None
    input_link: str | None = None
    """The name of the link it came in by, "lo" for this host's own."""
    output_link: str | None = None
    """The name of the link its socket is bound to."""
    target: int | None = None
    """For GOTO: the priority it goes on with."""
    mark: int | None = None
    mark_mask: int | None = None
    """Which bits of it count; ``None``, to write: all."""
    tos: int = 0
    """0: any."""
    dscp: int | None = None
    """Six bits."""
    dscp_mask: int | None = None
    protocol: int | None = None
    """6 TCP, 17 UDP, ..."""
    source_ports: tuple[int, int] | None = part("source_port_first", "source_port_last", bit="source_ports")
    """The first and the last."""
    source_port_mask: int | None = None
    destination_ports: tuple[int, int] | None = part(
        "destination_port_first", "destination_port_last", bit="destination_ports"
    )
    """The first and the last."""
    destination_port_mask: int | None = None
    users: tuple[int, int] | None = part("user_first", "user_last", bit="users")
    """Ids of users who send it, the first and the last."""
    tunnel_id: int | None = None
    """The VNI it came in under, or that of another tunnel."""
    flow_label: int | None = None
    """IPv6."""
    flow_label_mask: int | None = None
    suppress_prefix_length: int | None = None
    """Routes with prefixes no longer than that don't count."""
    suppress_group: int | None = None
    """Routes over links of that group don't count."""
    realms: int | None = None
    """IPv4: source << 16 | destination, for traffic accounting."""
    l3mdev: bool = False
    """It goes through a VRF, whose table is looked in."""
    invert: bool = False
    """It matches what the rest does not."""
    origin: RouteOrigin = RouteOrigin.UNSPECIFIED
    """To delete, UNSPECIFIED is anybody's."""
    status: RuleStatus = field(default=RuleStatus(0), compare=False)
    """Read only."""


class RuleOperations(Handle):
    """Rules."""

    def rules(self, family: int = 0) -> list[Rule]:
        """The rules in the order in which they are tried: ``ip rule``. ``family``: 4, 6, or 0 for both."""
        return list_records(self, "rule", Rule, lib.vtep_host_rules, family)

    def add_rule(self, rule: Rule) -> None:
        """Adds a rule: ``ip rule add``.

        :raises Exists: there is one like it.
        """
        change_one(self, lib.vtep_host_rule_add, rule, Rule)

    def delete_rule(self, rule: Rule) -> None:
        """Deletes the first rule that is like this one in all that is set: ``ip rule del``.

        :raises NotFound: there is none.
        """
        change_one(self, lib.vtep_host_rule_delete, rule, Rule)
