internal import CTestNetwork
package import Foundation
internal import Glibc

/// A program that runs inside a network namespace. It is killed when this process ends, or after its timeout.
@safe package final class Tool {
    package struct Outcome: Sendable {
        /// -1 where a signal ended it.
        package let status: Int32
        package let output: Data
        package let errors: String
        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    private let process: OpaquePointer
    private let command: [String]
    private var finished = false

    package init(_ command: [String], in namespace: TestNamespace? = nil) throws {
        self.command = command
        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var started: OpaquePointer?
        let error = withExtendedLifetime(namespace) {
            unsafe tn_start(namespace?.descriptor ?? -1, &arguments, &started)
        }
        guard error == 0, let started = unsafe started else {
            throw Failure("cannot start \(command[0]): errno \(0 &- error)")
        }
        unsafe process = started
    }

    deinit { if !finished { _ = finish(timeout: 0) } }

    package var id: Int32 { unsafe tn_pid(process) }

    /// Hands the program its input, and waits until it has ended. To be called once.
    package func finish(input: Data = Data(), timeout seconds: Double = 30) -> Outcome {
        finished = true
        var (output, errors): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (nil, nil)
        var (outputLength, errorsLength) = (0, 0)
        let status = unsafe input.withUnsafeBytes { bytes in
            unsafe tn_finish(
                process, bytes.baseAddress, bytes.count, Int32(seconds * 1000), &output, &outputLength, &errors,
                &errorsLength)
        }
        defer {
            unsafe free(output)
            unsafe free(errors)
        }
        return unsafe Outcome(
            status: status & 0x7F == 0 ? status >> 8 & 0xFF : -1,
            output: Data(bytes: output, count: outputLength),
            errors: String(decoding: UnsafeRawBufferPointer(start: errors, count: errorsLength), as: UTF8.self))
    }

    package static func isInstalled(_ program: String) -> Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin"
        return path.split(separator: ":").contains { unsafe access("\($0)/\(program)", X_OK) == 0 }
    }
}

extension Data {
    fileprivate init(bytes: UnsafeMutablePointer<CChar>?, count: Int) {
        if let bytes = unsafe bytes {
            unsafe self.init(bytes: UnsafeRawPointer(bytes), count: count)
        } else {
            self.init()
        }
    }
}

extension TestNamespace {
    /// Runs a program here and hands back how it ended.
    package func outcome(of command: [String], input: String = "", timeout: Double = 30) throws -> Tool.Outcome {
        try Tool(command, in: self).finish(input: Data(input.utf8), timeout: timeout)
    }

    /// Runs a program here; it must succeed. The words are separated by single spaces.
    @discardableResult
    package func run(_ command: String, input: String = "") throws -> String {
        let outcome = try outcome(of: command.split(separator: " ").map(String.init), input: input)
        guard outcome.status == 0 else {
            throw Failure("\(command): status \(outcome.status): \(outcome.errors)\(outcome.text)")
        }
        return outcome.text
    }

    /// Runs one command of `ip` for each line, with one process.
    package func ip(_ commands: String) throws {
        try run("ip -batch -", input: commands)
    }

    /// What `ip -j` or `bridge -j` prints.
    package func json(_ command: String) throws -> JSON {
        try JSON(parsing: run(command))
    }
}
