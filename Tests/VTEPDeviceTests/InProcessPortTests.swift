import Foundation
import Synchronization
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine

/// Ports whose other side is the program, switched among each other by one engine.
struct InProcessPortTests {
    @Test(arguments: [1, 2])
    func framesReachTheRightPort(workers: Int) throws {
        let pump = try RunningPump(workers: workers)
        let ports = try (0..<3).map { _ in try InProcessPort() }
        for port in ports { try pump.add(.inProcess(port)) }
        // What is not known yet goes to all others.
        #expect(ports[0].take(frame(from: 1, to: 2, number: 1)))
        #expect(ports[1].next() == frame(from: 1, to: 2, number: 1))
        #expect(ports[2].next() == frame(from: 1, to: 2, number: 1))
        // What is known goes there alone.
        #expect(ports[1].take(frame(from: 2, to: 1, number: 2)))
        #expect(ports[0].next() == frame(from: 2, to: 1, number: 2))
        #expect(ports[2].next(within: 100) == nil)
        #expect(ports[1].next(within: 100) == nil)
    }

    @Test func theOrderIsKept() throws {
        let pump = try RunningPump()
        let ports = try (0..<2).map { _ in try InProcessPort(queueBytes: 8 << 20) }
        for port in ports { try pump.add(.inProcess(port)) }
        let count = 20_000
        for number in 0..<count { while !ports[0].take(broadcast(from: 1, number: number)) { usleep(100) } }
        for number in 0..<count {
            let got = ports[1].next()
            guard got == broadcast(from: 1, number: number) else {
                Issue.record("frame \(number): \(got?.count ?? -1) bytes, \(pump.counter(.framesToPorts)) delivered")
                return
            }
        }
    }

    @Test func aFullQueueRefuses() throws {
        let port = try InProcessPort()
        var accepted = 0
        while accepted < 100_000, port.take(frame(from: 1, to: 2, length: 1500)) { accepted += 1 }
        #expect(accepted > 500 && accepted < 1000)
        #expect(!port.take([UInt8](repeating: 0, count: 70_000)))
    }

    /// A program that does not take its frames loses them; nobody else does.
    @Test func aProgramThatDoesNotReadHarmsNobody() throws {
        let pump = try RunningPump()
        let (sender, lazy, reader) = (try InProcessPort(), try InProcessPort(), try InProcessPort())
        try pump.add(.inProcess(sender))
        let lazyID = try pump.add(.inProcess(lazy))
        try pump.add(.inProcess(reader))
        for number in 0..<3000 {
            #expect(sender.take(broadcast(from: 1, number: number, length: 1500)))
            guard reader.next() == broadcast(from: 1, number: number, length: 1500) else {
                Issue.record("frame \(number) is missing")
                return
            }
        }
        #expect(pump.statistics(of: lazyID).congested > 0)
    }

    @Test func aCallbackIsGivenTheFrames() throws {
        let got = Mutex<[[UInt8]]>([])
        let pump = try RunningPump()
        let sender = try InProcessPort()
        let receiver = try unsafe InProcessPort { bytes in
            let frame = unsafe Array(bytes)
            got.withLock { $0.append(frame) }
        }
        try pump.add(.inProcess(sender))
        try pump.add(.inProcess(receiver))
        for number in 0..<5 { #expect(sender.take(broadcast(from: 1, number: number))) }
        let frames = eventually {
            got.withLock { $0 }
        } until: {
            $0.count == 5
        }
        #expect(frames == (0..<5).map { broadcast(from: 1, number: $0) })
    }

    @Test func theDescriptorTellsOfFrames() throws {
        let pump = try RunningPump()
        let ports = try (0..<2).map { _ in try InProcessPort() }
        for port in ports { try pump.add(.inProcess(port)) }
        var event = pollfd(fd: ports[1].descriptor, events: Int16(POLLIN), revents: 0)
        #expect(unsafe poll(&event, 1, 0) == 0)
        #expect(ports[0].take(broadcast(from: 1)))
        #expect(unsafe poll(&event, 1, 2000) == 1)
        #expect(ports[1].next() != nil)
        #expect(ports[1].next(within: 0) == nil)
        #expect(unsafe poll(&event, 1, 0) == 0)
    }
}
