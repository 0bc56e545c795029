# shellcheck shell=bash
# The checks that the set-ups share. All read the kernel through other programs than the ones being shown.

# Runs an example on a host as a user would type it there and shows what it prints; the text stays in $printed.
example() { # HOST PROGRAM ARGUMENT...
    local host=$1 program=$2 status environment
    shift 2
    step "on host $host: $program $*"
    mapfile -t environment < <(example_environment "$host")
    printed=$(on "$host" env "${environment[@]}" "$examples/$program" "$@" 2>&1)
    status=$?
    [[ -z $printed ]] || indented <<<"$printed"
    ((status == 0)) || failed "$program ended with status $status on host $host"
}

check_printed() { # TEXT PATTERN
    if grep -Eq -- "$2" <<<"$printed"; then
        ok "$1: $(grep -E -m1 -- "$2" <<<"$printed" | tr -s ' \t' ' ')"
    else
        failed "$1: no line of the output matches $2"
    fi
}

check_vxlan() { # HOST WHAT...
    local host=$1 link what
    shift
    link=$(on "$host" ip -d link show dev vxlan0 2>&1)
    for what in "vxlan id 120" "dstport 4789" "dev enp1s0" "mtu 1450" "$@"; do
        [[ $link == *"$what "* ]] || { failed "the kernel has \"$what\" on vxlan0 of host $host" "$link"; return; }
    done
    ok "the kernel has vxlan0 on host $host: id 120, dstport 4789, dev enp1s0, mtu 1450, $*"
}

# Three full-size packets that nobody may fragment: 1450 bytes, of which 28 are the IP and ICMP headers.
check_ping() { # NAME FROM TO
    local said
    if said=$(on "$1" ping -n -i 0.2 -c 3 -w 20 -M "do" -s 1422 "$3" 2>&1); then
        ok "$2 pings $3, 1450 bytes unfragmented: $(grep -o '[0-9]* received' <<<"$said") of 3," \
            "$(sed -n 's/^rtt.* = [^/]*\/\([^/]*\)\/.*/\1/p' <<<"$said") ms"
    else
        failed "$2 pings $3, 1450 bytes unfragmented" "$said"
        show_state "$1"
        # A container's frames cross its host, whose namespace is called what follows the @.
        [[ $1 != *@* ]] || show_state "${1#*@}"
    fi
}

show_state() { # NAME
    {
        echo "-- what $1 knows:"
        on "$1" ip -s -d link show
        on "$1" ip neighbour show
        on "$1" bridge fdb show
    } 2>&1 | indented
}

check_page() { # HOST ADDRESS EXPECTED
    local said
    said=$(in_container "$1" curl -sS --max-time 20 "http://$2/" 2>&1)
    if [[ $said == "$3" ]]; then
        ok "$(container_prompt "$1") curl $2 answers $said"
    else
        failed "$(container_prompt "$1") curl $2 answers $3" "$said"
    fi
}

has_vxlan() { # HOST
    on "$1" ip link show dev vxlan0 >/dev/null 2>&1
}

# Removes the overlay again, by the example; by force if that fails, so that the next set-up starts clean.
delete_overlay() { # PROGRAM [HOST...]
    local host hosts=("${@:2}")
    ((${#hosts[@]} > 0)) || hosts=(A B)
    for host in "${hosts[@]}"; do
        # Nothing to remove where an earlier check of this set-up already said why.
        [[ $set_up_is_working == yes ]] || has_vxlan "$host" || continue
        example "$host" "$1" --delete --name vxlan0 --vni 120
        if has_vxlan "$host"; then
            failed "vxlan0 is gone from host $host" "$(on "$host" ip -d link show dev vxlan0 2>&1)"
            on "$host" ip link delete dev vxlan0
        else
            ok "vxlan0 is gone from host $host"
        fi
    done
}
