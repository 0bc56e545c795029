import CReference
import Glibc

/// Nanoseconds per frame of both sides, measured in turns.
struct Measurement {
    var name: String
    var ours: [Double] = []
    var theirs: [Double] = []
    var note: String

    /// Which side to measure, for a profiler: "ours", "theirs", or both.
    nonisolated(unsafe) static var side = "both"

    /// Measures `rounds` times each side; each call returns its nanoseconds per frame.
    init(_ name: String, note: String, rounds: Int = 9, ours: @escaping () -> Double, theirs: @escaping () -> Double) {
        self.name = name
        self.note = note
        // Once without counting: tables and code come into the caches.
        let ours = Measurement.side == "theirs" ? { 0 } : ours
        let theirs = Measurement.side == "ours" ? { 0 } : theirs
        _ = ours()
        _ = theirs()
        for round in 0..<rounds {
            // Who is first takes turns, too.
            if round % 2 == 0 {
                self.ours.append(ours())
                self.theirs.append(theirs())
            } else {
                self.theirs.append(theirs())
                self.ours.append(ours())
            }
        }
    }

    /// Prints a line, and appends it to a file of JSON lines.
    func report(to path: String) {
        let ours = self.ours.sorted()
        let theirs = self.theirs.sorted()
        let value = ours[ours.count / 2]
        let peer = theirs[theirs.count / 2]
        let low = ours[ours.count / 4], high = ours[ours.count * 3 / 4]
        print(
            "\(name.padded(34))\(value.text) ns [\(low.text) .. \(high.text)]   C \(peer.text) ns   ratio \((peer / value).text)"
        )
        let line =
            "{\"name\":\"\(name)\",\"value\":\(value.text),\"unit\":\"ns\",\"peer\":\"straightforward C, gcc -O3\","
            + "\"peer_value\":\(peer.text),\"ratio\":\((peer / value).text),\"note\":\"\(note); \(ours.count) rounds; "
            + "quartiles \(low.text) and \(high.text)\"}\n"
        guard let file = fopen(path, "a") else {
            perror(path)
            exit(1)
        }
        fputs(line, file)
        fclose(file)
    }
}

extension Double {
    /// With two decimals.
    var text: String {
        guard isFinite else { return "0" }
        let hundredths = Int((self * 100).rounded())
        let rest = String(hundredths % 100)
        return "\(hundredths / 100)." + (rest.count < 2 ? "0" : "") + rest
    }
}

extension String {
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
