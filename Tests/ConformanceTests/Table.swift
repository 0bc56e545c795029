import Foundation
import Synchronization

/// The table for people, as a file: `make conformance` prints it. Rows are tried side by side and come in any order.
enum Table {
    static let path = ".build/conformance.txt"

    private static let lines = Mutex<[Line]>([])

    private struct Line {
        let row: Int
        let number: Int
        let text: String
    }

    static func add(_ row: Row, _ number: Int, kernel: Verdict?, ours: Verdict?) {
        let line = Line(row: row.number, number: number, text: text(row, row.cases[number], kernel, ours))
        lines.withLock { lines in
            lines.append(line)
            lines.sort { ($0.row, $0.number) < ($1.row, $1.number) }
            let text = (["row | case | expected | kernel | ours | verdict"] + lines.map(\.text)).joined(separator: "\n")
            try? FileManager.default.createDirectory(atPath: ".build", withIntermediateDirectories: true)
            try? Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    private static func text(_ row: Row, _ trial: Case, _ kernel: Verdict?, _ ours: Verdict?) -> String {
        let fine = kernel?.isRight ?? true && ours?.isRight ?? true
        let title = trial.name.isEmpty ? row.title : "\(row.title) [\(trial.name)]"
        let columns = [
            "\(row.number)", title, trial.expectation, kernel?.observed ?? trial.kernelLack?.reason ?? "-",
            ours?.observed ?? "-",
            fine ? "ok" : "WRONG",
        ]
        return columns.joined(separator: " | ")
    }
}

extension Case {
    /// One text where both are expected to do the same.
    fileprivate var expectation: String {
        if kernel == ours { return kernel ?? "" }
        let parts = [kernel.map { "kernel: \($0)" }, ours.map { "ours: \($0)" }]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }
}

/// What a VTEP did, and whether that was expected of it.
struct Verdict: Sendable {
    let observed: String
    let isRight: Bool
}
