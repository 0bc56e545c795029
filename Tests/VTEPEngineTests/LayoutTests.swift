import Testing
import VTEPEngine

/// What the C interface and the system calls take as it lies in memory. Tests/c/engine.c holds the same of the header.
@Suite struct LayoutTests {
    @Test func sizesAreThoseOfTheHeader() {
        #expect(MemoryLayout<Offload>.size == 10)
        #expect(MemoryLayout<Frame>.stride == 32)
        #expect(MemoryLayout<Datagram>.stride == 40)
        #expect(MemoryLayout<Delivery>.stride == 40)
        #expect(MemoryLayout<Transmission>.stride == 48)
        #expect(MemoryLayout<Slice>.stride == 16)
    }

    @Test func fieldsAreWhereTheHeaderHasThem() {
        #expect(MemoryLayout<Frame>.offset(of: \.offload) == 16)
        #expect(MemoryLayout<Frame>.offset(of: \.policyBits) == 28)
        #expect(MemoryLayout<Datagram>.offset(of: \.source) == 16)
        #expect(MemoryLayout<Datagram>.offset(of: \.typeOfService) == 32)
        #expect(MemoryLayout<Delivery>.offset(of: \.offload) == 16)
        #expect(MemoryLayout<Delivery>.offset(of: \.vni) == 32)
        #expect(MemoryLayout<Transmission>.offset(of: \.typeOfService) == 24)
        #expect(MemoryLayout<Transmission>.offset(of: \.firstSlice) == 28)
        #expect(MemoryLayout<Transmission>.offset(of: \.remoteIndex) == 44)
    }
}
