# shellcheck shell=bash
# shellcheck disable=SC1090,SC1091,SC2034,SC2154 # the variables shared with the files sourced here and with run
# The test itself. Runs as process 1 of its own namespaces.

source "$demo_directory/report.sh"
source "$demo_directory/hosts.sh"
source "$demo_directory/containers-docker.sh"
source "$here/checks.sh"
source "$here/record.sh"
source "$here/usage.sh"
source "$here/making.sh"
source "$here/tables.sh"
source "$here/watch.sh"
source "$here/pairs.sh"
source "$here/endpoint.sh"

work=/run/vtep-examples
records=$repository/.build/tests-examples
passed=0
broken=0
declare -A engine=()
container_mtu=1450
declare -rA container=([A]=10.17.0.8 [B]=10.17.0.9)
declare -rA page=([A]=ngx1 [B]=ngx2)

run_all() {
    { mount -t tmpfs -o mode=0755 examples /run && mkdir "$work"; } || give_up "no private /run"
    export TMPDIR=$work HOME=$work LC_ALL=C
    unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
    if [[ $containers == docker ]]; then
        docker_pairs
    else
        for language in "${languages[@]}"; do
            every_step
        done
        compare_languages
        host_pairs
        endpoint_pairs
    fi
    echo "examples: $passed checks passed, $broken failed (${languages[*]})"
    ((broken == 0))
}

# What one language goes through.
every_step() {
    rm -rf "${records:?}/${language:?}"
    mkdir -p "$records/$language"
    make_scene
    usage_steps
    making_steps
    table_steps
    watch_steps
}

# A host with an underlay link whose addresses are known, so that languages can be compared.
make_scene() {
    make_network "$language"
    # No detection of duplicates: when it ends is up to chance.
    here_on sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
    here_on ip link add enp1s0 address 02:42:0a:00:00:01 type veth peer name far address 02:42:0a:00:00:02
    # Which of two links gets its own addresses first is up to chance, too: they are given here.
    here_on ip link set enp1s0 addrgenmode none up
    here_on ip link set far addrgenmode none up
    { wait_until 10 is_up enp1s0 && wait_until 10 is_up far; } || give_up "the underlay link does not come up"
    here_on ip address add 192.168.50.233/24 dev enp1s0
    here_on ip address add 2001:db8:50::1/64 dev enp1s0
    here_on ip address add fe80::1/64 dev enp1s0
    here_on ip address add fe80::2/64 dev far
}

# start NETWORK OUTPUT COMMAND...: beside us; its process, and no shell around it, is $started.
start() {
    local where
    where=$(network_of "$1")
    : >"$2" # now, so that nobody takes what an earlier one said for an answer
    exec_in "$where" "${@:3}" >"$2" 2>&1 </dev/null &
    started=$!
}

exec_in() { # FILE COMMAND...
    exec nsenter --net="$1" -- "${@:2}"
}

here_on() {
    on "$language" "$@"
}

is_up() { # LINK
    here_on ip link show dev "$1" | grep -q 'state UP'
}
