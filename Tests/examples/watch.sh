# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# `watch`, while a host is being set up: it tells each step, and then nothing but the steps. When the kernel takes note of
# a carrier, and what it still finds out about itself while the snapshot is told, is up to chance: changes of links, and when
# the snapshot was complete, are left out of the comparison between languages, and so is the order in which different tables tell.

watch_steps() {
    local watcher
    if [[ ! -x $built/$language/watch ]]; then
        echo "examples: $language has no watch"
        return
    fi
    make_network "$language-watch"
    there sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    start "$language-watch" "$work/watched" "$built/$language/watch" --snapshot
    watcher=$started
    wait_until 10 grep -qx synchronised "$work/watched" || failed "$language: watch tells what there is" "$(<"$work/watched")"
    holds "$language: watch knows the loopback" "$(<"$work/watched")" "added link lo physical mtu 65536 up state UNKNOWN"
    change_host
    wait_until 10 grep -q '^added link last ' "$work/watched" || failed "$language: watch tells the last" "$(<"$work/watched")"
    kill -TERM "$watcher"
    wait "$watcher"
    same "$language: watch ends with the signal" "$?" 143
    output=$(<"$work/watched")
    while read -r line; do
        same "$language: watch tells \"$line\"" "$(grep -cxF -- "$line" <<<"$output")" 1
    done <<<"$events_wanted"
    { echo '$ watch --snapshot'; grep -vE '^(changed link|synchronised)' "$work/watched" | sort; } >"$records/$language/watch"
    record watch-nowhere watch --netns /dev/null
    same "$language: watch of no namespace fails" "$status" 1
}

there() {
    on "$language-watch" "$@"
}

change_host() {
    there ip link add enp1s0 address 02:42:0a:00:00:01 type veth peer name far address 02:42:0a:00:00:02
    there ip link set far up
    there ip link set enp1s0 up
    there ip address add 192.168.50.1/24 dev enp1s0
    there ip link add vxlan0 address 02:42:0a:00:00:03 type vxlan id 120 dstport 4789 remote 192.168.50.29 dev enp1s0
    there ip link set vxlan0 up
    there bridge fdb add 02:42:0a:11:00:08 dev vxlan0 dst 192.168.50.31
    there ip neighbour add 192.168.50.29 lladdr 02:42:0a:00:00:09 dev enp1s0
    there ip neighbour change 192.168.50.29 lladdr 02:42:0a:00:00:0a dev enp1s0
    there ip route add 10.2.0.0/16 via 192.168.50.29
    there ip route add blackhole 10.3.0.0/16 table 77
    there ip link delete vxlan0
    there ip link add filtered address 02:42:0a:00:00:0c type vxlan external vnifilter dstport 4789 dev enp1s0
    there bridge vni add dev filtered vni 100-101 remote 192.168.50.29
    there bridge vni add dev filtered vni 102 group 239.1.1.1
    there bridge vni delete dev filtered vni 101
    there ip link add last address 02:42:0a:00:00:0b type bridge
}

events_wanted="added link far veth mtu 1500 down state DOWN
added address 192.168.50.1/24 dev enp1s0 scope global
added route 192.168.50.0/24 dev enp1s0 proto kernel metric 0
added link vxlan0 vxlan mtu 1450 down state DOWN id 120
added fdb 00:00:00:00:00:00 dev vxlan0 dst 192.168.50.29 via enp1s0 self permanent
changed link vxlan0 vxlan mtu 1450 up state UNKNOWN id 120
added fdb 02:42:0a:11:00:08 dev vxlan0 dst 192.168.50.31 self permanent
added neighbour 192.168.50.29 dev enp1s0 lladdr 02:42:0a:00:00:09 permanent
changed neighbour 192.168.50.29 dev enp1s0 lladdr 02:42:0a:00:00:0a permanent
added route 10.2.0.0/16 via 192.168.50.29 dev enp1s0 proto boot metric 0
added route blackhole table 77 10.3.0.0/16 proto boot metric 0
removed fdb 02:42:0a:11:00:08 dev vxlan0 dst 192.168.50.31 self permanent
removed link vxlan0 vxlan mtu 1450 down state DOWN id 120
added vni 100 dev filtered remote 192.168.50.29
added vni 102 dev filtered group 239.1.1.1
removed vni 101 dev filtered remote 192.168.50.29"
