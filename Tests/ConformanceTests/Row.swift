import TestNetwork
import Testing

/// A row of the checklist: a situation that a VTEP gets into, and what it is to do there.
struct Row: Sendable, CustomTestStringConvertible {
    let number: Int
    let title: String
    let cases: [Case]

    init(_ number: Int, _ title: String, _ cases: [Case]) {
        (self.number, self.title, self.cases) = (number, title, cases)
    }

    var testDescription: String { "\(number) \(title)" }

    static let all = [receiving, underneath, learning, sending, headers, services].flatMap { $0 }
        .sorted { $0.number < $1.number }
}

/// One observation in that situation, and what is to be observed.
struct Case: Sendable {
    /// What distinguishes it within its row.
    let name: String
    var settings: Settings
    let observe: @Sendable (Trial) throws -> String
    /// `nil` where it does not describe that VTEP.
    var kernel: String?
    var ours: String?
    /// Why the kernel's side is not to be tried on this machine.
    var kernelLack: KernelLack?

    /// - Parameter expected: of the kernel, and of ours unless it says otherwise.
    init(
        _ name: String = "", _ expected: String, ours: String? = nil, _ change: (inout Settings) -> Void = { _ in },
        observe: @escaping @Sendable (Trial) throws -> String
    ) {
        (self.name, self.observe) = (name, observe)
        (kernel, self.ours) = (expected, ours ?? expected)
        var settings = Settings()
        change(&settings)
        self.settings = settings
    }

    func unless(_ lack: KernelLack?) -> Case {
        var copy = self
        copy.kernelLack = lack
        return copy
    }

    func only(kernel: Bool) -> Case {
        var copy = self
        if kernel { copy.ours = nil } else { copy.kernel = nil }
        return copy
    }
}
