import Foundation
import Synchronization
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// Starting, stepping, stopping, and taking ports out under traffic.
struct RunningTests {
    @Test(arguments: [1, 4])
    func stopsAtOnce(workers: Int) throws {
        let pump = try RunningPump(workers: workers)
        usleep(20_000)
        let start = ContinuousClock.now
        #expect(pump.stop())
        #expect(ContinuousClock.now - start < .milliseconds(500))
        #expect(pump.pump.isStopped)
        #expect(!pump.pump.step(timeout: 0))
        pump.pump.run()  // returns
    }

    /// Its queue has one reader: as a port of two workers it would be read by both at once.
    @Test func anInProcessPortIsOnePortOnly() throws {
        var engine = try Engine(Engine.Configuration(seed: (1, 2)))
        try engine.addVNI(.test)
        let pump = try Pump(engine, underlays: [], workers: 2)
        let port = try InProcessPort()
        #expect(throws: VTEPError.self) { try pump.add(.inProcess(port), to: .max) }  // no such VNI: it stays free
        let number = try pump.add(.inProcess(port), to: .test)
        let error = #expect(throws: VTEPError.self) { try pump.add(.inProcess(port), to: .test) }
        #expect(error?.kind == .busy)
        try pump.remove(number)
        _ = try pump.add(.inProcess(port), to: .test)
    }

    @Test func aDescriptorEndsARun() throws {
        let pump = try Pump(Engine(Engine.Configuration(seed: (1, 2))), underlays: [])
        var pipe: [Int32] = [0, 0]
        try #require(unsafe Foundation.pipe(&pipe) == 0)
        let (reader, writer) = (pipe[0], pipe[1])
        defer {
            close(reader)
            close(writer)
        }
        let ended = DispatchSemaphore(value: 0)
        Thread {
            pump.run(until: reader)
            ended.signal()
        }.start()
        #expect(ended.wait(timeout: .now() + 0.1) == .timedOut)
        var byte: UInt8 = 1
        unsafe write(writer, &byte, 1)
        #expect(ended.wait(timeout: .now() + 2) == .success)
        // The pump itself goes on: here, in an event loop.
        #expect(!pump.isStopped && pump.step(timeout: 0))
    }

    /// An event loop of the program's: it waits for one descriptor and calls step.
    @Test func anEventLoopDrivesIt() throws {
        var engine = try Engine(Engine.Configuration(seed: (1, 2)))
        try engine.addVNI(.test)
        let pump = try Pump(engine, underlays: [])
        let ports = [try InProcessPort(), try InProcessPort()]
        for port in ports { _ = try pump.add(.inProcess(port), to: .test) }
        let descriptor = try #require(pump.descriptor(of: 0))
        #expect(pump.descriptor(of: 1) == nil)
        #expect(pump.step(timeout: 0))
        for number in 0..<10 {
            let sent = broadcast(from: 1, number: number)
            #expect(ports[0].take(sent))
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            #expect(unsafe poll(&event, 1, 2000) == 1)
            #expect(pump.step(timeout: 0))
            #expect(ports[1].next(within: 0) == sent)
        }
    }

    /// Whoever looks for more before it sleeps forwards as others do, wakes as they do, and ends at once.
    @Test func busyPollingChangesNothingElse() throws {
        let pump = try RunningPump(busyPoll: 300)
        let ports = [try InProcessPort(), try InProcessPort()]
        for port in ports { try pump.add(.inProcess(port)) }
        for pause: UInt32 in [0, 100, 5000] {
            for number in 0..<50 {
                let sent = broadcast(from: 1, number: number)
                #expect(ports[0].take(sent))
                #expect(ports[1].next() == sent)
                usleep(pause)
            }
        }
        #expect(pump.stop())
        let error = #expect(throws: VTEPError.self) {
            _ = try Pump(Engine(Engine.Configuration(seed: (1, 2))), underlays: [], busyPoll: 10_001)
        }
        #expect(error?.kind == .invalidArgument)
    }

    @Test func withoutWorkersOrWithTooManyItIsRefused() throws {
        for count in [0, 65] {
            let error = #expect(throws: VTEPError.self) {
                _ = try Pump(Engine(Engine.Configuration(seed: (1, 2))), underlays: [], workers: count)
            }
            #expect(error?.kind == .invalidArgument)
        }
    }

    /// Ports come and go while frames fly; two workers use them.
    @Test func portsComeAndGoUnderTraffic() throws {
        let pump = try RunningPump(workers: 2)
        let steady = [try InProcessPort(), try InProcessPort()]
        for port in steady { try pump.add(.inProcess(port)) }
        let sender = steady[0]
        let flags = SharedFlags()
        let ended = DispatchSemaphore(value: 0)
        Thread {
            while !flags.isDone.load(ordering: .relaxed) {
                if sender.take(broadcast(from: 1, number: flags.sent.load(ordering: .relaxed))) {
                    flags.sent.wrappingAdd(1, ordering: .relaxed)
                }
            }
            ended.signal()
        }.start()
        for _ in 0..<200 {
            let id = try pump.add(.inProcess(InProcessPort()))
            usleep(500)
            try pump.pump.remove(id)
            #expect(throws: VTEPError.self) { try pump.pump.remove(id) }
        }
        flags.isDone.store(true, ordering: .relaxed)
        ended.wait()
        #expect(flags.sent.load(ordering: .relaxed) > 100)
        #expect(pump.stop())
    }

    @Test func descriptorsCloseWithThePump() throws {
        // Other tests open and close descriptors meanwhile, so the numbers in use are only nearly the same.
        func once() throws {
            let path = SocketPath()
            let pump = try RunningPump(workers: 2)
            try pump.add(.inProcess(InProcessPort()))
            try pump.add(.stream(StreamPort(UnixSocketOptions(path: path.path))))
            let peer = try UnixPeer(connectedTo: path.path)
            peer.write(framed(broadcast(from: 1)))
            usleep(1000)
            #expect(pump.stop())
        }
        try once()
        let highest = dup(2)
        close(highest)
        for _ in 0..<100 { try once() }
        // A hundred times eleven descriptors would be far beyond.
        let now = dup(2)
        close(now)
        #expect(now < highest + 300)
    }
}

/// What two threads of a test share.
final class SharedFlags: Sendable {
    let isDone = Atomic<Bool>(false)
    let sent = Atomic<Int>(0)
}
