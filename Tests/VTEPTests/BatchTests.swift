import TestNetwork
import Testing
import VTEP

/// Many changes in few system calls.
@Suite(.inNamespaces)
struct BatchTests {
    private static func overlay(on host: borrowing Host) throws -> UInt32 {
        try host.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(120))).index
    }

    private static func entry(_ number: Int, on link: UInt32) -> FDBEntry {
        let mac = MACAddress(2, 0, 0, UInt8(number >> 16), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF))
        return FDBEntry(
            macAddress: mac, destination: .v4(IPv4Address(rawValue: 0x0A00_0001 + UInt32(number % 100))),
            linkIndex: link)
    }

    /// More than one send, a last one that is not full, and what `bridge` then counts.
    @Test(.using("bridge")) func thousandsOfEntries() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let link = try BatchTests.overlay(on: host)
        let entries = (0..<5003).map { BatchTests.entry($0, on: link) }
        #expect(try host.apply(entries.map { Change.writeFDB($0, .append) }) == [])
        let read = try host.fdb(of: "vxlan0")
        #expect(Set(read) == Set(entries))
        let shown = try Tool(["bridge", "fdb", "show", "dev", "vxlan0"], in: namespace).finish().text
        #expect(shown.split(separator: "\n").count == 5003)
        #expect(try host.apply(entries.map { Change.deleteFDB($0) }) == [])
        #expect(try host.fdb(of: "vxlan0") == [])
    }

    /// Every change is attempted, failures carry their place and the kernel's words, the rest happens.
    @Test func failuresAreNamedByPlace() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let link = try BatchTests.overlay(on: host)
        var changes: [Change] = (0..<200).map { .writeFDB(BatchTests.entry($0, on: link), .add) }
        changes[63] = changes[0]  // the last of a send, and the acknowledged one
        changes[64] = changes[0]
        changes[100] = .deleteFDB(BatchTests.entry(9999, on: link))
        changes[150] = .writeRoute(Route(to: try IPPrefix(parsing: "10.0.0.0/8")), .add)  // refused before it is sent
        changes[199] = .writeFDB(BatchTests.entry(1, on: 4_000_000_000), .add)
        let failures = try host.apply(changes)
        #expect(failures.map(\.index) == [63, 64, 100, 150, 199])
        #expect(failures.map(\.error.kind) == [.exists, .exists, .notFound, .invalidArgument, .notFound])
        #expect(failures[0].error.systemErrno == 17)
        #expect(failures[0].error.subject == "02:00:00:00:00:00")
        #expect(failures[3].error.systemErrno == nil)
        #expect(failures[4].error.systemErrno == 19)
        #expect(try host.fdb(of: "vxlan0").count == 195)
        #expect(try host.links().count == 2, "the connection goes on as before")
    }

    @Test func kindsMayBeMixed() throws {
        let namespace = try TestNamespace()
        let host = try namespace.host()
        let link = try BatchTests.overlay(on: host)
        try host.setLink("vxlan0", up: true)
        let address = try IPPrefix(parsing: "10.16.0.2/24")
        let neighbour = Neighbour(
            address: try IPAddress(parsing: "10.16.0.3"), macAddress: MACAddress(2, 0, 0, 0, 0, 3), linkIndex: link)
        let route = Route(to: try IPPrefix(parsing: "10.99.0.0/16"), via: neighbour.address)
        let made: [Change] = [
            .writeAddress(InterfaceAddress(address, linkIndex: link), .add), .writeNeighbour(neighbour, .add),
            .writeRoute(route, .add),
            .writeRoute(route, .replace),
        ]
        #expect(try host.apply(made) == [])
        #expect(try host.addresses(of: "vxlan0").contains { $0.prefix == address })
        #expect(try host.neighbours(of: "vxlan0").contains(neighbour))
        #expect(try host.routes().filter { $0.destination == route.destination }.map(\.gateway) == [route.gateway])
        let undone: [Change] = [
            .deleteRoute(route), .deleteNeighbour(neighbour),
            .deleteAddress(InterfaceAddress(address, linkIndex: link)),
        ]
        #expect(try host.apply(undone) == [])
        #expect(try !host.addresses(of: "vxlan0").contains { $0.prefix == address })
        #expect(try !host.neighbours(of: "vxlan0").contains(neighbour))
        #expect(try !host.routes().contains { $0.destination == route.destination })
    }

    @Test func nothingToDo() throws {
        let host = try TestNamespace().host()
        #expect(try host.apply([]) == [])
    }
}
