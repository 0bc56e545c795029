"""Lines of ``bridge fdb``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vtep
from vtep import NeighbourFlags, NeighbourState

if TYPE_CHECKING:
    from common.tables import Links

FLAGS = {
    NeighbourFlags.SELF: "self",
    NeighbourFlags.ROUTER: "router",
    NeighbourFlags.EXT_LEARNED: "extern_learn",
    NeighbourFlags.OFFLOADED: "offload",
    NeighbourFlags.MASTER: "master",
    NeighbourFlags.STICKY: "sticky",
}


def state_word(state: NeighbourState) -> str:
    """The words of ``bridge fdb``, which differ from those of ``ip neigh``; an entry that was learnt and is fresh has
    none."""
    if NeighbourState.PERMANENT in state:
        return " permanent"
    if NeighbourState.NOARP in state:
        return " static"
    if NeighbourState.STALE in state:
        return " stale"
    return "" if NeighbourState.REACHABLE in state else f" state={int(state):#x}"


def line(tables: Links, entry: vtep.FDBEntry) -> str:
    text = f"{entry.mac} dev {tables.link_text(entry.link_index)}"
    numbers = {
        "dst": entry.destination,
        "vlan": entry.vlan,
        "port": entry.port,
        "vni": entry.vni,
        "src_vni": entry.source_vni,
    }
    text += "".join(f" {word} {value}" for word, value in numbers.items() if value is not None)
    if entry.via_index is not None:
        text += f" via {tables.link_text(entry.via_index)}"
    text += "".join(f" {word}" for flag, word in FLAGS.items() if flag in entry.flags)
    if entry.master_index is not None:
        text += f" master {tables.link_text(entry.master_index)}"
    return text + state_word(entry.state)
