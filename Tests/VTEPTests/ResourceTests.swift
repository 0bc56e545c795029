import Glibc
import TestNetwork
import Testing
import VTEP

/// Nothing grows. Each test runs in a process of its own, where nobody else opens descriptors or takes memory.
@Suite(.inNamespaces)
struct ResourceTests {
    @Test func connectionsComeAndGo() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespaces = try (0..<5).map { _ in try TestNamespace() }
            func connect(times: Int) throws {
                for number in 0..<times {
                    let host = try namespaces[number % namespaces.count].host()
                    #expect(try host.links().map(\.name) == ["lo"])
                }
            }
            try connect(times: 50)  // what is made once is made by now
            let (descriptors, allocated) = (ThisProcess.openDescriptors(), ThisProcess.allocatedBytes)
            try connect(times: 500)
            #expect(ThisProcess.openDescriptors() == descriptors)
            let grown = ThisProcess.allocatedBytes - allocated
            #expect(grown < 64 << 10, "500 connections: \(grown) bytes more")
        }
    }

    /// 10,000 connections into foreign namespaces, hosts and monitors in turn, from four threads at once.
    @Test func tenThousandOpenings() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespaces = try (0..<4).map { _ in try TestNamespace() }
            func open(timesEach times: Int) throws {
                let results = ThisProcess.onNewThreads(namespaces.count) { number in
                    Result { () throws(VTEPError) in
                        for round in 0..<times {
                            if round % 10 == 0 {
                                try Monitor(.links, in: namespaces[number].namespace).close()
                            } else {
                                try Host(in: namespaces[number].namespace).close()
                            }
                        }
                    }
                }
                for result in results { try result.get() }
            }
            try open(timesEach: 20)
            let (descriptors, allocated) = (ThisProcess.openDescriptors(), ThisProcess.allocatedBytes)
            try open(timesEach: 2500)
            #expect(ThisProcess.openDescriptors() == descriptors)
            let grown = ThisProcess.allocatedBytes - allocated
            #expect(grown < 64 << 10, "10,000 openings: \(grown) bytes more")
        }
    }

    /// A failed opening leaves nothing open either.
    @Test func failedConnectionsLeaveNothing() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            func fail(times: Int) {
                for _ in 0..<times {
                    #expect(throws: VTEPError.self) { try Host(in: .path("/tmp")).close() }
                    #expect(throws: VTEPError.self) { try Host(in: .path("/nowhere")).close() }
                    #expect(throws: VTEPError.self) { try Host(in: .process(.max)).close() }
                }
            }
            fail(times: 50)
            let (descriptors, allocated) = (ThisProcess.openDescriptors(), ThisProcess.allocatedBytes)
            fail(times: 500)
            #expect(ThisProcess.openDescriptors() == descriptors)
            let grown = ThisProcess.allocatedBytes - allocated
            #expect(grown < 64 << 10, "1500 failures: \(grown) bytes more")
        }
    }

    /// 5,000 cycles: each makes and deletes a VXLAN device, an address, a route, a neighbour and an FDB entry, and runs
    /// into an error. Twenty threads share them, because the kernel takes 20 ms to delete a device, most of it waiting.
    @Test func cyclesLeaveNothing() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespaces = try (0..<20).map { _ in try TestNamespace() }
            for namespace in namespaces {
                try namespace.host().createVeth(VethConfiguration(name: "u0", peerName: "u1"))
            }
            func cycle(timesEach times: Int) throws {
                let results = ThisProcess.onNewThreads(namespaces.count) { number in
                    Result { try ResourceTests.cycle(times, in: namespaces[number]) }
                }
                for result in results { try result.get() }
            }
            try cycle(timesEach: 10)
            let (descriptors, allocated) = (ThisProcess.openDescriptors(), ThisProcess.allocatedBytes)
            try cycle(timesEach: 5000 / namespaces.count)
            #expect(ThisProcess.openDescriptors() == descriptors)
            let grown = ThisProcess.allocatedBytes - allocated
            #expect(grown < 64 << 10, "5000 cycles: \(grown) bytes more")
            for namespace in namespaces {
                #expect(try namespace.host().links().map(\.name) == ["lo", "u1", "u0"])
            }
        }
    }

    private static func cycle(_ times: Int, in namespace: TestNamespace) throws {
        let host = try namespace.host()
        try host.setLink("u1", up: true)
        try host.setLink("u0", up: true)
        for _ in 0..<times { try cycle(host) }
    }

    private static func cycle(_ host: borrowing Host) throws {
        let link = try host.createVXLAN(
            VXLANConfiguration(name: "vxlan0", vni: VNI(120), destination: .remote(ip("192.168.50.29"))))
        try host.addAddress(prefix("10.16.0.2/24"), to: "u0")
        let route = try Route(to: prefix("10.2.0.0/16"), via: ip("10.16.0.1"))
        try host.addRoute(route)
        let neighbour = try Neighbour(
            address: ip("10.16.0.1"), macAddress: mac("02:00:00:00:00:01"), linkIndex: host.link(named: "u0").index)
        try host.addNeighbour(neighbour)
        try host.addFDB(
            FDBEntry(macAddress: mac("02:00:00:00:00:01"), destination: ip("192.168.50.30"), linkIndex: link.index))
        #expect(throws: VTEPError.self) { try host.createBridge(BridgeConfiguration(name: "u1")) }
        try host.deleteNeighbour(neighbour)
        try host.deleteRoute(route)
        try host.deleteAddress(prefix("10.16.0.2/24"), from: "u0")
        try host.deleteVXLAN("vxlan0", vni: VNI(120))
    }

    @Test func descriptorsCloseOnExec() async {
        await #expect(processExitsWith: .success) {
            ThisProcess.diesWithItsParent()
            let namespace = try TestNamespace()
            let before = Set(ThisProcess.openDescriptors())
            let host = try namespace.host()
            let own = try Host()
            let opened = Set(ThisProcess.openDescriptors()).subtracting(before)
            #expect(opened.count == 2)
            for descriptor in opened { #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0) }
            #expect(try host.links().count + own.links().count >= 2)
        }
    }

    /// A descriptor handed in stays the caller's.
    @Test func theCallersDescriptorStaysOpen() throws {
        let namespace = try TestNamespace()
        for _ in 0..<3 { try namespace.host().close() }
        #expect(fcntl(namespace.descriptor, F_GETFD) >= 0)
    }

    /// Connections of different threads know nothing of one another.
    @Test func twentyThreadsWithTwentyConnections() throws {
        let shared = try TestNamespace()
        let made = ThisProcess.onNewThreads(20) { number in
            Result { try ResourceTests.busyThread(number, shared) }
        }
        let names = try made.map { try $0.get() }
        #expect(Set(names).count == 20)
        #expect(try Set(shared.host().links(kind: .bridge).map(\.name)) == Set(names))
    }

    /// Half of its work in a namespace of its own, half in one that everybody changes at the same time.
    private static func busyThread(_ number: Int, _ shared: TestNamespace) throws -> String {
        let own = try TestNamespace()
        let host = try own.host()
        let together = try shared.host()
        for round in 0..<10 {
            let name = "br\(number)x\(round)"
            try host.createBridge(BridgeConfiguration(name: name))
            #expect(try host.links().map(\.name).contains(name))
            try together.createBridge(BridgeConfiguration(name: name))
            #expect(try together.link(named: name).name == name)
            // Others change the table while it is listed: the list is whole, nevertheless.
            #expect(try together.links().contains { $0.name == name })
            if round < 9 { try together.deleteBridge(name) }
        }
        #expect(try host.links().count == 11)
        return "br\(number)x9"
    }
}
