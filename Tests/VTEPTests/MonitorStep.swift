import Glibc
import TestNetwork
import Testing
import VTEP

/// Commands after each of which the kept tables must equal the kernel's.
struct MonitorStep: CustomTestStringConvertible {
    let testDescription: String
    var before: [String] = []
    let commands: [String]

    init(_ name: String, before: [String] = [], _ commands: [String]) {
        testDescription = name
        self.before = before
        self.commands = commands
    }

    private static let overlay = [
        "ip link add br0 type bridge", "ip link add vxlan0 type vxlan id 120 dstport 4789 dev u0",
        "ip link set vxlan0 master br0", "ip link set br0 up", "ip link set vxlan0 up",
    ]

    static let all: [MonitorStep] = [
        MonitorStep(
            "links",
            [
                "ip link add br0 type bridge", "ip link set br0 up", "ip link set br0 mtu 1400",
                "ip link set br0 alias one", "ip link set br0 address 02:00:00:00:00:09", "ip link set br0 down",
                "ip link set br0 name br9", "ip link del br9",
            ]),
        MonitorStep(
            "bridge ports", before: overlay,
            [
                "bridge link set dev vxlan0 learning off", "bridge link set dev vxlan0 isolated on",
                "bridge link set dev vxlan0 cost 7", "ip link set br0 type bridge ageing_time 1000",
                "ip link set vxlan0 nomaster", "ip link set vxlan0 master br0", "ip link del br0",
            ]),
        MonitorStep(
            "FDB of a VXLAN device", before: overlay,
            [
                "bridge fdb add 02:00:00:00:00:01 dev vxlan0 self dst 10.0.0.1",
                "bridge fdb replace 02:00:00:00:00:01 dev vxlan0 self dst 10.0.0.2",
                "bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 10.0.0.1",
                "bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 10.0.0.2",
                "bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 10.0.0.2 port 8472",
                "bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 10.0.0.2 vni 7",
                "bridge fdb del 00:00:00:00:00:00 dev vxlan0 dst 10.0.0.2 vni 7",
                "bridge fdb del 02:00:00:00:00:01 dev vxlan0 self", "ip link del vxlan0",
            ]),
        MonitorStep(
            "FDB of an external VXLAN device",
            before: ["ip link add vxlan0 type vxlan external dstport 4789"],
            [
                "bridge fdb add 02:00:00:00:00:01 dev vxlan0 self dst 10.0.0.1 src_vni 7 vni 7",
                "bridge fdb add 02:00:00:00:00:01 dev vxlan0 self dst 10.0.0.1 src_vni 8 vni 8",
                "bridge fdb del 02:00:00:00:00:01 dev vxlan0 self src_vni 7",
            ]),
        MonitorStep(
            "FDB of a bridge", before: overlay + ["ip link set u1 master br0"],
            [
                "bridge fdb add 02:00:00:00:00:01 dev vxlan0 master static",
                "bridge fdb replace 02:00:00:00:00:01 dev u1 master static",
                "bridge fdb add 02:00:00:00:00:02 dev u1 master dynamic",
                "bridge fdb del 02:00:00:00:00:01 dev u1 master", "ip link set u1 nomaster",
            ]),
        MonitorStep(
            "addresses",
            [
                "ip address add 10.16.0.1/24 dev u0", "ip address add 10.16.0.2/24 dev u0",
                "ip address change 10.16.0.2/24 dev u0 valid_lft 1000 preferred_lft 500",
                "ip address add 2001:db8::1/64 dev u0 nodad",
                "ip address add 10.17.0.1 peer 10.17.0.2 dev u0", "ip address del 10.16.0.1/24 dev u0",
                "ip address flush dev u0",
            ]),
        MonitorStep(
            "neighbours",
            [
                "ip neigh add 192.168.50.7 lladdr 02:00:00:00:00:07 dev u0",
                "ip neigh replace 192.168.50.7 lladdr 02:00:00:00:00:08 dev u0",
                "ip neigh change 192.168.50.7 lladdr 02:00:00:00:00:08 dev u0 nud stale",
                "ip neigh add fd50::7 lladdr 02:00:00:00:00:07 dev u0", "ip neigh del 192.168.50.7 dev u0",
                "ip link set u0 down",
            ]),
        MonitorStep(
            "IPv4 routes",
            [
                "ip route add 10.1.0.0/16 via 192.168.50.1", "ip route replace 10.1.0.0/16 via 192.168.50.2",
                "ip route append 10.1.0.0/16 via 192.168.50.3", "ip route append 10.1.0.0/16 via 192.168.50.4",
                "ip route prepend 10.1.0.0/16 via 192.168.50.5", "ip route replace 10.1.0.0/16 via 192.168.50.6",
                "ip route add 10.1.0.0/16 via 192.168.50.1 metric 7",
                "ip route add 10.1.0.0/16 via 192.168.50.1 table 100",
                "ip route add 10.2.0.0/16 nexthop via 192.168.50.1 nexthop via 192.168.50.2 weight 3",
                "ip route replace 10.2.0.0/16 nexthop via 192.168.50.1", "ip route add blackhole 10.3.0.0/16",
                "ip route del 10.1.0.0/16 via 192.168.50.4", "ip route del 10.1.0.0/16", "ip route del 10.1.0.0/16",
            ]),
        MonitorStep(
            "IPv6 routes",
            [
                "ip route add 2001:db8:1::/48 via fd50::7", "ip route append 2001:db8:1::/48 via fd50::2",
                "ip route append 2001:db8:1::/48 via fd50::3", "ip route del 2001:db8:1::/48 via fd50::2",
                "ip route replace 2001:db8:1::/48 via fd50::9",
                "ip route add 2001:db8:2::/48 nexthop via fd50::7 nexthop via fd50::2 weight 3",
                "ip route replace 2001:db8:2::/48 nexthop via fd50::7 nexthop via fd50::4",
                "ip route del 2001:db8:2::/48", "ip route add 2001:db8:3::/48 dev u0 metric 9",
                "ip route append 2001:db8:3::/48 dev lo metric 9",
            ]),
        MonitorStep(
            "nexthops",
            [
                "ip nexthop add id 1 via 192.168.50.1 dev u0", "ip nexthop add id 2 via 192.168.50.2 dev u0",
                "ip nexthop add id 3 group 1/2", "ip nexthop replace id 3 group 1,7/2,2",
                "ip route add 10.7.0.0/16 nhid 3", "ip nexthop replace id 1 via 192.168.50.9 dev u0",
                "ip nexthop del id 2", "ip nexthop del id 1", "ip nexthop add id 9 via 10.0.0.9 fdb",
                "ip nexthop add id 4 via 192.168.50.4 dev u0", "ip link set u0 down",
            ]),
        MonitorStep(
            "rules",
            [
                "ip rule add from 10.0.0.0/8 table 100 priority 7", "ip rule add iif u7 table 100 priority 8",
                "ip -6 rule add to 2001:db8::/32 blackhole", "ip rule del priority 7", "ip link add u7 type bridge",
            ]),
        MonitorStep(
            "what the kernel drops in silence",
            before: [
                "ip address add 10.16.0.1/24 dev u0", "ip route add 10.1.0.0/16 via 192.168.50.1 src 10.16.0.1",
                "ip route add 10.2.0.0/16 nexthop via 192.168.50.1 nexthop dev lo",
            ],
            ["ip address del 10.16.0.1/24 dev u0", "ip link set u1 down", "ip link set u0 down", "ip link del u0"]),
    ]

    /// On a kernel that has VNI filters.
    static let vnis = [
        MonitorStep(
            "VNI filter",
            before: [
                "ip link add vx type vxlan external vnifilter dstport 4789 dev u0", "ip link set vx up",
                "bridge vni add dev vx vni 7-9",
            ],
            [
                "bridge vni add dev vx vni 100", "bridge vni add dev vx vni 200-210 remote 10.0.0.9",
                "bridge vni add dev vx vni 205 remote 10.0.0.10", "bridge vni add dev vx vni 206",
                "bridge vni add dev vx vni 300-301 group 239.1.1.1", "bridge vni add dev vx vni 0-1 remote fd50::9",
                "bridge vni delete dev vx vni 203-204", "ip link set vx down", "bridge vni add dev vx vni 12",
                "ip link set vx up", "ip link set vx name vz", "bridge vni delete dev vz vni 0-1",
                "ip link add vy type vxlan external vnifilter dstport 4790 remote 10.0.0.1",
                "bridge vni add dev vy vni 100-102", "ip link del vz", "bridge vni delete dev vy vni 100",
            ])
    ]

    /// On a kernel that filters VLANs.
    static let vlans = [
        MonitorStep(
            "VLANs",
            before: ["ip link add br0 type bridge vlan_filtering 1", "ip link set u0 master br0"],
            [
                "bridge vlan add dev u0 vid 10", "bridge vlan add dev u0 vid 20-29",
                "bridge vlan add dev u0 vid 20 pvid untagged", "bridge vlan add dev u0 vid 18-25 untagged",
                "bridge vlan set dev u0 vid 22 state blocking", "bridge vlan add dev u0 vid 21-24",
                "bridge vlan del dev u0 vid 24-26", "bridge vlan add dev br0 vid 50-52 self",
                "bridge vlan del dev br0 vid 51 self", "ip link set u0 nomaster", "ip link set u0 master br0",
                "ip link add br1 type bridge vlan_filtering 1 vlan_default_pvid 7", "ip link set u0 master br1",
                "ip link del u0", "ip link del br0",
            ]),
        MonitorStep(
            "VLAN tunnels",
            before: [
                "ip link add br0 type bridge vlan_filtering 1", "ip link add vx type vxlan external dstport 4789",
                "ip link set vx master br0", "bridge link set dev vx vlan_tunnel on",
            ],
            [
                "bridge vlan add dev vx vid 30-39", "bridge vlan add dev vx vid 30-39 tunnel_info id 3030-3039",
                "bridge vlan del dev vx vid 35 tunnel_info id 3035",
                "bridge vlan add dev vx vid 36 tunnel_info id 4036", "bridge vlan del dev vx vid 38-39",
                "bridge vlan add dev vx vid 30-34 untagged", "ip link del vx",
            ]),
    ]
}

func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&wanted, 1, milliseconds) == 1
}
