# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# Counting, in place of the demo's report, and comparing texts.

ok() {
    passed=$((passed + 1))
}

failed() { # TEXT [DETAILS]
    broken=$((broken + 1))
    printf 'FAILED  %s\n' "$1"
    [[ -z ${2:-} ]] || sed 's/^/    | /' <<<"$2"
    return 1
}

# The demo's steps are not announced here.
step() {
    :
}

# check WHAT COMMAND...: the command succeeds.
check() {
    local what=$1
    shift
    if said=$("$@" 2>&1); then
        ok
    else
        failed "$what" "$said"
    fi
}

same() { # WHAT TEXT WANTED
    local difference
    if difference=$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3")); then
        ok
    else
        failed "$1" "$difference"
    fi
}

holds() { # WHAT TEXT WANTED: the text has it as a part
    if [[ $2 == *"$3"* ]]; then
        ok
    else
        failed "$1: \"$3\" is missing" "$2"
    fi
}
