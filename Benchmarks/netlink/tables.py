#!/usr/bin/env python3
"""Runs the passes of tables.c and of its peers in turn, each in a network namespace of its own, and reports medians.

Usage: tables.py OUT JSONL [ROUNDS]   OUT holds the built programs; a peer that is not installed is named and left out.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, JSONL = sys.argv[1], sys.argv[2]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 7

WORK = {
    "fdb-append": "20,000 VXLAN FDB entries appended",
    "fdb-dump": "100,000 VXLAN FDB entries read as typed values",
    "route-add": "50,000 IPv4 routes added",
    "route-dump": "50,000 IPv4 routes read as typed values",
    "link-list": "1,000 links read as typed values",
}
PASSES = {
    "vishvananda": list(WORK),
    "iproute2": ["fdb-append", "fdb-dump", "route-add"],
    "pyroute2": ["fdb-append"],
}


def commands(folder):
    """What runs a pass, for each side that is there. The last argument is a folder to write in."""
    found = {"vtep": [os.path.join(OUT, "tables")], "iproute2": [os.path.join(HERE, "peers/iproute2")]}
    go = os.path.join(OUT, "vishvananda")
    if os.path.exists(go):
        found["vishvananda"] = [go]
    if subprocess.run([sys.executable, "-c", "import pyroute2"], stderr=subprocess.DEVNULL).returncode == 0:
        found["pyroute2"] = [sys.executable, os.path.join(HERE, "peers/pyroute2_peer.py")]
    isolate = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    return {side: (lambda name, command=command: isolate + command + [name, folder]) for side, command in found.items()}


def microseconds(command):
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main():
    with tempfile.TemporaryDirectory() as folder, open(JSONL, "a", encoding="utf-8") as out:
        sides = commands(folder)
        for peer in sorted(set(PASSES) - set(sides)):
            print(f"not installed, left out: {peer}")
        for name, what in WORK.items():
            taking_part = ["vtep"] + [peer for peer in PASSES if peer in sides and name in PASSES[peer]]
            samples = {side: [] for side in taking_part}
            for _ in range(ROUNDS):
                for side in taking_part:
                    samples[side].append(microseconds(sides[side](name)))
            ours = statistics.median(samples["vtep"])
            for peer in taking_part[1:]:
                theirs = statistics.median(samples[peer])
                print(f"{name:<12} {ours / 1e3:10.1f} ms   {peer:<12} {theirs / 1e3:10.1f} ms   ratio {theirs / ours:.1f}")
                out.write(json.dumps({
                    "name": name, "value": round(ours, 1), "unit": "us", "peer": peer, "peer_value": round(theirs, 1),
                    "ratio": round(theirs / ours, 2), "note": f"{what}, through the C ABI; {ROUNDS} rounds in turn",
                }) + "\n")


main()
