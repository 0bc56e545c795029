import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// What the underlay does where the kernel cannot send what it is given.
@Suite(.inNamespaces)
struct SendingTests {
    /// A pump on the first host of a wire, stepped by the test, and the port whose frames it forwards.
    private struct Sender {
        let underlay: Underlay
        let pump: Pump
        let port: InProcessPort

        init(
            _ wire: Wire, remotes: [String], _ change: (inout Engine.Configuration) -> Void = { _ in },
            options: (inout UnderlayOptions) -> Void = { _ in }
        ) throws {
            var configuration = Engine.Configuration(seed: (1, 2))
            change(&configuration)
            var engine = try Engine(configuration)
            try engine.addVNI(.test)
            for remote in remotes { try engine.addDefaultRemote(IPAddress(parsing: remote), to: .test) }
            underlay = try wire.hosts[0].underlay(wire.options(side: 0, options))
            pump = try Pump(engine, underlays: [underlay])
            port = try InProcessPort()
            _ = try pump.add(.inProcess(port), to: .test)
        }

        /// Broadcasts frames, all of one batch.
        func send(_ frames: [[UInt8]]) {
            for frame in frames { #expect(port.take(frame)) }
            #expect(pump.step(timeout: 0))
        }
    }

    /// The frames that arrive on the other host, in order.
    private final class Receiver {
        private let pump: RunningPump
        private let port: InProcessPort

        init(_ wire: Wire) throws {
            let underlay = try wire.hosts[1].underlay(wire.options(side: 1))
            pump = try RunningPump([underlay], remotes: [wire.addresses[0]])
            port = try InProcessPort()
            try pump.add(.inProcess(port))
        }

        func take(_ count: Int) -> [[UInt8]] {
            var frames: [[UInt8]] = []
            while frames.count < count, let frame = port.next() { frames.append(frame) }
            return frames
        }
    }

    private func burst(_ count: Int) -> [[UInt8]] { (0..<count).map { broadcast(from: 1, number: $0) } }

    /// EINVAL: Linux splits a run into 128 datagrams at most, 64 before 6.9.
    @Test(arguments: [IPAddress.Family.v4, .v6])
    func aRunThatIsTooLongIsSentOneByOne(family: IPAddress.Family) throws {
        let wire = try Wire(family)
        let receiver = try Receiver(wire)
        let sender = try Sender(wire, remotes: [wire.addresses[1]]) { $0.maximumSegments = 200 }
        let frames = burst(150)
        sender.send(frames)
        #expect(receiver.take(150) == frames)
        let statistics = sender.underlay.statistics
        #expect(statistics.segmentationFailures == 1)
        #expect(statistics.messagesSent == 150 && statistics.refused == 0)
        // Shorter ones go on as runs.
        #expect(sender.underlay.segments)
        sender.send(burst(100))
        #expect(sender.underlay.statistics.messagesSent == 151)
        #expect(receiver.take(100) == burst(100))
    }

    /// EIO: IPsec is one of the ways on which Linux does not split runs. All datagrams arrive, and it is not tried again.
    @Test(.enabled(if: Wire.hasIPsec, "needs IPsec (CONFIG_XFRM, ESP) in the kernel"))
    func aWayOnWhichNothingIsSplit() throws {
        let wire = try Wire(finishes: true)
        try wire.addIPsec()
        let receiver = try Receiver(wire)
        let sender = try Sender(wire, remotes: [wire.addresses[1]])
        #expect(sender.underlay.segments)
        let frames = burst(20)
        for _ in 0..<2 {
            sender.send(frames)
            #expect(receiver.take(20) == frames)
        }
        #expect(!sender.underlay.segments)
        #expect(sender.underlay.statistics.segmentationFailures == 1)
    }

    /// A flood to remotes without a route must not ask for the way there again and again.
    @Test(arguments: [false, true])
    func aRemoteWithoutRouteIsAskedForOnceInAWhile(isCaptured: Bool) throws {
        let wire = try Wire()
        let lost = (1...8).map { "203.0.113.\($0)" }
        let sender = try Sender(wire, remotes: [wire.addresses[1]] + lost) { _ in
        } options: {
            if isCaptured { $0.localAddress = nil }
        }
        if isCaptured { sender.pump.setCapture(FrameCapture()) }
        let start = ContinuousClock.now
        for number in 0..<50 { sender.send([broadcast(from: 1, number: number)]) }
        let asked = sender.underlay.lookUps
        // The capture asks for the local address, too.
        let each: UInt64 = isCaptured ? 2 : 1
        let seconds = UInt64((ContinuousClock.now - start) / .seconds(1)) + 2
        #expect(asked <= 9 * each * seconds, "of 50 transmissions to each of 9 remotes")
        #expect(sender.underlay.statistics.refused == 8 * 50)
        // A route that appears is found soon.
        try wire.hosts[0].ip("route add 203.0.113.0/24 dev u0 mtu 1234")
        let reached = eventually {
            sender.send([broadcast(from: 1, length: 1200)])
            return sender.pump.withEngine { $0.counter(.dropOversized) }
        } until: {
            $0 > 0
        }
        #expect(reached > 0)
    }
}

extension Wire {
    static let hasIPsec: Bool = {
        guard let wire = try? Wire() else { return false }
        return (try? wire.addIPsec()) != nil
    }()

    /// Transport mode both ways, without encryption.
    func addIPsec() throws {
        for side in 0...1 {
            let (own, other) = (addresses[side], addresses[1 - side])
            try hosts[side].ip(
                """
                xfrm state add src \(own) dst \(other) proto esp spi 0x1 mode transport enc ecb(cipher_null) ""
                xfrm state add src \(other) dst \(own) proto esp spi 0x1 mode transport enc ecb(cipher_null) ""
                xfrm policy add src \(own) dst \(other) dir out tmpl proto esp mode transport
                xfrm policy add src \(other) dst \(own) dir in tmpl proto esp mode transport
                """)
        }
    }
}
