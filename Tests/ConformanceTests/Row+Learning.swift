import TestNetwork

extension Row {
    static let learning = [
        Row(
            29, "a learnt MAC appears behind another VTEP: moves",
            [
                Case("", "192.168.50.29 then 192.168.50.30, reported") { trial in
                    let station = "02:00:00:00:00:03"
                    _ = try trial.fate(of: inner())
                    let first = try trial.place(of: station)
                    let watch = try trial.subject.watch()
                    _ = try trial.fate(with: inner()) { $0.source = Underlay.others[0] }
                    let second = try trial.place(of: station)
                    let reported = try watch.reports().contains {
                        $0.contains(station) && $0.contains(Underlay.others[0])
                    }
                    return "\(first) then \(second), \(reported ? "reported" : "not reported")"
                }
            ]),
        Row(
            30, "a static MAC from the wrong VTEP",
            [
                Case("learning on", "dropped, stays", ours: "dropped static_elsewhere, stays") {
                    try $0.misplacedStatic()
                },
                Case(
                    "learning off", "delivered, stays", { $0.learning = false }
                ) {
                    try $0.misplacedStatic()
                },
            ]),
        Row(
            31, "FDB full: deliver, do not learn",
            [
                // The kernel counts the default remote, and the trial's own entry, too.
                Case("", "3 delivered, 1 learnt", { $0.limit = 3 }) { trial in
                    var delivered = 0
                    for number in 1...3
                    where try trial.fate(of: inner(from: "02:00:00:00:01:0\(number)")) == "delivered" {
                        delivered += 1
                    }
                    let learnt = try trial.subject.entries().filter { $0.hasPrefix("02:00:00:00:01") }
                    return "\(delivered) delivered, \(learnt.count) learnt"
                }
            ]),
        Row(
            32, "idle beyond the ageing: learnt goes and is reported, static stays",
            [
                Case("ageing 1 s", "learnt gone, reported; static there", { $0.ageing = 1 }) { trial in
                    try trial.subject.add(Entry(mac: "02:00:00:00:00:04"))
                    _ = try trial.fate(of: inner())
                    guard try trial.place(of: "02:00:00:00:00:03") == Underlay.peer else { return "not learnt at all" }
                    let watch = try trial.subject.watch()
                    // The kernel looks every ten seconds.
                    let gone = try eventually(within: 14) {
                        try trial.place(of: "02:00:00:00:00:03")
                    } until: {
                        $0 == "nowhere"
                    }
                    let reported = try watch.reports().contains { $0.contains("02:00:00:00:00:03") }
                    let remains = try trial.place(of: "02:00:00:00:00:04") != "nowhere"
                    return "learnt \(gone == "nowhere" ? "gone" : "still there"), \(reported ? "" : "not ")reported;"
                        + " static \(remains ? "there" : "gone")"
                }
            ]),
    ]
}

extension Trial {
    func place(of mac: String) throws -> String {
        guard let words = try entry(mac)?.split(separator: " "), words.count > 1 else { return "nowhere" }
        return String(words[1])
    }

    fileprivate func misplacedStatic() throws -> String {
        try subject.add(Entry(mac: "02:00:00:00:00:03"))
        let fate = try fate(with: inner()) { $0.source = Underlay.others[0] }
        let place = try place(of: "02:00:00:00:00:03")
        return "\(fate), \(place == Underlay.peer ? "stays" : "moves to \(place)")"
    }
}
