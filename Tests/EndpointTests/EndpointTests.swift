import Glibc
import TestNetwork
import Testing
import VTEP

/// The endpoint as its users have it.
@Suite(.inNamespaces)
struct EndpointTests {
    /// Two hosts, on each of which somebody who speaks QEMU's framing has a socket, and our endpoint in between.
    @Test func socketsInQEMUFramingAreJoinedAcrossHosts() throws {
        let hosts = try Hosts()
        let peers = try hosts.ends.map { end in
            var sockets: [Int32] = [0, 0]
            #expect(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0)
            try end.addPort(.adoptedStream(sockets[0]), to: hosts.vni)
            return sockets[1]
        }
        defer { for peer in peers { close(peer) } }
        for (from, to) in [(0, 1), (1, 0)] {
            for length in [60, 1400] {
                let frame: [UInt8] =
                    [2, 0, 0, 0, 0, UInt8(1 + to), 2, 0, 0, 0, 0, UInt8(1 + from), 0x88, 0xB5]
                    + [UInt8](repeating: UInt8(length & 0xFF), count: length - 14)
                let framed: [UInt8] = [0, 0, UInt8(length >> 8), UInt8(length & 0xFF)] + frame
                #expect(unsafe write(peers[from], framed, framed.count) == framed.count)
                #expect(try bytes(framed.count, from: peers[to]) == framed)
            }
        }
    }

    /// A remote that is taken away may not send any more, and gets nothing; one that is added does, while traffic goes on.
    @Test func remotesAreReloadedWhileItRuns() throws {
        let hosts = try Hosts()
        let ports = try hosts.ends.map { end in
            let port = try InProcessPort()
            try end.addPort(.inProcess(port), to: hosts.vni)
            return port
        }
        let frame: [UInt8] =
            [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 0x88, 0xB5] + [UInt8](repeating: 7, count: 46)
        func passes() -> Bool {
            _ = unsafe frame.withUnsafeBytes { unsafe ports[0].send($0) }
            return eventually(within: 1) {
                unsafe ports[1].receive { _ in }
            } until: {
                $0
            }
        }
        #expect(passes())
        try hosts.ends[1].setDefaultRemotes([], of: hosts.vni)
        #expect(!passes())
        #expect(try hosts.ends[1].statistics[.dropUnknownRemote] == 1)
        try hosts.ends[1].addPeer(hosts.addresses[0])
        #expect(passes())
    }

    @Test func itStopsPromptly() throws {
        let hosts = try Hosts()
        let begun = ContinuousClock.now
        for end in hosts.ends { end.stop() }
        #expect(ContinuousClock.now - begun < .milliseconds(500))
        #expect(hosts.ends[0].step() == false)
    }

    @Test func itsOwnAddressIsNoRemote() throws {
        let hosts = try Hosts()
        let error = #expect(throws: VTEPError.self) {
            try hosts.ends[0].addDefaultRemote(hosts.addresses[0], to: hosts.vni)
        }
        #expect(error?.kind == .invalidArgument)
    }

    /// A storm of broadcasts passes at the rate that the port may send at, and no faster.
    @Test func stormsAreLimited() throws {
        let hosts = try Hosts()
        let port = try InProcessPort()
        var options = EndpointPortOptions()
        options.floodLimit = 100
        try hosts.ends[0].addPort(.inProcess(port), to: hosts.vni, options)
        let frame: [UInt8] =
            [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 0x88, 0xB5] + [UInt8](repeating: 7, count: 46)
        for _ in 0..<5000 { _ = unsafe frame.withUnsafeBytes { unsafe port.send($0) } }
        let statistics = try eventually {
            try hosts.ends[0].statistics
        } until: {
            $0[.framesFromPorts] >= 5000
        }
        #expect(statistics[.dropFloodLimit] > 4000)
        #expect((100..<1000).contains(statistics[.floodedFrames]))
    }

    private func bytes(_ count: Int, from socket: Int32) throws -> [UInt8] {
        var received: [UInt8] = []
        while received.count < count {
            var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&polled, 1, 3000) == 1 else { throw Failure("only \(received.count) bytes came") }
            var chunk = [UInt8](repeating: 0, count: count - received.count)
            let got = unsafe read(socket, &chunk, chunk.count)
            guard got > 0 else { throw Failure("the socket ended") }
            received += chunk[..<got]
        }
        return received
    }
}

/// Two hosts with a wire between them and a running endpoint on each, VNI 120.
private struct Hosts {
    let namespaces: [TestNamespace]
    let ends: [Endpoint]
    let addresses: [IPAddress]
    let vni: VNI

    init() throws {
        namespaces = [try TestNamespace(), try TestNamespace()]
        addresses = [try IPAddress(parsing: "192.168.50.233"), try IPAddress(parsing: "192.168.50.29")]
        vni = try VNI(120)
        var wire = VethConfiguration(name: "u0", peerName: "u0")
        wire.peerNamespace = namespaces[1].namespace
        wire.up = true
        try namespaces[0].host().createVeth(wire)
        var ends: [Endpoint] = []
        for side in 0...1 {
            try namespaces[side].host().addAddress(IPPrefix(parsing: "\(addresses[side])/24"), to: "u0")
            var underlay = UnderlayOptions()
            underlay.localAddress = addresses[side]
            var configuration = EndpointConfiguration(underlays: [underlay])
            configuration.networkNamespace = namespaces[side].namespace
            let endpoint = try Endpoint(configuration)
            try endpoint.addVNI(vni)
            try endpoint.addDefaultRemote(addresses[1 - side], to: vni)
            try endpoint.start()
            ends.append(endpoint)
        }
        self.ends = ends
    }
}
