# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# `userspace-endpoint`: VTEPs in programs. Every pair of languages joins the two hosts, and each language joins one host
# with the kernel's VXLAN device on the other.

endpoint_pairs() {
    local a b
    for a in "${languages[@]}"; do
        [[ -x $built/$a/userspace-endpoint ]] || { echo "examples: $a has no userspace-endpoint"; continue; }
        endpoint_usage "$a"
        endpoint_and_kernel "$a"
        for b in "${languages[@]}"; do
            [[ ! -x $built/$b/userspace-endpoint ]] || endpoint_pair "$a" "$b"
        done
    done
}

endpoint_usage() { # LANGUAGE
    local language=$1
    make_network "$language-endpoint"
    record_with beside_endpoint help-endpoint userspace-endpoint --help
    same "$language: userspace-endpoint --help succeeds" "$status" 0
    for arguments in "" "--remote 192.168.50.29" "--remote 1.2.3.4 --group 229.1.1.1 --address 10.0.0.1/24" --tap; do
        # shellcheck disable=SC2086 # words
        record_with beside_endpoint "wrong-endpoint-${arguments//[^a-z0-9]/_}" userspace-endpoint $arguments
        same "$language: userspace-endpoint $arguments is wrong usage" "$status" 64
    done
    record_with beside_endpoint refused-endpoint userspace-endpoint --remote 192.168.50.29 --address 10.16.0.2/24 \
        --device none
    same "$language: userspace-endpoint on no link fails" "$status" 1
    if [[ $language != "${languages[0]}" && -e $records/${languages[0]}/help-endpoint ]]; then
        for name in help-endpoint refused-endpoint; do
            same "$language prints what ${languages[0]} prints: $name" "$(<"$records/$language/$name")" \
                "$(<"$records/${languages[0]}/$name")"
        done
    fi
}

beside_endpoint() {
    on "$language-endpoint" "$@"
}

endpoint_pair() { # A-LANGUAGE B-LANGUAGE
    local a b
    start_endpoint A "$1" --remote "${underlay[B]}" --address "${overlay[A]}/24"
    a=$started
    start_endpoint B "$2" --remote "${underlay[A]}" --address "${overlay[B]}/24"
    b=$started
    check "userspace-endpoint of $1 and $2: a ping of 1450 bytes" \
        on A ping -n -c 1 -w 10 -M "do" -s 1422 "${overlay[B]}"
    stop_endpoint A "$1" "$a"
    stop_endpoint B "$2" "$b"
}

endpoint_and_kernel() { # LANGUAGE
    start_endpoint A "$1" --remote "${underlay[B]}" --address "${overlay[A]}/24"
    on B ip link add vxlan0 type vxlan id 120 dstport 4789 remote "${underlay[A]}" dev enp1s0
    on B ip address add "${overlay[B]}/24" dev vxlan0
    on B ip link set vxlan0 up
    check "userspace-endpoint of $1 and the kernel's VXLAN device: a ping of 1450 bytes" \
        on B ping -n -c 1 -w 10 -M "do" -s 1422 "${overlay[A]}"
    on B ip link delete vxlan0
    stop_endpoint A "$1" "$started"
}

start_endpoint() { # HOST LANGUAGE ARGUMENT...
    local host=$1 program=$built/$2/userspace-endpoint
    shift 2
    start "$host" "$work/endpoint-$host" "$program" --device enp1s0 "$@"
    wait_until 10 grep -q 'is joined with' "$work/endpoint-$host" ||
        failed "$program begins" "$(<"$work/endpoint-$host")"
}

stop_endpoint() { # HOST LANGUAGE PID
    local status=0 peer=B
    [[ $1 == A ]] || peer=A
    kill -TERM "$3"
    wait "$3" || status=$?
    same "$2 on host $1: userspace-endpoint ends well" "$status" 0
    same "$2 on host $1: it says what it joined" "$(head -n 1 "$work/endpoint-$1")" \
        "tap0 is joined with ${underlay[$peer]}, VNI 120"
    same "$2 on host $1: and what it counted" "$(tail -n +2 "$work/endpoint-$1" | grep -vcE '^[a-z0-9_]+ [1-9][0-9]*$')" 0
    check "$2 on host $1: something was counted" test "$(wc -l <"$work/endpoint-$1")" -gt 2
    check "$2 on host $1: the TAP device is gone" has_no_tap "$1"
}

has_no_tap() {
    ! on "$1" ip link show dev tap0
}
