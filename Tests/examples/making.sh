# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# The three set-ups on one host: made, shown, refused, deleted.

usual=(--device enp1s0 --remote 192.168.50.29 --address 10.16.0.2/24)

making_steps() {
    point_to_point_steps
    multicast_steps
    refusal_steps
    bridge_steps
}

point_to_point_steps() {
    makes ptp vxlan0 point-to-point "${usual[@]}"
    holds "$language: the kernel has the device" "$(details vxlan0)" \
        "vxlan id 120 remote 192.168.50.29 dev enp1s0 srcport 0 0 dstport 4789 "
    refused again point-to-point "${usual[@]}"
    refused delete-other-vni point-to-point --delete --vni 121
    deletes ptp vxlan0 point-to-point --delete
    refused delete-again point-to-point --delete
    makes all v9 point-to-point --device enp1s0 --remote=192.168.50.29 --address 10.16.0.2/24 --vni 0 --port 4790 \
        --name=v9 --local 192.168.50.233 --mtu 1400
    holds "$language: every option counts" "$(details v9)" \
        "vxlan id 0 remote 192.168.50.29 local 192.168.50.233 dev enp1s0 srcport 0 0 dstport 4790 "
    holds "$language: the MTU counts" "$(here_on ip link show dev v9)" "mtu 1400"
    deletes all v9 point-to-point --delete --name v9 --vni 0
    makes ipv6 vxlan0 point-to-point --device enp1s0 --remote 2001:db8:50::2 --address 2001:db8:16::2/64
    deletes ipv6 vxlan0 point-to-point --delete
    # From another namespace into the language's.
    record_with directly netns point-to-point "${usual[@]}" --netns "$(network_of "$language")"
    same "$language: --netns reaches the other namespace" "$status$complaint" 0
    same "$language: --netns makes it there" "$(here_on ip -o link show type vxlan | wc -l)" 1
    deletes netns vxlan0 point-to-point --delete
}

multicast_steps() {
    makes multicast vxlan0 multicast --device enp1s0 --group 229.1.1.1 --address 10.16.0.2/24
    holds "$language: the kernel has the group" "$(details vxlan0)" "group 229.1.1.1 dev enp1s0"
    deletes multicast vxlan0 multicast --delete
    makes multicast6 vxlan0 multicast --device enp1s0 --group ff05::1234 --address 2001:db8:16::2/64
    deletes multicast6 vxlan0 multicast --delete
}

refusal_steps() {
    refused no-group multicast --device enp1s0 --group 192.168.50.29 --address 10.16.0.2/24
    refused no-device point-to-point --device none --remote 192.168.50.29 --address 10.16.0.2/24
    refused mtu point-to-point "${usual[@]}" --mtu 1500
    refused name point-to-point "${usual[@]}" --name enp1s0
    refused impossible-name point-to-point "${usual[@]}" --name a/b
    refused families point-to-point "${usual[@]}" --local ::1
    refused netns point-to-point "${usual[@]}" --netns /run/netns/there-is-none
    refused no-netns show --netns /dev/null
    refused foreign point-to-point --delete --name enp1s0
    # The address cannot be had: the device that was made before goes again.
    refused half point-to-point --device enp1s0 --remote 192.168.50.29 --address 224.0.0.1/24
    record_with powerless no-right point-to-point "${usual[@]}"
    same "$language: a missing right is an error" "$status" 1
    same "$language: what is refused leaves nothing" "$(here_on ip -o link show type vxlan)" ""
}

bridge_steps() {
    local usual_bridge=(--device enp1s0 --group 229.1.1.1)
    here_on ip link add br-mylan address 02:42:0a:00:00:03 type bridge
    here_on ip link add veth0 address 02:42:0a:00:00:04 master br-mylan \
        type veth peer name eth0 address 02:42:0a:00:00:05
    here_on ip link set br-mylan up
    makes docker vxlan0 docker-cross-host "${usual_bridge[@]}" --bridge br-mylan
    holds "$language: the MTU hole is told" "$complaint" \
        'note: "br-mylan" takes packets of 1500 bytes, "vxlan0" carries 1450'
    holds "$language: it is a port" "$(here_on ip link show dev vxlan0)" "master br-mylan"
    same "$language: brctl shows the same" "$(sed -n '/^bridge name/,$p' <<<"$output" | words)" \
        "$(here_on brctl show | words)"
    deletes docker vxlan0 docker-cross-host --delete
    here_on ip link set veth0 mtu 1450
    here_on ip link set br-mylan mtu 1450
    makes docker-remote vxlan0 docker-cross-host --device enp1s0 --remote 192.168.50.29 --bridge br-mylan
    same "$language: where there is no hole, none is told" "$complaint" ""
    deletes docker-remote vxlan0 docker-cross-host --delete
    refused no-bridge docker-cross-host "${usual_bridge[@]}" --bridge enp1s0
    refused unknown-bridge docker-cross-host "${usual_bridge[@]}" --bridge none
    program_path=/nowhere refused no-docker docker-cross-host "${usual_bridge[@]}" --network mylan
    here_on ip link delete br-mylan
    here_on ip link delete veth0
}

# makes NAME LINK PROGRAM ARGUMENT...: it succeeds, and what it prints is what ip and route say.
makes() {
    local first paragraph
    record "make-$1" "${@:3}"
    same "$language: ${*:3} succeeds" "$status" 0
    first=$(head -n 1 <<<"$output")
    holds "$language: ip -d link says what the first line says" "$(details "$2")" "${first#"$2": }"
    paragraph=$(sed -n '/^[0-9]*: /,/^$/p' <<<"$output" | momentary)
    same "$language: ip address says the same about $2" "$paragraph" "$(addresses dev "$2")"
    [[ $output != *"Kernel IP routing table"* ]] ||
        same "$language: route -n says the same" "$(sed -n '/^Kernel IP/,/^$/p' <<<"$output")" "$(here_on route -n)"
}

deletes() { # NAME LINK PROGRAM ARGUMENT...
    record "delete-$1" "${@:3}"
    same "$language: ${*:3} says so" "$status: $output" "0: deleted $2"
    check "$language: $2 is gone" is_gone "$2"
}

# refused NAME PROGRAM ARGUMENT...: status 1, one line that says why, nothing else.
refused() {
    record "refused-$1" "${@:2}"
    same "$language: ${*:2} fails" "$status" 1
    same "$language: ${*:2} prints nothing" "$output" ""
    holds "$language: ${*:2} says why" "$complaint" "Error: cannot "
    same "$language: ${*:2} says it in one line" "$(wc -l <<<"$complaint")" 1
}

is_gone() {
    ! here_on ip link show dev "$1"
}

details() {
    here_on ip -d link show dev "$1" | tr -s ' \n' ' '
}

# The programs do not show what ip calls the protocol of an address.
addresses() {
    here_on ip address show "$@" | sed -E 's/ proto kernel_(ll|lo|ra)//' | momentary
}

# brctl lists ports in the order of a directory.
words() {
    tr -s ' \t' '\n' | sort
}

directly() {
    "$@"
}

powerless() {
    here_on setpriv --bounding-set=-net_admin "$@"
}
