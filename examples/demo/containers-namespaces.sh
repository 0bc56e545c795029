# shellcheck shell=bash
# Containers without a daemon: a network namespace with a cable into the bridge br-mylan, busybox's web server in it.
# containers-docker.sh defines the same functions for real ones.

describe_containers() {
    echo "containers are namespaces (make demo DOCKER=1 takes two Docker Engines)"
}

example_environment() { # HOST
    :
}

container_prompt() { # HOST
    printf 'ngx1 on host %s:' "$1"
}

bridge_arguments() {
    echo --bridge br-mylan
}

bridge_name() { # HOST
    echo br-mylan
}

container_network() { # HOST
    echo "ngx1@$1"
}

in_container() { # HOST COMMAND...
    local host=$1
    shift
    on "ngx1@$host" "$@"
}

start_containers() {
    local host
    for host in A B; do
        step "on host $host: bridge br-mylan 10.17.0.1/24;" \
            "container ngx1 at ${container[$host]} with the page ${page[$host]}"
        if make_bridge "$host" && make_container "$host" && serve_page "$host"; then
            ok "ngx1 of host $host serves ${page[$host]}"
        else
            failed "ngx1 of host $host serves ${page[$host]}" "$(cat "$work/$host/httpd.log" 2>&1)"
            return 1
        fi
    done
}

make_bridge() { # HOST
    on "$1" ip link add br-mylan mtu "$container_mtu" type bridge &&
        on "$1" ip address add 10.17.0.1/24 dev br-mylan &&
        on "$1" ip link set br-mylan up
}

make_container() { # HOST
    make_network "ngx1@$1"
    on "$1" ip link add veth-ngx1 mtu "$container_mtu" type veth \
        peer name eth0 mtu "$container_mtu" netns "${holder[ngx1@$1]}" &&
        on "$1" ip link set veth-ngx1 master br-mylan up &&
        on "ngx1@$1" ip address add "${container[$1]}/24" dev eth0 &&
        on "ngx1@$1" ip link set eth0 up &&
        on "ngx1@$1" ip route add default via 10.17.0.1
}

serve_page() { # HOST
    mkdir -p "$work/$1/html" && echo "${page[$1]}" >"$work/$1/html/index.html" || return
    on "ngx1@$1" busybox httpd -f -p 80 -h "$work/$1/html" >"$work/$1/httpd.log" 2>&1 &
    wait_until 20 on "ngx1@$1" curl -sf "http://${container[$1]}/"
}
