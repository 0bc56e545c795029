internal import CTestNetwork
internal import Glibc

/// What the tests ask about the process they run in.
package enum ThisProcess {
    /// The network namespace the calling thread is in.
    package static func threadNamespace() -> UInt64 {
        var status = stat()
        return unsafe stat("/proc/thread-self/ns/net", &status) == 0 ? UInt64(status.st_ino) : 0
    }

    /// For a test that runs in a process of its own: it must not outlive a killed test run.
    package static func diesWithItsParent() { precondition(tn_die_with_parent() == 0) }

    package static func openDescriptors() -> [Int32] {
        guard let directory = unsafe opendir("/proc/self/fd") else { return [] }
        defer { unsafe closedir(directory) }
        let own = unsafe dirfd(directory)
        var descriptors: [Int32] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) { unsafe String(cString: $0) }
            if let number = Int32(name), number != own { descriptors.append(number) }
        }
        return descriptors.sorted()
    }

    package static var threadCount: Int {
        guard let directory = unsafe opendir("/proc/self/task") else { return 0 }
        defer { unsafe closedir(directory) }
        var count = -2  // . and ..
        while unsafe readdir(directory) != nil { count += 1 }
        return count
    }

    /// The most bytes of memory that this process had at once while `body` ran, beyond what it had before.
    package static func peakGrowth(_ body: () throws -> Void) rethrows -> Int {
        // Resets VmHWM; what getrusage tells is inherited through fork and exec.
        if let file = unsafe fopen("/proc/self/clear_refs", "w") {
            unsafe fputs("5", file)
            unsafe fclose(file)
        }
        let before = status("VmHWM:")
        try body()
        return (status("VmHWM:") - before) << 10
    }

    private static func status(_ name: String) -> Int {
        guard let file = unsafe fopen("/proc/self/status", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while unsafe fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let words = text.split { $0 == "\t" || $0 == " " || $0 == "\n" }
            if words.count > 1, words[0] == name { return Int(words[1]) ?? 0 }
        }
        return 0
    }

    /// Bytes of memory that the process has at the moment.
    package static var residentBytes: Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard unsafe fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let numbers = line.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
        let pages = numbers.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Bytes that `malloc` has handed out.
    package static var allocatedBytes: Int { Int(tn_allocated_bytes()) }

    package static let adminCapability: Int32 = 12  // CAP_NET_ADMIN
    package static let systemCapability: Int32 = 21  // CAP_SYS_ADMIN

    /// Runs `body` on a thread of its own, without these capabilities. Nobody else loses them.
    package static func without<Result: Sendable>(
        capabilities: [Int32], _ body: @escaping @Sendable () -> Result
    ) -> Result {
        onNewThread {
            let mask = capabilities.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
            precondition(tn_drop_capabilities(mask) == 0)
            return body()
        }
    }

    /// Runs `body` on a thread of its own.
    package static func onNewThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
        onNewThreads(1) { _ in body() }[0]
    }

    /// Runs `body` on that many threads at once, and waits for all of them.
    package static func onNewThreads<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let works = (0..<count).map { number in Work { body(number) } }
        let threads = works.map(start)
        for thread in threads { pthread_join(thread, nil) }
        return works.compactMap(\.result)
    }

    private static func start(_ work: AnyWork) -> pthread_t {
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(work).toOpaque()
        let status = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    unsafe Unmanaged<AnyWork>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            }, context)
        precondition(status == 0)
        return thread
    }
}

private class AnyWork {
    func run() {}
}

private final class Work<Result>: AnyWork {
    private let body: () -> Result
    private(set) var result: Result?
    init(_ body: @escaping () -> Result) { self.body = body }
    override func run() { result = body() }
}
