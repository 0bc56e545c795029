import Synchronization
import TestNetwork
import Testing

/// The checklist of what a VTEP does with any packet: RFC 7348's and RFC 6040's rules and the kernel's habits, each with
/// the same packets to the kernel's VXLAN device and to ours beside it.
@Suite(.inNamespaces, .using("bridge"))
struct Conformance {
    @Test(arguments: Row.all)
    func row(_ row: Row) throws {
        let underlay = try Conformance.takeUnderlay()
        defer { Conformance.giveBack(underlay) }
        for (number, trial) in row.cases.enumerated() {
            let kernel = verdict(trial, trial.kernel, on: underlay) {
                try KernelSubject(trial.settings, on: underlay)
            }
            Table.add(row, number, kernel: kernel, ours: nil)
            if let kernel { #expect(kernel.isRight, "the kernel, \(trial.name): \(kernel.observed)") }
        }
    }

    @Test func theListIsWhole() {
        #expect(Row.all.map(\.number) == Array(1...50))
    }

    private func verdict(
        _ trial: Case, _ expected: String?, on underlay: Underlay, _ make: () throws -> any Subject
    ) -> Verdict? {
        guard let expected else { return nil }
        let subject: any Subject
        do {
            subject = try make()
        } catch {
            return Verdict(observed: expected == "refused" ? "refused" : "\(error)", isRight: expected == "refused")
        }
        defer { try? subject.close() }
        do {
            let observed = try trial.observe(Trial(trial.settings, subject, on: underlay))
            return Verdict(observed: observed, isRight: observed == expected)
        } catch {
            return Verdict(observed: "\(error)", isRight: false)
        }
    }

    // Making one takes longer than most cases, so that they go from row to row.
    private static let free = Mutex<[Underlay]>([])

    private static func takeUnderlay() throws -> Underlay {
        try free.withLock { $0.popLast() } ?? Underlay()
    }

    private static func giveBack(_ underlay: Underlay) { free.withLock { $0.append(underlay) } }
}
