# shellcheck shell=bash
# shellcheck disable=SC2154 # the variables shared with inside.sh
# What a program prints and how it ends, kept under a name, so that languages can be compared.

# record NAME PROGRAM ARGUMENT...: the output is in $output and $complaint, the status in $status.
record() {
    record_with here_on "$@"
}

# record_with WRAPPER NAME PROGRAM ARGUMENT...: WRAPPER is a command, of one word, that runs what follows it.
record_with() {
    local wrapper=$1 name=$2 program=$3
    shift 3
    status=0
    "$wrapper" env -i PATH="${program_path:-$PATH}" "$built/$language/$program" "$@" \
        >"$work/out" 2>"$work/err" </dev/null || status=$?
    output=$(<"$work/out")
    complaint=$(<"$work/err")
    {
        printf '$ %s' "$program"
        printf ' %q' "$@"
        printf '\n'
        cat "$work/out"
        printf -- '-- complaint:\n'
        cat "$work/err"
        printf -- '-- status %d\n' "$status"
    } | momentary | normalised >"$records/$language/$name"
}

# What the kernel makes up: MAC addresses (those given here begin with 02:42), and what follows from them; and whether
# it is still looking for duplicates of an address, and how long one is to live.
normalised() {
    sed -E -e 's/\b(00:00:00:00:00:00|ff:ff:ff:ff:ff:ff|02:42(:[0-9a-f]{2}){4}|33:33(:[0-9a-f]{2}){4}|01:00:5e(:[0-9a-f]{2}){3})\b/<\1>/g' \
        -e 's/(^|[^<:0-9a-f])([0-9a-f]{2}:){5}[0-9a-f]{2}\b/\1MAC/g' -e 's/<([0-9a-f:]{17})>/\1/g' \
        -e 's/\b([0-9a-f]{4})\.[0-9a-f]{12}\b/\1.MAC/g' -e 's/fe80::[0-9a-f]+:[0-9a-f:]+/fe80::MAC/g' \
        -e 's,/proc/[0-9]+/,/proc/PID/,g'
}

momentary() {
    sed -E 's/ tentative\b//; s/_lft [0-9]+sec/_lft Nsec/g'
}

# Every language against the first: each step word for word.
compare_languages() {
    local reference=${languages[0]} language name difference
    for language in "${languages[@]:1}"; do
        for name in $(find "$records/$reference" "$records/$language" -type f -printf '%f\n' | sort -u); do
            if difference=$(diff "$records/$reference/$name" "$records/$language/$name" 2>&1); then
                ok
            else
                failed "$language prints what $reference prints: $name ($(head -n 1 "$records/$reference/$name"))" \
                    "$difference"
            fi
        done
    done
}
