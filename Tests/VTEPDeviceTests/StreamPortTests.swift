import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// Unix stream sockets in QEMU's framing: peers that behave, that cut their frames anywhere, and that mean harm.
struct StreamPortTests {
    /// Two stream ports of one VNI, each with a peer.
    private func joined(_ first: SocketPath, _ second: SocketPath) throws -> (RunningPump, [PortID], [UnixPeer]) {
        let pump = try RunningPump()
        let ids = try [first, second].map { path in
            try pump.add(.stream(StreamPort(UnixSocketOptions(path: path.path))))
        }
        let peers = try [first, second].map { try UnixPeer(connectedTo: $0.path) }
        _ = eventually {
            ids.map { pump.statistics(of: $0).connections }
        } until: {
            $0 == [1, 1]
        }
        return (pump, ids, peers)
    }

    @Test func framesPassBothWays() throws {
        let paths = [SocketPath(), SocketPath()]
        let (pump, _, peers) = try joined(paths[0], paths[1])
        for length in [60, 1514, 9014, 65_549] {
            peers[0].write(framed(broadcast(from: 1, length: length)))
            #expect(peers[1].readFrame() == broadcast(from: 1, length: length))
            peers[1].write(framed(frame(from: 2, to: 1, length: length)))
            #expect(peers[0].readFrame() == frame(from: 2, to: 1, length: length))
        }
        #expect(pump.stop())
    }

    @Test func framesMayComeInAnyPieces() throws {
        let paths = [SocketPath(), SocketPath()]
        let (pump, _, peers) = try joined(paths[0], paths[1])
        let frames = (0..<40).map { broadcast(from: 1, number: $0, length: 60 + $0 * 37) }
        let bytes = frames.flatMap(framed)
        var position = 0
        for turn in 0... where position < bytes.count {
            let count = min([1, 2, 3, 61, 700, 5000][turn % 6], bytes.count - position)
            peers[0].write(Array(bytes[position..<position + count]))
            position += count
            if turn % 5 == 0 { usleep(500) }
            if position == bytes.count { break }
        }
        for frame in frames { #expect(peers[1].readFrame()?.elementsEqual(frame) == true) }
        #expect(pump.stop())
    }

    /// A peer that can't be let in yet waits, without keeping the worker busy, until there is a descriptor for it.
    @Test func peerWaitsForADescriptor() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let path = SocketPath()
            let pump = try RunningPump()
            let id = try pump.add(.stream(StreamPort(UnixSocketOptions(path: path.path))))
            // Room for one descriptor more, which will be the client's.
            let free = dup(0)
            close(free)
            var limit = rlimit()
            _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let before = limit.rlim_cur
            limit.rlim_cur = rlim_t(free + 1)
            _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let peer = try UnixPeer(connectedTo: path.path)
            #expect(peer.descriptor == free)
            let clockBefore = clock()
            usleep(500_000)
            #expect(clock() - clockBefore < 250_000, "microseconds of processor time: the worker is busy")
            #expect(pump.statistics(of: id).connections == 0)
            limit.rlim_cur = before
            _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let connections = eventually {
                pump.statistics(of: id).connections
            } until: {
                $0 == 1
            }
            #expect(connections == 1)
            #expect(pump.stop())
        }
    }

    /// Thousands at once are more than the worker takes in at once: none may be forgotten.
    @Test func manySmallFramesArrive() throws {
        let paths = [SocketPath(), SocketPath()]
        let (pump, ids, peers) = try joined(paths[0], paths[1])
        let count = 3000
        let bytes = (0..<count).flatMap { framed(broadcast(from: 1, number: $0)) }
        let sender = peers[0].descriptor
        Thread { UnixPeer.write(bytes, to: sender) }.start()
        for number in 0..<count {
            guard let got = peers[1].readFrame() else {
                Issue.record("frame \(number) is missing; \(pump.statistics(of: ids[1]))")
                return
            }
            #expect(got == broadcast(from: 1, number: number))
        }
    }

    @Test(arguments: [[0xFF, 0xFF, 0xFF, 0xFF], [0, 1, 0x00, 0x16], [0x7F, 0, 0, 0]] as [[UInt8]])
    func aPeerThatAnnouncesTooMuchIsDisconnected(length: [UInt8]) throws {
        let paths = [SocketPath(), SocketPath()]
        let (pump, ids, peers) = try joined(paths[0], paths[1])
        peers[0].write(framed(broadcast(from: 1)) + length + [UInt8](repeating: 1, count: 100))
        #expect(peers[1].readFrame() == broadcast(from: 1))
        #expect(peers[0].hasEnded())
        #expect(pump.statistics(of: ids[0]).violations == 1)
        // The next one is welcome.
        let next = try UnixPeer(connectedTo: paths[0].path)
        next.write(framed(broadcast(from: 3)))
        #expect(peers[1].readFrame() == broadcast(from: 3))
    }

    @Test func frameOfNothingAndOfLittleAreDropped() throws {
        let paths = [SocketPath(), SocketPath()]
        let (pump, _, peers) = try joined(paths[0], paths[1])
        peers[0].write(framed([]) + framed([1]) + framed([UInt8](repeating: 2, count: 13)) + framed(broadcast(from: 1)))
        #expect(peers[1].readFrame() == broadcast(from: 1))
        #expect(pump.counter(.dropFrameLength) == 3)
    }

    @Test func aServerTakesOnePeerAfterTheOther() throws {
        let paths = [SocketPath(), SocketPath()]
        let (pump, ids, peers) = try joined(paths[0], paths[1])
        var second: UnixPeer? = try UnixPeer(connectedTo: paths[0].path)  // waits
        second?.write(framed(broadcast(from: 3)))
        #expect(peers[1].readFrame(timeout: 100) == nil)
        peers[0].write(Array(framed(broadcast(from: 1))[..<20]))  // half a frame, which goes with it
        shutdown(peers[0].descriptor, Int32(SHUT_RDWR))
        #expect(peers[1].readFrame() == broadcast(from: 3))
        second = nil
        #expect(
            eventually {
                pump.statistics(of: ids[0]).connections
            } until: {
                $0 == 2
            } == 2)
    }

    @Test func aClientConnectsAgainAndAgain() throws {
        let path = SocketPath()
        let pump = try RunningPump()
        var options = UnixSocketOptions(path: path.path, role: .client)
        options.reconnectInterval = 20
        let id = try pump.add(.stream(StreamPort(options)))
        let other = try InProcessPort()
        try pump.add(.inProcess(other))
        usleep(50_000)  // nobody is there
        for round in 1...3 {
            let listener = try UnixPeer.listener(at: path.path)
            var event = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            try #require(unsafe poll(&event, 1, 2000) == 1)
            let peer = UnixPeer(owning: accept(listener, nil, nil))
            close(listener)
            unsafe unlink(path.path)
            // The worker must have noticed the connection, and the end of the one before.
            let connections = eventually {
                pump.statistics(of: id).connections
            } until: {
                $0 == UInt64(round)
            }
            #expect(connections == UInt64(round))
            let sent = broadcast(from: 1, number: round)
            #expect(other.take(sent))
            #expect(peer.readFrame() == sent)
        }
    }

    /// A peer that does not read loses frames, but never a part of one.
    @Test func aSlowPeerLosesWholeFrames() throws {
        let path = SocketPath()
        let pump = try RunningPump()
        var options = UnixSocketOptions(path: path.path)
        options.socketBuffer = 8192
        let id = try pump.add(.stream(StreamPort(options)))
        let other = try InProcessPort(queueBytes: 8 << 20)
        try pump.add(.inProcess(other))
        let peer = try UnixPeer(connectedTo: path.path)
        _ = eventually {
            pump.statistics(of: id).connections
        } until: {
            $0 == 1
        }
        for number in 0..<2000 {
            let sent = broadcast(from: 1, number: number, length: 1000 + number % 500)
            while !other.take(sent) { usleep(100) }
        }
        let congested = eventually {
            pump.statistics(of: id).congested
        } until: {
            $0 > 0
        }
        #expect(congested > 0)
        var last = -1
        var count = 0
        while let frame = peer.readFrame(timeout: 300) {
            let number = Int(frame[14]) << 8 | Int(frame[15])
            guard number > last, frame == broadcast(from: 1, number: number, length: 1000 + number % 500) else {
                Issue.record("after \(last): \(frame.count) bytes, number \(number)")
                return
            }
            (last, count) = (number, count + 1)
        }
        #expect(count > 0 && UInt64(count) + pump.statistics(of: id).congested == 2000)
        // It is heard again once it reads.
        let sent = broadcast(from: 1, number: 5000)
        #expect(other.take(sent))
        #expect(peer.readFrame() == sent)
    }

    // MARK: - Opening

    @Test func aSocketLeftBehindIsReplacedAndOneInUseIsNot() throws {
        let path = SocketPath()
        close(try UnixPeer.listener(at: path.path))  // its file stays
        let port = try StreamPort(UnixSocketOptions(path: path.path))
        let error = #expect(throws: VTEPError.self) { try StreamPort(UnixSocketOptions(path: path.path)) }
        #expect(error?.kind == .busy)
        withExtendedLifetime(port) {}
    }

    @Test func anotherKindOfFileIsLeftAlone() throws {
        let path = SocketPath()
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path.path))
        #expect(throws: VTEPError.self) { try StreamPort(UnixSocketOptions(path: path.path)) }
        #expect(try String(contentsOfFile: path.path, encoding: .utf8) == "mine")
    }

    @Test func ourSocketGoesWithThePort() throws {
        let path = SocketPath()
        do {
            let port = try StreamPort(UnixSocketOptions(path: path.path))
            #expect(unsafe access(path.path, F_OK) == 0)
            withExtendedLifetime(port) {}
        }
        #expect(unsafe access(path.path, F_OK) != 0)
    }

    @Test(arguments: ["", String(repeating: "x", count: 108), "a\0b"])
    func aPathThatCannotBeIsRefused(path: String) {
        let error = #expect(throws: VTEPError.self) { try StreamPort(UnixSocketOptions(path: path)) }
        #expect(error?.kind == .invalidArgument)
    }

    @Test func aDescriptorIsAdopted() throws {
        var pair: [Int32] = [0, 0]
        try #require(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        let pump = try RunningPump()
        try pump.add(.stream(StreamPort(adopting: pair[0])))
        let other = try InProcessPort()
        try pump.add(.inProcess(other))
        let peer = UnixPeer(owning: pair[1])
        let sent = broadcast(from: 1)
        #expect(other.take(sent))
        #expect(peer.readFrame() == sent)
        let error = #expect(throws: VTEPError.self) { try StreamPort(adopting: dup(2)) }
        #expect(error?.kind == .invalidArgument)
    }
}
