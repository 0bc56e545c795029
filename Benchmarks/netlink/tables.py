#!/usr/bin/env python3
"""Runs the passes of tables.c and of its peers in turn, each in a network namespace of its own, and reports medians; and
counts what subscriptions lose while a table changes fast.

Usage: tables.py OUT JSONL [ROUNDS]   OUT holds the built programs; a peer that is not installed is named and left out.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, JSONL = sys.argv[1], sys.argv[2]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 7

# `run` has put this process into a network namespace of its own already, where it may make another.
ISOLATE = ["unshare", "-n"]
WORK = {
    "fdb-append": "20,000 VXLAN FDB entries appended",
    "fdb-dump": "100,000 VXLAN FDB entries read as typed values",
    "fdb-dump-16": "the same, spread over 16 devices",
    "route-add": "50,000 IPv4 routes added",
    "route-dump": "50,000 IPv4 routes read as typed values",
    "link-list": "1,000 links (bridges, VXLAN devices, veth pairs) read as typed values",
}
PASSES = {
    "vtep-swift": list(WORK),
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
    swift = os.path.join(OUT, "tables-swift")
    if os.path.exists(swift):
        found["vtep-swift"] = [swift]
    return {side: (lambda name, command=command: ISOLATE + command + [name, folder]) for side, command in found.items()}


def settle():
    """Waits until the kernel has taken the last pass's namespace away: it does so afterwards, one namespace after the
    other, holding rtnl_lock, which would be counted as the next pass's time. The other end of a veth pair in a namespace
    that went later tells."""
    holder = subprocess.Popen(["unshare", "-n", "sh", "-c", "echo; read _"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdout.readline()
    subprocess.run(["ip", "link", "add", "settle", "type", "veth", "peer", "name", "settle0", "netns", str(holder.pid)], check=True)
    holder.communicate()
    while any(name == "settle" for _, name in socket.if_nameindex()):
        time.sleep(0.02)


def microseconds(command):
    """What a pass took, and how much of it outside the kernel; 0 where the side does not say."""
    taken, *user = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    settle()
    return float(taken), float(user[0]) if user else 0.0


def user_times(ours, theirs):
    if not theirs:
        return ""
    return f"; outside the kernel {ours / 1e3:.1f} ms, the peer {theirs / 1e3:.1f} ms"


def losses(out):
    """How far tables kept from notifications are from the kernel's after 200,000 changes."""
    flood = os.path.join(OUT, "flood")
    sides = {
        "vtep": [os.path.join(OUT, "monitor"), flood],
        "vishvananda": [os.path.join(OUT, "monitor-vishvananda"), flood],
        "pyroute2": [sys.executable, os.path.join(HERE, "peers/pyroute2_monitor.py"), flood],
    }
    answers = {}
    for side, command in sides.items():
        if side != "pyroute2" and not os.path.exists(command[0]):
            continue
        try:
            answer = subprocess.run(ISOLATE + command, check=True, stdout=subprocess.PIPE, text=True, timeout=120)
        except subprocess.CalledProcessError:
            continue
        differences, note = answer.stdout.split(" ", 1)
        answers[side] = int(differences), note.strip()
        print(f"{'monitor':<12} {side:<12} {differences:>7} differences   ({note.strip()})")
    ours, note = answers["vtep"]
    for peer, (theirs, peer_note) in answers.items():
        if peer != "vtep":
            out.write(json.dumps({
                "name": "monitor", "value": ours, "unit": "differences", "peer": peer, "peer_value": theirs,
                "ratio": round((theirs + 1) / (ours + 1), 2),
                "note": f"200,000 changes of an FDB; ours with a buffer of 64 KiB: {note}; the peer: {peer_note}",
            }) + "\n")
    if ours != 0:
        sys.exit(f"monitor: {ours} differences")


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
            ours, our_user = (statistics.median(column) for column in zip(*samples["vtep"]))
            for peer in taking_part[1:]:
                theirs, their_user = (statistics.median(column) for column in zip(*samples[peer]))
                user = user_times(our_user, their_user)
                print(f"{name:<12} {ours / 1e3:10.1f} ms   {peer:<12} {theirs / 1e3:10.1f} ms   ratio {theirs / ours:.2f}{user}")
                out.write(json.dumps({
                    "name": name, "value": round(ours, 1), "unit": "us", "peer": peer, "peer_value": round(theirs, 1),
                    "ratio": round(theirs / ours, 2), "note": f"{what}, through the C ABI; {ROUNDS} rounds in turn{user}",
                }) + "\n")
        losses(out)


main()
