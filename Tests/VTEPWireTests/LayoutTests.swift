import Testing
import VTEPWire

/// Comparing and hashing must not allocate. What is plain bits without a reference has nothing to allocate, retain or
/// release; this holds it to that, so a stored `String` or array would fail here. (Counting real `malloc` calls needs
/// an interposed allocator, which is the benchmarks' part.)
struct LayoutTests {
    @Test func `values are plain bits of the expected size`() {
        expectPlainBits(MACAddress.self, size: 8)
        expectPlainBits(IPv4Address.self, size: 4)
        expectPlainBits(IPv6Address.self, size: 16)
        expectPlainBits(IPAddress.self, size: 17)
        expectPlainBits(IPPrefix.self, size: 18)
        expectPlainBits(VNI.self, size: 4)
    }

    /// An IPPrefix around a stored UInt128 crashed here when built without optimisation (Swift 6.3.1).
    @Test func `equal values hash equally, through the protocols`() throws {
        try expectOneHash(MACAddress.broadcast, MACAddress(parsing: "FF-FF-FF-FF-FF-FF"))
        try expectOneHash(IPv4Address.loopback, IPv4Address(parsing: "127.0.0.1"))
        try expectOneHash(IPv6Address.loopback, IPv6Address(parsing: "0::1"))
        try expectOneHash(IPAddress.v4(.loopback), IPAddress(parsing: "127.0.0.1"))
        try expectOneHash(IPAddress.v6(.loopback), IPAddress(parsing: "0::1"))
        try expectOneHash(IPPrefix(address: .v4(.loopback), length: 8), IPPrefix(parsing: "127.0.0.1/8"))
        try expectOneHash(IPPrefix(address: .v6(.loopback), length: 128), IPPrefix(parsing: "0::1"))
        try expectOneHash(VNI(120), VNI(parsing: "120"))
    }

    @Test func `values are dictionary keys`() throws {
        let texts = ["10.16.0.2/24", "10.16.0.2/25", "2001:db8::1/64", "2001:db8::2/64"]
        var prefixes: [IPPrefix: String] = [:]
        for text in texts { prefixes[try IPPrefix(parsing: text)] = text }
        #expect(prefixes.count == texts.count)
        #expect(prefixes.allSatisfy { $0.key.description == $0.value })
    }

    private func expectOneHash<Value: Hashable>(_ left: Value, _ right: Value) {
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(Set([left, right]).count == 1)
    }

    private func expectPlainBits<Value: Hashable>(_ type: Value.Type, size: Int) {
        #expect(_isPOD(type), "\(type) holds a reference")
        #expect(MemoryLayout<Value>.size == size, "\(type)")
    }
}
