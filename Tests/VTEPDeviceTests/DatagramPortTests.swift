import Foundation
import TestNetwork
import Testing
import VTEPDevice
import VTEPEngine
import VTEPWire

/// Unix datagram sockets: one frame each.
struct DatagramPortTests {
    @Test func framesPassBothWays() throws {
        let (ours, theirs) = (SocketPath(), SocketPath())
        let pump = try RunningPump()
        try pump.add(.datagram(DatagramPort(path: ours.path, peer: theirs.path)))
        let other = try InProcessPort()
        try pump.add(.inProcess(other))
        let peer = try UnixPeer.datagram(at: theirs.path)
        for length in [14, 60, 1514, 65_549] {
            let frame = broadcast(from: 1, length: length)
            #expect(other.take(frame))
            #expect(peer.read()?.elementsEqual(frame) == true, "\(length) bytes")
        }
        let sender = try UnixPeer.connectedDatagram(to: ours.path)
        sender.write(frame(from: 2, to: 1))
        #expect(other.next() == frame(from: 2, to: 1))
    }

    /// The peer need not be there yet, and may go.
    @Test func aMissingPeerCostsItsFramesOnly() throws {
        let (ours, theirs) = (SocketPath(), SocketPath())
        let pump = try RunningPump()
        let id = try pump.add(.datagram(DatagramPort(path: ours.path, peer: theirs.path)))
        let other = try InProcessPort()
        try pump.add(.inProcess(other))
        let frame = broadcast(from: 1)
        #expect(other.take(frame))
        #expect(
            eventually {
                pump.statistics(of: id).refused
            } until: {
                $0 == 1
            } == 1)
        let peer = try UnixPeer.datagram(at: theirs.path)
        #expect(other.take(frame))
        #expect(peer.read()?.elementsEqual(frame) == true)
    }

    @Test func anotherKindOfSocketIsRefused() throws {
        var pair: [Int32] = [0, 0]
        try #require(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        defer { close(pair[1]) }
        let stream = pair[0]
        #expect(throws: VTEPError.self) { _ = try DatagramPort(adopting: stream) }
    }
}
