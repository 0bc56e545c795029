#!/usr/bin/env python3
"""Runs the same passes through C and through the bindings in turn, each in a network namespace of its own, and reports
medians: what a binding adds to a call, and whether a bulk call stays within its limit.

Usage: compare.py OUT JSONL [ROUNDS]   OUT holds the built programs
"""

import json
import os
import statistics
import subprocess
import sys
import time

OUT, JSONL = sys.argv[1], sys.argv[2]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 7

# What one pass is, the C program that has it, and whether it is a bulk call.
PASSES = {
    "version": ("one call that does nothing: vtep_version", "calls", False),
    "parse": ("one text read: vtep_ip_parse", "calls", False),
    "link-get": ("one link read from the kernel", "calls", False),
    "fdb-add": ("one FDB entry added", "calls", False),
    "fdb-append": ("20,000 FDB entries in one call", "tables", True),
    "fdb-dump": ("100,000 FDB entries listed", "tables", True),
    "fdb-read": ("100,000 FDB entries listed and each looked into", "tables", True),
    "route-dump": ("50,000 routes listed", "tables", True),
    "encapsulate": ("one frame of 1400 bytes, 64 of them a call", "calls", True),
    "encapsulate-1024": ("the same, 1,024 of them a call", "calls", True),
    "link-list": ("1,000 links listed with all their details", "tables", True),
}
# How much longer than C a bulk call may take. (link-list: C reads the links alone, a binding reads details, too.)
LIMITS = {"go": 1.2, "python": 2.0, "python-arrays": 1.2}
# What C does as another pass: a struct that was copied was looked into.
SAME_IN_C = {"fdb-read": "fdb-dump"}
# A binding that has not all of the passes.
ONLY = {
    "python": set(PASSES),
    "go": set(PASSES) - {"fdb-read"},
    "python-arrays": {"fdb-append", "fdb-dump", "encapsulate", "encapsulate-1024"},
}


def commands():
    """What runs a binding's pass, for each that is built. Its last argument is the pass' name."""
    python = [".build/python/installed/bin/python", os.path.join(os.path.dirname(__file__), "python/passes.py")]
    known = {"go": [os.path.join(OUT, "bindings-go")], "python": python, "python-arrays": [*python, "--arrays"]}
    return {name: command for name, command in known.items() if os.path.exists(command[0])}


def microseconds(command):
    isolate = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-Urn"]
    return float(subprocess.run(isolate + command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[0])


def report(out, binding, name, samples, in_c, what, limit):
    """The medians; and the best of each side beside each other, which other work on the machine hardly touches."""
    value, c = statistics.median(samples), statistics.median(in_c)
    best = min(samples) / min(in_c)
    print(f"{name:<16} {binding:<13} {text(value)}   c {text(c)}   {value / c:6.2f} times C, best {best:6.2f}   "
          f"{limit or 'adds ' + text(value - c).strip()}")
    out.write(json.dumps({
        "name": f"{binding}-{name}", "value": round(value, 4), "unit": "us", "peer": "c", "peer_value": round(c, 4),
        "ratio": round(c / value, 3),
        "note": f"{what}; {len(samples)} rounds in turn; the best of each side: {best:.2f} times C",
    }) + "\n")


def load(out, bindings, rounds=21):
    """What the library adds to a program's start: a program that asks for the version, less one that does nothing."""
    python = bindings.get("python", [""])[0]
    sides = {
        "nothing": ["true"], "c": [os.path.join(OUT, "calls"), "load"], "go": [*bindings.get("go", []), "load"],
        "python-alone": [python, "-I", "-c", "pass"], "python": [python, "-I", "-c", "import vtep"],
    }
    sides = {side: command for side, command in sides.items() if side in ("nothing", "c") or side.split("-")[0] in bindings}
    samples = {side: [] for side in sides}
    for _ in range(rounds):
        for side, command in sides.items():
            start = time.perf_counter()
            subprocess.run(command, check=True)
            samples[side].append((time.perf_counter() - start) * 1e6)

    def longer(side, alone):
        return [taken - statistics.median(samples[alone]) for taken in samples[side]]

    for binding, alone in (("go", "nothing"), ("python", "python-alone")):
        if binding in samples:
            what = "what it takes longer to start, with the library, than a program that does nothing"
            report(out, binding, "load", longer(binding, alone), longer("c", "nothing"), what, "")


def text(value):
    return f"{value / 1e3:9.2f} ms" if value >= 1e3 else f"{value:9.3f} us"


def main():
    bindings = commands()
    with open(JSONL, "a", encoding="utf-8") as out:
        for name, (what, program, is_bulk) in PASSES.items():
            sides = {"c": [os.path.join(OUT, program), SAME_IN_C.get(name, name)]}
            taking_part = [binding for binding in bindings if name in ONLY[binding]]
            sides.update({binding: bindings[binding] + [name] for binding in taking_part})
            samples = {side: [] for side in sides}
            for _ in range(ROUNDS):
                for side, command in sides.items():
                    samples[side].append(microseconds(command))
            for binding in taking_part:
                report(out, binding, name, samples[binding], samples["c"], what, f"limit {LIMITS[binding]}" if is_bulk else "")
        load(out, bindings)


main()
