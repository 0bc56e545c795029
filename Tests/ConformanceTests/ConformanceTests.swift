import Glibc
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
            let kernel = verdict(trial, trial.kernelLack == nil ? trial.kernel : nil, on: underlay) {
                try KernelSubject(trial.settings, on: underlay)
            }
            let ours = verdict(trial, trial.ours, on: underlay) {
                try EndpointSubject(trial.settings, on: underlay)
            }
            Table.add(row, number, kernel: kernel, ours: ours)
            if let ours { #expect(ours.isRight, "ours, \(trial.name): \(ours.observed)") }
            if let kernel { #expect(kernel.isRight, "the kernel, \(trial.name): \(kernel.observed)") }
        }
    }

    @Test func theListIsWhole() {
        #expect(Row.all.map(\.number) == Array(1...50))
    }

    /// Skipped, with the reason, where rows 3 to 5 are tried on ours alone.
    @Test(.enabled(if: KernelLack.reservedBits == nil, Comment(rawValue: KernelLack.reservedBits?.reason ?? "")))
    func theKernelIsTriedInEveryRow() {
        #expect(Row.all.flatMap(\.cases).allSatisfy { $0.kernelLack == nil })
    }

    private func verdict(
        _ trial: Case, _ expected: String?, on underlay: Underlay, _ make: () throws -> any Subject
    ) -> Verdict? {
        guard let expected else { return nil }
        let subject: any Subject
        do {
            subject = try Conformance.made(make)
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

    /// A test beside this one may be starting a program, whose process has copies of all descriptors until it has become
    /// that program: the last VTEP's UDP port is free a moment later then.
    private static func made(_ make: () throws -> any Subject) throws -> any Subject {
        for _ in 0..<50 {
            do { return try make() } catch  where "\(error)".contains("Address already in use") { usleep(20_000) }
        }
        return try make()
    }

    // Making one takes longer than most cases, so that they go from row to row.
    private static let free = Mutex<[Underlay]>([])

    private static func takeUnderlay() throws -> Underlay {
        try free.withLock { $0.popLast() } ?? Underlay()
    }

    private static func giveBack(_ underlay: Underlay) { free.withLock { $0.append(underlay) } }
}
