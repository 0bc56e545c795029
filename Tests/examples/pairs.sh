# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# Two hosts, on each of which another language makes the overlay: every pair of languages.

host_pairs() {
    local a b
    make_hosts || give_up "the two hosts cannot be made"
    wait_until 20 on A ping -c 1 -W 1 "${underlay[B]}" || give_up "host A does not reach host B on the underlay"
    for a in "${languages[@]}"; do
        for b in "${languages[@]}"; do
            pair "$a" "$b" point-to-point --remote "${underlay[B]}" --remote "${underlay[A]}"
            pair "$a" "$b" multicast --group 229.1.1.1 --group 229.1.1.1
        done
    done
}

pair() { # A-LANGUAGE B-LANGUAGE PROGRAM A-OPTION A-VALUE B-OPTION B-VALUE
    check "$1 on host A: $3" by "$1" A "$3" --device enp1s0 "$4" "$5" --address "${overlay[A]}/24"
    check "$2 on host B: $3" by "$2" B "$3" --device enp1s0 "$6" "$7" --address "${overlay[B]}/24"
    # A full-size packet that nobody may fragment: 1450 bytes, of which 28 are the IP and ICMP headers.
    check "$3 of $1 and $2: a ping of 1450 bytes" on A ping -n -c 1 -w 10 -M "do" -s 1422 "${overlay[B]}"
    check "$1 on host A: $3 --delete" by "$1" A "$3" --delete
    check "$2 on host B: $3 --delete" by "$2" B "$3" --delete
}

by() { # LANGUAGE HOST PROGRAM ARGUMENT...
    on "$2" "$built/$1/$3" "${@:4}"
}

# Real containers: the engines and the containers are started once, and joined by every pair.
docker_pairs() {
    local a b
    make_hosts || give_up "the two hosts cannot be made"
    start_containers || give_up "the two Docker Engines cannot be started"
    for a in "${languages[@]}"; do
        for b in "${languages[@]}"; do
            docker_pair "$a" "$b"
        done
    done
}

docker_pair() { # A-LANGUAGE B-LANGUAGE
    local how=(docker-cross-host --device enp1s0 --group 229.1.1.1 --network mylan)
    check "$1 on host A: docker-cross-host" by_docker "$1" A "${how[@]}"
    check "$2 on host B: docker-cross-host" by_docker "$2" B "${how[@]}"
    check "containers of $1 and $2: a ping of 1450 bytes" \
        on ngx1@A ping -n -c 1 -w 10 -M "do" -s 1422 "${container[B]}"
    same "containers of $1 and $2: A has the page of B" \
        "$(in_container A curl -sS --max-time 20 "http://${container[B]}/" 2>&1)" "${page[B]}"
    same "containers of $1 and $2: B has the page of A" \
        "$(in_container B curl -sS --max-time 20 "http://${container[A]}/" 2>&1)" "${page[A]}"
    check "$1 on host A: docker-cross-host --delete" by_docker "$1" A docker-cross-host --delete
    check "$2 on host B: docker-cross-host --delete" by_docker "$2" B docker-cross-host --delete
}

by_docker() { # LANGUAGE HOST PROGRAM ARGUMENT...
    local environment
    mapfile -t environment < <(example_environment "$2")
    on "$2" env "${environment[@]}" "$built/$1/$3" "${@:4}"
}
