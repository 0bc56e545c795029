"""The pass `fdb-append` of ../tables.c with pyroute2: prints the microseconds it took, scaled to as many entries."""

import sys
import time

from pyroute2 import IPRoute

MEASURED, ENTRIES = 2000, 20000

if sys.argv[1] != "fdb-append":
    sys.exit(64)
with IPRoute() as ip:
    ip.link("add", ifname="vxlan0", kind="vxlan", vxlan_id=120, vxlan_port=4789)
    index = ip.link_lookup(ifname="vxlan0")[0]
    ip.link("set", index=index, state="up")
    macs = ["02:00:00:%02x:%02x:%02x" % (i >> 16, i >> 8 & 255, i & 255) for i in range(MEASURED)]
    start = time.monotonic()
    for i, mac in enumerate(macs):
        ip.fdb("append", ifindex=index, lladdr=mac, dst="10.0.0.%d" % (1 + i % 100))
    taken = time.monotonic() - start
print("%.1f" % (taken * 1e6 * ENTRIES / MEASURED))
