import TestNetwork
import Testing
import VTEP

/// A monitor as an asynchronous sequence.
@Suite(.inNamespaces, .using("ip"))
struct MonitorEventsTests {
    private static func events(
        _ namespace: TestNamespace, _ tables: WatchedTables, snapshot: Bool = false
    ) throws(VTEPError) -> MonitorEvents {
        try withExtendedLifetime(namespace) { () throws(VTEPError) in
            try Monitor(tables, in: namespace.namespace, snapshot: snapshot).events()
        }
    }

    @Test func eventsComeInOrder() async throws {
        let namespace = try TestNamespace()
        let events = try MonitorEventsTests.events(namespace, .links, snapshot: true)
        var names: [String] = []
        var made = false
        for try await event in events {
            switch event {
            case .synchronised:
                try namespace.ip((0..<600).map { "link add b\($0) type bridge" }.joined(separator: "\n"))
                made = true
            case .link(.added(let link)): names.append(link.name)
            default: break
            }
            if names.count == 601 { break }
        }
        #expect(made)
        #expect(names == ["lo"] + (0..<600).map { "b\($0)" })
    }

    /// A task that waits for what never comes ends when it is cancelled, and the thread with it.
    @Test(.timeLimit(.minutes(1))) func cancellationEndsIt() async throws {
        let namespace = try TestNamespace()
        let events = try MonitorEventsTests.events(namespace, .links)
        let task = Task {
            var count = 0
            for try await _ in events { count += 1 }
            return count
        }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        #expect(try await task.value == 0)
        var again = events.makeAsyncIterator()
        #expect(try await again.next() == nil, "it has ended for good")
    }

    /// Threads and descriptors go with the sequence.
    @Test func nothingIsLeft() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespace = try TestNamespace()
            func watch() async throws {
                let events = try MonitorEventsTests.events(namespace, .all, snapshot: true)
                for try await event in events { if case .synchronised = event { break } }
            }
            try await watch()
            try await Task.sleep(for: .milliseconds(100))
            let (descriptors, threads) = (ThisProcess.openDescriptors(), ThisProcess.threadCount)
            for _ in 0..<50 { try await watch() }
            // The tasks' own threads come and go: one more of them at this moment is none of the 50 that watched. Those
            // close what they had when they end, which may be a while after the last event.
            let most = threads + 10
            for _ in 0..<50 where ThisProcess.threadCount > most || ThisProcess.openDescriptors() != descriptors {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(ThisProcess.openDescriptors() == descriptors)
            #expect(ThisProcess.threadCount <= most)
        }
    }
}
