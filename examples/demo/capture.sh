# shellcheck shell=bash
# The capture of the underlay, taken on host A with dumpcap and read back with tshark. Not tcpdump: it changes its user
# when it is started as root, and in a user namespace there is no other user to become.

# Not just "icmp": a host that has no vxlan0 yet answers with an ICMP error, which quotes the VXLAN packet.
echoes="vxlan.vni == 120 && icmp.type in {0, 8}"

start_capture() {
    # The shell opens the file: dumpcap has given up the right to by then.
    on A dumpcap -i enp1s0 -P -w - -f "host ${underlay[B]}" >"$work/vxlan.pcap" 2>"$work/dumpcap.err" &
    capture_process=$!
    wait_until 20 capturing_or_ended
    capturing || failed "dumpcap captures on enp1s0 of host A" "$(cat "$work/dumpcap.err")"
}

capturing() {
    grep -q '^File:' "$work/dumpcap.err"
}

capturing_or_ended() {
    capturing || ! kill -0 "$capture_process"
}

# The two pings sent 12 frames of 1500 bytes; dumpcap hands them over a moment later.
await_captured_pings() {
    capturing && wait_until 5 capture_is_longer_than 18000
}

stop_capture() {
    kill -TERM "$capture_process" 2>/dev/null
    wait "$capture_process"
    cat "$work/vxlan.pcap" >"$capture_file" || failed "the capture is written to $capture_file"
}

capture_is_longer_than() { # BYTES
    (($(stat -c %s "$work/vxlan.pcap") > $1))
}

decoded() {
    # With occurrence=a, a field found in the outer and in the inner header comes out as "outer,inner".
    tshark -r "$1" -Y "$echoes" -T fields -E separator=' ' -E occurrence=a \
        -e frame.number -e ip.src -e ip.dst -e udp.dstport -e vxlan.vni -e icmp.type -e icmp.seq 2>"$work/tshark.err" |
        awk '{
            split($2, from, ","); split($3, to, ","); split($7, sequence, ",")
            printf "frame %-3s outer %s > %s  UDP %s  VNI %s  inner %s > %s  ICMP echo %s seq %s\n",
                $1, from[1], to[1], $4, $5, from[2], to[2], ($6 == 8 ? "request" : "reply"), sequence[1]
        }'
}

check_capture() {
    local lines
    step "the underlay, captured on enp1s0 of host A and decoded: tshark -r $capture_file -Y '$echoes'"
    lines=$(decoded "$capture_file")
    [[ -z $lines ]] || head -n 6 <<<"$lines" | indented
    check_decoded "$lines" request "${underlay[A]} > ${underlay[B]}" "${overlay[A]} > ${overlay[B]}" &&
        check_decoded "$lines" reply "${underlay[B]} > ${underlay[A]}" "${overlay[B]} > ${overlay[A]}"
}

check_decoded() { # LINES KIND OUTER INNER
    local count frames="frames $3, UDP 4789, VNI 120, with ICMP echo $2 $4 inside"
    count=$(grep -c "outer $3  UDP 4789  VNI 120  inner $4  ICMP echo $2" <<<"$1")
    if ((count > 0)); then
        ok "$capture_file holds $count $frames"
    else
        failed "$capture_file holds $frames" "$(cat "$work/tshark.err")"
    fi
}
