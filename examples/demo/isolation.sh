# shellcheck shell=bash
# Runs the demo where nothing it makes can outlive it.
#
# The demo is process 1 of a private PID namespace. When that process ends, by itself or killed, the kernel kills every
# process left in there, and with the last of them go the network namespaces, the mounts and the files (tmpfs on /run).
# Three links make that happen however the demo dies: a signal trap here, a parent-death signal from here to unshare,
# and --kill-child from unshare to process 1. Only cgroups outlive their processes; remove-cgroups stands by for them.

isolated() { # CONTAINERS COMMAND...
    local containers=$1 options status
    shift
    mapfile -t options < <(namespace_options)
    if [[ $containers == docker ]]; then
        export VTEP_DEMO_CGROUP="vtep-demo-$$"
        exec {cgroups_in_use}> >(exec setsid "$demo_directory/remove-cgroups" "$VTEP_DEMO_CGROUP")
        remover=$!
    fi

    trap 'interrupted 129' HUP
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM
    # In a session of its own the demo doesn't see Ctrl-C: this process does, and ends it as a whole.
    # The inner shell checks that this process still lives, should it have died before the death signal was asked for.
    # shellcheck disable=SC2016 # expanded by that shell
    setsid setpriv --pdeathsig KILL -- bash -c '[[ $PPID == "$1" ]] || exit 137; shift; exec "$@"' bash "$$" \
        unshare "${options[@]}" -- "$@" </dev/null &
    unshare_process=$!
    wait "$unshare_process"
    status=$?
    trap - HUP INT TERM
    finish_cgroups || status=1
    return "$status"
}

interrupted() { # STATUS
    trap '' HUP INT TERM
    local first_process=""
    # read fails even when it succeeds: that file ends without a newline.
    read -r first_process _ 2>/dev/null <"/proc/$unshare_process/task/$unshare_process/children"
    kill -KILL "$unshare_process" 2>/dev/null
    wait "$unshare_process" 2>/dev/null
    [[ -z $first_process ]] || wait_for_end "$first_process"
    finish_cgroups
    printf 'demo: interrupted; all that it made is removed\n' >&2
    exit "$1"
}

# Process 1 of a PID namespace ends only after every other process in it has been reaped.
wait_for_end() { # PID
    local tries state
    for ((tries = 0; tries < 100; tries++)); do
        state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null)
        [[ -n $state && $state != Z ]] || return 0
        sleep 0.1
    done
    printf 'demo: process %s does not end\n' "$1" >&2
}

finish_cgroups() {
    [[ -n ${remover:-} ]] || return 0
    exec {cgroups_in_use}>&-
    wait "$remover"
}
