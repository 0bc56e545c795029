# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# `show`, on a host that has something of everything, against the commands that head its tables.

table_steps() {
    local line
    fill_host
    record show show
    same "$language: show succeeds" "$status$complaint" 0
    same "$language: ip address says the same" "$(table "ip address" | momentary)" "$(addresses)"
    same "$language: route -n says the same" "$(table "route -n")" "$(here_on route -n)"
    same "$language: ip -6 route says the same" "$(table "ip -6 route" | sed 's/ proto boot//')" \
        "$(here_on ip -6 route | sed -E 's/ pref medium//; s/ +$//')"
    same "$language: brctl show says the same" "$(table "brctl show" | words)" "$(here_on brctl show | words)"
    same "$language: bridge fdb says the same" "$(table "bridge fdb" | sed 's/ *$//')" \
        "$(here_on bridge fdb | sed 's/ *$//')"
    table "ip -d link show type vxlan" >"$work/devices"
    same "$language: it shows every VXLAN device" "$(cut -d : -f 1 "$work/devices" | sort)" \
        "$(here_on ip -o link show type vxlan | sed -E 's/^[0-9]+: ([^:@]+).*/\1/' | sort)"
    while read -r line; do
        holds "$language: ip -d link says the same" "$(details "${line%%:*}" | sed 's/external id 0/external/')" \
            "${line#*: }"
    done <"$work/devices"
}

table() { # TITLE
    awk -v title="# $1" '$0 == title { on = 1; next } /^# / { on = 0 } on' <<<"$output" | sed '${/^$/d}'
}

fill_host() {
    here_on ip address add 10.9.0.1 peer 10.9.0.2/32 dev far
    here_on ip address add 10.8.0.1/24 brd + dev far label far:x valid_lft 3000 preferred_lft 2000
    here_on ip route add default via 192.168.50.1
    here_on ip route add blackhole 10.66.0.0/16
    here_on ip route add unreachable 10.67.0.0/16
    here_on ip route add 10.68.0.0/16 metric 77 nexthop via 192.168.50.2 weight 1 nexthop via 192.168.50.3 weight 2
    here_on ip -6 route add 2001:db8:2::/48 via 2001:db8:50::2 metric 50
    fill_devices
    here_on bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.30 port 4790 vni 7 via enp1s0
    here_on bridge fdb add 02:42:0a:11:00:08 dev vxlan0 dst 192.168.50.31
    here_on bridge fdb add 02:42:0a:11:00:09 dev vxlan1 master static
    here_on bridge fdb add 02:42:0a:11:00:0a dev vxlan1 master sticky static
    here_on bridge fdb add 02:42:0a:11:00:0b dev vxlan2 dst 192.168.50.9 src_vni 99 vni 3
    wait_until 10 port_forwards || give_up "the bridge port does not start to forward"
    sleep 0.3 # the kernel takes note of carriers and of its own addresses a moment later
}

fill_devices() {
    here_on ip link add vxlan0 address 02:42:0a:00:00:10 type vxlan id 120 dstport 4789 remote 192.168.50.29 dev enp1s0
    here_on ip link add vxlan1 address 02:42:0a:00:00:11 type vxlan id 121 dstport 4789 group 229.1.1.1 dev enp1s0 \
        ttl 5 tos 0x10 ageing 55 nolearning
    here_on ip link add vxlan2 address 02:42:0a:00:00:12 type vxlan external dstport 4790
    here_on ip link add vxlan6 address 02:42:0a:00:00:13 type vxlan id 122 dstport 4791 remote 2001:db8:50::9 \
        dev enp1s0 tos inherit udp6zerocsumtx
    here_on ip link add br-mylan address 02:42:0a:00:00:14 type bridge
    here_on ip link add br-stp address 02:42:0a:00:00:15 type bridge stp_state 1
    here_on ip address add 10.17.0.1/24 dev br-mylan
    here_on ip link set vxlan0 up
    here_on ip link set vxlan1 master br-mylan up
    here_on ip link set br-mylan up
    here_on ip link add veth0 address 02:42:0a:00:00:16 master br-mylan \
        type veth peer name eth0 address 02:42:0a:00:00:17
    here_on ip link set veth0 up
}

port_forwards() {
    here_on bridge link show dev vxlan1 | grep -q 'state forwarding'
}
