# Sourced by mk/test: did the tests leave anything on the machine? Every process they start carries a mark in its
# environment; named network namespaces, links, cgroups and temporary files are compared with what was there before.

export VTEP_TEST_RUN="$$-$RANDOM$RANDOM"
before=

surroundings() {
    {
        find /run/netns -mindepth 1 -maxdepth 1 -printf 'network namespace %f\n'
        find /sys/class/net -mindepth 1 -maxdepth 1 -printf 'link %f\n'
        find /sys/fs/cgroup -maxdepth 3 -type d -name 'vtep*' -printf 'cgroup %p\n'
        find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'vtep*' -printf 'file %p\n'
    } 2>/dev/null || true # something may go away under find's feet
}

remember_surroundings() {
    before=$(surroundings)
}

# The list of processes is made before the loop starts any of its own.
marked_processes() {
    local environment pid
    for environment in /proc/[0-9]*/environ; do
        grep -qzxF "VTEP_TEST_RUN=$VTEP_TEST_RUN" "$environment" 2>/dev/null || continue
        pid=${environment//[^0-9]/}
        ps -o pid=,args= -p "$pid" || true
    done
}

# Prints what stayed behind. On a machine that others use too a new namespace or file may well be theirs: only CI,
# which has the machine to itself, counts those as a failure.
no_leftovers() {
    local processes new status=0
    sleep 1 # daemons that were told to stop get a moment
    processes=$(marked_processes)
    new=$(comm -13 <(sort <<<"$before") <(surroundings | sort))
    if [[ -n $processes ]]; then
        printf 'still running:\n%s\n' "$processes"
        status=1
    fi
    if [[ -n $new ]]; then
        printf 'new since the tests began:\n%s\n' "$new"
        [[ ${CI:-} != true ]] || status=1
    fi
    return "$status"
}
