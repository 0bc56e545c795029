# shellcheck shell=bash
# Two hosts on a switch. A host is a network namespace held by a sleeping process; the switch is a bridge in the
# namespace that the demo itself runs in, and is also the hosts' router, 192.168.50.1.

declare -A holder=()
declare -rA underlay=([A]=192.168.50.233 [B]=192.168.50.29)
declare -rA overlay=([A]=10.16.0.2 [B]=10.16.0.3)
declare -rA other=([A]=B [B]=A)

network_of() { # NAME
    printf '/proc/%s/ns/net' "${holder[$1]}"
}

on() { # NAME COMMAND...
    local name=$1
    shift
    nsenter --net="$(network_of "$name")" -- "$@"
}

make_network() { # NAME
    unshare --net sleep infinity &
    holder[$1]=$!
    wait_until 20 has_own_network "$1" || give_up "no network namespace for $1 within 20 s"
    on "$1" ip link set lo up
}

has_own_network() { # NAME
    local theirs
    theirs=$(readlink "$(network_of "$1")") && [[ $theirs != "$(readlink /proc/self/ns/net)" ]]
}

make_hosts() {
    ip link add switch type bridge &&
        ip address add 192.168.50.1/24 dev switch &&
        ip link set switch up &&
        make_host A && make_host B
}

make_host() { # HOST
    make_network "$1"
    ip link add "port$1" type veth peer name enp1s0 netns "${holder[$1]}" &&
        ip link set "port$1" master switch up &&
        on "$1" ip address add "${underlay[$1]}/24" dev enp1s0 &&
        on "$1" ip link set enp1s0 up &&
        on "$1" ip route add default via 192.168.50.1
}
