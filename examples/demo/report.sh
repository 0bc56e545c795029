# shellcheck shell=bash
# What the demo says: numbered set-ups and steps, what the examples print, and one line for each check.

set_ups=0
working=0
set_up_is_working=yes
steps=0

begin_set_up() { # TITLE
    set_ups=$((set_ups + 1))
    steps=0
    set_up_is_working=yes
    printf '\n== Set-up %d: %s\n' "$set_ups" "$1"
}

end_set_up() {
    if [[ $set_up_is_working == yes ]]; then
        working=$((working + 1))
        printf '== Set-up %d works\n' "$set_ups"
    else
        printf '== Set-up %d does NOT work\n' "$set_ups"
    fi
}

step() { # TEXT...
    steps=$((steps + 1))
    printf '%d.%d %s\n' "$set_ups" "$steps" "$*"
}

ok() { # TEXT...
    printf '    ok      %s\n' "$*"
}

failed() { # TEXT [DETAILS]
    set_up_is_working=no
    printf '    FAILED  %s\n' "$1"
    [[ -z ${2:-} ]] || indented <<<"$2"
    return 1
}

indented() {
    sed 's/^/    | /'
}

# The machine, not the library, is at fault: no set-up can be judged.
give_up() { # TEXT [DETAILS]
    printf 'demo: %s\n' "$1"
    [[ -z ${2:-} ]] || indented <<<"$2"
    exit 1
} >&2

wait_until() { # SECONDS COMMAND...
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}
