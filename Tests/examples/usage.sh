# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# Help and wrong usage. Wrong usage changes nothing and ends with 64, EX_USAGE.

usage_steps() {
    local program
    for program in point-to-point multicast docker-cross-host show; do
        record "help-$program" "$program" --help
        same "$language: $program --help succeeds" "$status" 0
        wrong "$program-unknown" "$program" --nonsense
        wrong "$program-letter" "$program" -x
        wrong "$program-argument" "$program" nonsense
        wrong "$program-arguments" "$program" much nonsense
        wrong "$program-no-value" "$program" --netns
        wrong "$program-option-for-value" "$program" --netns --help
    done
    wrong_values
    wrong ptp-nothing point-to-point
    wrong ptp-no-device point-to-point --remote 192.168.50.29
    wrong ptp-no-address point-to-point --remote 192.168.50.29 --device enp1s0
    wrong multicast-nothing multicast
    wrong multicast-network multicast --network mylan
    wrong docker-nothing docker-cross-host --device enp1s0
    wrong docker-both-ends docker-cross-host --device enp1s0 --group 229.1.1.1 --remote 192.168.50.29 --bridge br
    wrong docker-both-bridges docker-cross-host --device enp1s0 --group 229.1.1.1 --bridge br --network net
    wrong docker-no-bridge docker-cross-host --device enp1s0 --group 229.1.1.1
    wrong delete-value point-to-point --delete=yes
    wrong empty-value point-to-point --device=
    same "$language: wrong usage makes no link" "$(here_on ip -o link | wc -l)" 3
}

wrong() { # NAME PROGRAM ARGUMENT...
    record "wrong-$1" "${@:2}"
    same "$language: ${*:2} is wrong usage" "$status" 64
    same "$language: ${*:2} prints nothing else" "$output" ""
}

wrong_values() {
    local value number=0
    for value in vni=16777216 vni=-1 vni=+1 vni=010 vni=x vni= port=0 port=65536 mtu=67 mtu=65536 mtu=1e3 \
        remote=192.168.50 remote=192.168.050.1 remote=::1%lo remote=x local=1.2.3.4.5 address=10.0.0.1/33 \
        address=10.0.0.1/ address=x/8 address=::/129; do
        number=$((number + 1))
        wrong "value-$number" point-to-point "--${value%%=*}=${value#*=}"
    done
}
