"""What ../monitor.c does, with pyroute2's subscription and its usual buffer."""

import os
import select
import subprocess
import sys
import time

from pyroute2 import IPRoute
from pyroute2.netlink.rtnl import RTMGRP_NEIGH

AF_BRIDGE = 7
QUIET = 0.5


def entry_of(message):
    return message.get_attr("NDA_LLADDR"), message.get_attr("NDA_DST")


with IPRoute() as ip, IPRoute() as monitor:
    ip.link("add", ifname="vxlan0", kind="vxlan", vxlan_id=120, vxlan_port=4789)
    index = ip.link_lookup(ifname="vxlan0")[0]
    ip.link("set", index=index, state="up")
    monitor.bind(groups=RTMGRP_NEIGH)
    handle = monitor.fileno()  # after a failure it can no longer be asked for
    flood = subprocess.Popen([sys.argv[1]], stdout=subprocess.DEVNULL)
    kept, events, ended, quiet_since = {}, 0, "", time.monotonic()
    while flood.poll() is None or (not ended and time.monotonic() - quiet_since < QUIET):
        if ended or not select.select([handle], [], [], 0.05)[0]:
            time.sleep(0.01)
            continue
        try:
            messages = list(monitor.get())
        except Exception as error:  # whatever it is, the subscription is over
            ended = repr(error)
            continue
        quiet_since = time.monotonic()
        for message in messages:
            events += 1
            if message["family"] != AF_BRIDGE:
                continue
            mac, remote = entry_of(message)
            if message["event"] == "RTM_DELNEIGH":
                kept.pop(mac, None)
            else:
                kept[mac] = remote
    real = {mac: remote for mac, remote in map(entry_of, ip.fdb("dump", ifindex=index)) if remote is not None}
    kept.pop("00:00:00:00:00:00", None)
    differences = sum(kept.get(mac) != remote for mac, remote in real.items()) + len(set(kept) - set(real))
    print(f"{differences} {events} events; it ended with: {ended}", flush=True)
    os._exit(0)  # to close a subscription that has failed raises its error again
