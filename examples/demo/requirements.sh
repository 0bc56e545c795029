# shellcheck shell=bash
# What the demo needs from the machine, and how to get it. Everything is checked before anything is made.

DEMO_PACKAGES="util-linux mount ethtool iproute2 iputils-ping tshark wireshark-common busybox-static curl"
DOCKER_PACKAGES="docker.io nginx libc-bin tar"
EXAMPLE_PROGRAMS="point-to-point multicast docker-cross-host"

packages_needed() { # CONTAINERS
    if [[ $1 == docker ]]; then
        printf '%s %s\n' "$DEMO_PACKAGES" "$DOCKER_PACKAGES"
    else
        printf '%s\n' "$DEMO_PACKAGES"
    fi
}

commands_needed() { # CONTAINERS
    printf '%s\n' unshare nsenter setpriv setsid mount ip ping dumpcap tshark busybox curl
    [[ $1 == docker ]] && printf '%s\n' dockerd docker containerd runc iptables nginx ldd tar
    return 0
}

check_requirements() { # CONTAINERS EXAMPLES CAPTURE_FILE
    check_root "$1" && check_commands "$1" && check_examples "$2" && check_capture_file "$3" && check_namespaces
}

complain() {
    printf 'demo: %s\n' "$@" >&2
    return 1
}

check_root() { # CONTAINERS
    [[ $1 == docker ]] || return 0
    local first mapped_to count
    read -r first mapped_to count </proc/self/uid_map
    # Only the machine's own user namespace maps every uid to itself.
    [[ "$EUID $first $mapped_to $count" == "0 0 0 4294967295" ]] || complain \
        "two Docker Engines need root of the machine itself; this is uid $EUID, or a user namespace." \
        "Run it with sudo, or run \"make demo\" without DOCKER=1: its containers are namespaces and need no root."
}

check_commands() {
    local command missing=()
    for command in $(commands_needed "$1"); do
        type -P "$command" >/dev/null || missing+=("$command")
    done
    ((${#missing[@]} == 0)) || complain "not installed here: ${missing[*]}" \
        "Install with: apt-get install -y --no-install-recommends $(packages_needed "$1")" \
        "(Installed but not allowed to you? dumpcap can be restricted to the group wireshark.)" || return
    # Not grep -q: it would close the pipe early, and busybox would then fail.
    busybox --list | grep -x httpd >/dev/null || complain "this busybox has no httpd." \
        "Install with: apt-get install -y busybox-static"
}

check_examples() {
    local program
    for program in $EXAMPLE_PROGRAMS; do
        [[ -x $1/$program ]] || complain "no example program $1/$program." \
            "Build the examples with \"make demo\", or name their directory with --examples DIR." || return
    done
}

check_capture_file() {
    local directory
    directory=$(dirname "$1")
    if [[ -e $1 ]]; then
        [[ -f $1 && -w $1 ]] && return
    else
        [[ -d $directory && -w $directory ]] && return
    fi
    complain "the capture cannot be written to $1." "Name another file in VTEP_DEMO_PCAP."
}

# What isolation.sh will use. Without root a user namespace gives the right to make the others.
namespace_options() {
    printf '%s\n' --net --mount --pid --ipc --fork --mount-proc --kill-child
    ((EUID == 0)) || printf '%s\n' --user --map-root-user
}

check_namespaces() {
    local options why
    mapfile -t options < <(namespace_options)
    why=$(unshare "${options[@]}" -- mount -t tmpfs demo /run 2>&1) || complain \
        "private namespaces cannot be made here: ${why:-unshare failed}" \
        "$(namespace_remedy)"
}

namespace_remedy() {
    if ((EUID == 0)); then
        echo "root without CAP_SYS_ADMIN (a container?): give it --privileged, or run this on the machine itself."
    else
        echo "Unprivileged user namespaces are off: run it with sudo, or see the sysctls user.max_user_namespaces," \
            "kernel.unprivileged_userns_clone and kernel.apparmor_restrict_unprivileged_userns."
    fi
}
