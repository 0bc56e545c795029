# shellcheck shell=bash
# shellcheck disable=SC1090,SC1091,SC2034,SC2154 # the variables shared with the files sourced here
# The demo: the tutorial's three set-ups, one after the other. Runs as process 1 of its own namespaces (isolation.sh).

source "$demo_directory/report.sh"
source "$demo_directory/hosts.sh"
source "$demo_directory/checks.sh"
source "$demo_directory/capture.sh"
source "$demo_directory/containers-$containers.sh"

declare -rA container=([A]=10.17.0.8 [B]=10.17.0.9)
declare -rA page=([A]=ngx1 [B]=ngx2)
declare -A engine=()
container_mtu=1450
group=229.1.1.1
work=/run/vtep-demo

run_stages() {
    # Hides the machine's sockets (a running Docker's, too) and takes every file that the demo writes.
    { mount -t tmpfs -o mode=0755 demo /run && mkdir "$work"; } || give_up "no private /run"
    plain_environment
    printf 'Two hosts on a switch: A is %s, B is %s, underlay enp1s0; %s\n' \
        "${underlay[A]}" "${underlay[B]}" "$(describe_containers)"
    make_hosts || give_up "the two hosts cannot be made: see the messages of ip above"
    wait_until 20 on A ping -c 1 -W 1 "${underlay[B]}" || give_up "host A does not reach host B on the underlay"

    point_to_point
    multicast
    container_bridge
    # Not in every language yet; and where only root may open TAPs, an ordinary user has none.
    if [[ -x $examples/userspace-endpoint && -r /dev/net/tun && -w /dev/net/tun ]]; then userspace; fi
    printf '\ndemo: %d of %d set-ups work\n' "$working" "$set_ups"
    ((working == set_ups))
}

# Nobody's own settings of tshark, curl, docker or the language should change what is seen.
plain_environment() {
    export TMPDIR="$work" HOME="$work" LC_ALL=C
    unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
    unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
}

point_to_point() {
    begin_set_up "point to point, each host names the other as its remote"
    start_capture
    if overlay_on A point-to-point --remote "${underlay[B]}" &&
        overlay_on B point-to-point --remote "${underlay[A]}"; then
        check_both_directions
        await_captured_pings
        stop_capture
        check_capture
    else
        stop_capture
    fi
    delete_overlay point-to-point
    end_set_up
}

multicast() {
    begin_set_up "multicast, both hosts join the group $group"
    overlay_on A multicast --group "$group" && overlay_on B multicast --group "$group" && check_both_directions
    delete_overlay multicast
    end_set_up
}

overlay_on() { # HOST PROGRAM PEER-OPTION PEER
    example "$1" "$2" --device enp1s0 "$3" "$4" --address "${overlay[$1]}/24" || return
    check_printed "it shows the link" 'vxlan0: <.*mtu 1450'
    check_printed "it shows the address" "inet ${overlay[$1]}/24"
    check_printed "it shows the route" '^10\.16\.0\.0 +0\.0\.0\.0 +255\.255\.255\.0 .*vxlan0'
    check_vxlan "$1" "${3#--} $4"
    return 0
}

check_both_directions() {
    step "across the overlay, both directions"
    check_ping A "host A" "${overlay[B]}"
    check_ping B "host B" "${overlay[A]}"
}

declare -A endpoint=()

userspace() {
    begin_set_up "in user space: a program in place of host A's VXLAN device, then of host B's, too"
    echo "    Host B's wire computes checksums itself now, as a network card would: veth leaves them open," \
        "also inside VXLAN."
    on B ethtool -K enp1s0 tx off >/dev/null
    endpoint_on A && overlay_on B point-to-point --remote "${underlay[A]}" && check_both_directions
    delete_overlay point-to-point B
    # The new device has another MAC address than the one before.
    on A ip neighbour flush dev tap0
    endpoint_on B && check_both_directions
    end_endpoint A
    end_endpoint B
    end_set_up
}

endpoint_on() { # HOST
    local arguments=(--remote "${underlay[${other[$1]}]}" --address "${overlay[$1]}/24")
    step "on host $1: userspace-endpoint ${arguments[*]}"
    nsenter --net="$(network_of "$1")" -- "$examples/userspace-endpoint" "${arguments[@]}" >"$work/endpoint$1" 2>&1 &
    endpoint[$1]=$!
    wait_until 10 grep -q 'is joined with' "$work/endpoint$1" ||
        { failed "the endpoint on host $1 runs" "$(<"$work/endpoint$1")"; return 1; }
    indented <"$work/endpoint$1"
}

end_endpoint() { # HOST
    kill -INT "${endpoint[$1]}" 2>/dev/null
    wait "${endpoint[$1]}" || failed "the endpoint on host $1 ends when it is told to" "$(<"$work/endpoint$1")"
    grep -E 'datagrams_(to|from)_underlay' "$work/endpoint$1" | indented
}

container_bridge() {
    begin_set_up "containers on two hosts, VXLAN as a port of their bridges"
    echo "    The containers' MTU is $container_mtu, set by this demo: VXLAN takes 50 bytes of 1500," \
        "and a bridge drops what is larger without a word."
    start_containers && bridge_on A && bridge_on B && check_containers
    delete_overlay docker-cross-host
    end_set_up
}

bridge_on() { # HOST
    local bridge arguments
    read -ra arguments < <(bridge_arguments)
    bridge=$(bridge_name "$1")
    example "$1" docker-cross-host --device enp1s0 --group "$group" "${arguments[@]}" || return
    check_printed "it shows the bridge" "^${bridge}[[:space:]]+8000\.[0-9a-f]{12}[[:space:]]+no"
    check_printed "it shows the container's port" '(^|[[:space:]])veth[^[:space:]]*$'
    check_printed "it shows the VXLAN port" '(^|[[:space:]])vxlan0$'
    check_vxlan "$1" "group $group" "master $bridge"
    return 0
}

check_containers() {
    step "from container to container, both directions"
    local host far
    for host in A B; do
        far=${other[$host]}
        check_ping "$(container_network "$host")" "ngx1 of host $host" "${container[$far]}"
        check_page "$host" "${container[$far]}" "${page[$far]}"
    done
}
