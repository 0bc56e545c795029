"""Our endpoint, the kernel's VXLAN device and Open vSwitch's userspace datapath, each between two hosts of its own on the
same kind of wire, measured in turns. To be run by `run`, in namespaces that end with it."""

import json
import re
import statistics
import subprocess
import sys
import time

PROGRAMS, RESULTS, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3])
STARTED = []


def sh(command, **options):
    return subprocess.run(command, shell=True, check=True, text=True, capture_output=True, **options).stdout


def start(command):
    process = subprocess.Popen(command, shell=True, stdout=subprocess.DEVNULL)
    STARTED.append(process)
    return process


def wait_for(command):
    for _ in range(200):
        if subprocess.run(command, shell=True, capture_output=True).returncode == 0:
            return
        time.sleep(0.05)
    raise SystemExit(f"bench-endpoint: not ready: {command}")


OVS = """
set -e
mount -t tmpfs ovs /run/lock
export OVS_RUNDIR=/run/lock OVS_DBDIR=/run/lock OVS_LOGDIR=/run/lock OVS_SYSCONFDIR=/run/lock
quietly="-vconsole:err -vsyslog:off"
ovsdb-tool $quietly create /run/lock/conf.db /usr/share/openvswitch/vswitch.ovsschema
ovsdb-server $quietly /run/lock/conf.db --remote=punix:/run/lock/db.sock &
while [ ! -S /run/lock/db.sock ]; do sleep 0.02; done
ovs-vsctl --db=unix:/run/lock/db.sock --no-wait init
ovs-vswitchd $quietly unix:/run/lock/db.sock --disable-system &
ovs-vsctl --db=unix:/run/lock/db.sock --timeout=15 \
    -- add-br br-phy -- set bridge br-phy datapath_type=netdev -- add-port br-phy u0 \
    -- add-br br-int -- set bridge br-int datapath_type=netdev -- add-port br-int vx \
    -- set interface vx type=vxlan options:key=120 options:remote_ip=REMOTE options:local_ip=LOCAL
ip address add LOCAL/16 dev br-phy
ip link set br-phy up
ethtool -K br-int tx off >/dev/null
ip address add 10.16.0.SIDE/24 dev br-int
ip link set br-int mtu 1450 up
wait
"""


class Pair:
    """Two hosts, NAME-a and NAME-b, and VTEPs of one kind on them."""

    def __init__(self, name, remotes=1, busy_poll=0):
        self.name, self.busy_poll = name, busy_poll
        self.a, self.b = (f"{name}{remotes}{'-busy' if busy_poll else ''}-{side}" for side in "ab")
        self.link = {"ours": "tap0", "kernel": "vxlan0", "ovs": "br-int"}[name]
        sh(f"ip netns add {self.a} && ip netns add {self.b}")
        sh(f"ip -n {self.a} link add u0 type veth peer name u0 netns {self.b}")
        for side, host in enumerate((self.a, self.b), 1):
            sh(f"ip -n {host} link set lo up && ip -n {host} link set u0 addrgenmode none up")
            if name == "ovs":
                sh(f"ip netns exec {host} ethtool -K u0 tx off")
            else:
                sh(f"ip -n {host} address add 192.168.0.{side}/16 dev u0")
                # As a driver's NAPI would: datagrams of one flow reach the stack together.
                sh(f"ip netns exec {host} ethtool -K u0 gro on")
        for side, host in enumerate((self.a, self.b), 1):
            self.start(host, side, remotes if side == 1 else 1)
        for host in (self.a, self.b):
            wait_for(f"ip -n {host} -br address show dev {self.link} | grep -q 10.16")
        if remotes == 1:
            wait_for(f"ip netns exec {self.a} ping -c 1 -W 1 10.16.0.2")

    def start(self, host, side, remotes):
        local = f"192.168.0.{side}"
        first = "192.168.0.2" if side == 1 else "192.168.0.1"
        if self.name == "ours":
            start(f"exec ip netns exec {host} {PROGRAMS}/endpoint {local} tap0 10.16.0.{side}/24 {first} {remotes} {self.busy_poll}")
        elif self.name == "ovs":
            script = OVS.replace("REMOTE", first).replace("LOCAL", local).replace("SIDE", str(side))
            start(f"exec ip netns exec {host} unshare --mount bash -c '{script}'")
        else:
            sh(f"ip -n {host} link add vxlan0 type vxlan id 120 dstport 4789 local {local} dev u0")
            entries = "".join(
                f"fdb append 00:00:00:00:00:00 dev vxlan0 dst {address(first, number)}\n" for number in range(remotes))
            sh(f"bridge -n {host} -batch -", input=entries)
            sh(f"ip -n {host} address add 10.16.0.{side}/24 dev vxlan0 && ip -n {host} link set vxlan0 up")

    def tcp(self):
        server = start(f"exec ip netns exec {self.b} iperf3 -s -1")
        wait_for(f"ip netns exec {self.b} ss -Hltn 'sport = 5201' | grep -q .")
        report = json.loads(sh(f"ip netns exec {self.a} iperf3 -c 10.16.0.2 -t 2 -O 0.5 -J"))
        server.wait()
        return report["end"]["sum_received"]["bits_per_second"] / 1e9

    def small(self):
        receiver = subprocess.Popen(
            f"exec ip netns exec {self.b} {PROGRAMS}/datagrams receive 1", shell=True, text=True, stdout=subprocess.PIPE)
        time.sleep(0.1)
        # 18 bytes of payload make a frame of 64 with its check sequence.
        sh(f"ip netns exec {self.a} {PROGRAMS}/datagrams send 10.16.0.2 18 1")
        return float(receiver.communicate()[0]) / 1e3

    def ping(self):
        text = sh(f"ip netns exec {self.a} ping -n -c 40 -i 0.005 10.16.0.2")
        return statistics.median(float(time) for time in re.findall(r"time=([0-9.]+)", text)) * 1000

    def pin(self):
        for processor, host in enumerate((self.a, self.b)):
            for process in sh(f"ip netns pids {host}").split():
                sh(f"taskset -pc {processor} {process}")

    def flood(self, way, times, remotes):
        """Nanoseconds a copy, until the last one is on the wire; and how many there were."""
        text = sh(f"ip netns exec {self.a} {PROGRAMS}/datagrams {way} 10.16.0.255 18 {times} {remotes} u0")
        copies, seconds = text.split()
        return float(seconds) * 1e9 / max(1, int(copies)), int(copies)


def address(first, number):
    high, low = divmod(int(first.rsplit(".", 1)[1]) + number, 256)
    return f"192.168.{high}.{low}"


def prepare_for_copies(pair, remotes):
    """The remotes are somewhere else on the link, as behind a switch: the peer drops what is not for it. And the wire takes
    single datagrams: whoever hands over runs of them has them split by the stack, and each counts."""
    lines = "".join(
        f"neighbour replace {address('192.168.0.2', number)} lladdr 02:00:00:00:00:99 nud permanent dev u0\n"
        for number in range(remotes))
    sh(f"ip -n {pair.a} -batch -", input=lines)
    sh(f"ip netns exec {pair.a} ethtool -K u0 tx-udp-segmentation off")


def report(name, unit, values, more_is_better, note):
    """Ours against each of the others."""
    medians = {who: statistics.median(samples) for who, samples in values.items()}
    for who in [peer for peer in medians if peer != "ours"]:
        ratio = medians["ours"] / medians[who]
        ratio = ratio if more_is_better else 1 / ratio
        peer = {"kernel": "kernel-vxlan", "ovs": "ovs-userspace"}[who]
        spread = " ".join(f"{value:.3g}" for value in sorted(values["ours"]))
        print(f"{name:14} {medians['ours']:10.3g} {unit:8} {peer:14} {medians[who]:10.3g}   ratio {ratio:.2f}   ({spread})")
        line = {"name": name, "value": round(medians["ours"], 3), "unit": unit, "peer": peer,
                "peer_value": round(medians[who], 3), "ratio": round(ratio, 3),
                "note": f"{note}; {len(values['ours'])} rounds in turns; ours: {spread}"}
        with open(RESULTS, "a") as file:
            file.write(json.dumps(line) + "\n")


def measure(pairs, what, rounds):
    values = {pair.name: [] for pair in pairs}
    for _ in range(rounds):
        for pair in pairs:
            values[pair.name].append(getattr(pair, what)())
    return values


def main():
    pairs = [Pair(name) for name in ("ours", "kernel", "ovs")]
    report("tcp-stream", "Gbit/s", measure(pairs, "tcp", ROUNDS), True, "iperf3, one stream of 2 s, MTU 1450")
    report("small-frames", "kpps", measure(pairs, "small", ROUNDS), True, "frames of 64 bytes for 1 s, received")
    report("ping", "us", measure(pairs, "ping", ROUNDS), False, "median round trip of 40, idle")
    # On processors of their own, as on two hosts: there it counts how long a sleeping thread takes to wake.
    for busy_poll in (0, 60):
        apart = [Pair("ours", busy_poll=busy_poll) if busy_poll else pairs[0], pairs[1]]
        apart[0].pin()
        report(f"ping-two-cpus{'-busy' if busy_poll else ''}", "us", measure(apart, "ping", ROUNDS), False,
               f"the same, ours on two processors, looking for {busy_poll} us for more before sleeping")
    for remotes in (100, 1000):
        flooding = [Pair(name, remotes) for name in ("ours", "kernel")]
        for pair in flooding:
            prepare_for_copies(pair, remotes)
        for name, way, times, note in (
            (f"flood-{remotes}", "burst", 300, f"300 broadcasts at once, each copied to {remotes} remotes"),
            (f"flood-{remotes}-single", "single", 50, f"one broadcast at a time, copied to {remotes} remotes"),
        ):
            values, copies = {pair.name: [] for pair in flooding}, {}
            for _ in range(ROUNDS):
                for pair in flooding:
                    each, copies[pair.name] = pair.flood(way, times, remotes)
                    values[pair.name].append(each)
            expected = times * remotes
            lost = ", ".join(f"{who} lost {1 - count / expected:.0%}" for who, count in copies.items() if count < expected)
            report(name, "ns/copy", values, False, note + "; until the last copy is on the wire" + (lost and "; " + lost))


try:
    main()
finally:
    for process in STARTED:
        process.terminate()
