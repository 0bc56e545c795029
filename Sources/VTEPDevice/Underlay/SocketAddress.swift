internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
internal import VTEPWire

extension cvtep_address {
    /// The kernel's form of an address and a UDP port. `scope` is the link of a link-local IPv6 address, by its index.
    init(_ address: IPAddress, port: UInt16, scope: UInt32 = 0) {
        self.init()
        self.port = port.bigEndian
        switch address {
        case .v4(let address):
            family = UInt16(AF_INET)
            words.0 = address.rawValue.bigEndian
        case .v6(let address):
            family = UInt16(AF_INET6)
            let value = address.rawValue
            words.1 = UInt32(truncatingIfNeeded: value >> 96).bigEndian
            words.2 = UInt32(truncatingIfNeeded: value >> 64).bigEndian
            words.3 = UInt32(truncatingIfNeeded: value >> 32).bigEndian
            words.4 = UInt32(truncatingIfNeeded: value).bigEndian
            if address.isLinkLocal || address.isMulticast { words.5 = scope }
        }
    }

    /// The same of the engine's form of an address.
    init(_ address: UnderlayAddress, port: UInt16, scope: UInt32) {
        self.init()
        self.port = port.bigEndian
        if address.isV4 {
            family = UInt16(AF_INET)
            words.0 = address.v4.bigEndian
            return
        }
        family = UInt16(AF_INET6)
        // Sixteen bytes in network order, here as there.
        let halves = unsafe unsafeBitCast(address, to: (UInt64, UInt64).self)
        words.1 = UInt32(truncatingIfNeeded: halves.0)
        words.2 = UInt32(truncatingIfNeeded: halves.0 >> 32)
        words.3 = UInt32(truncatingIfNeeded: halves.1)
        words.4 = UInt32(truncatingIfNeeded: halves.1 >> 32)
        // fe80::/10 and ff00::/8 mean something on a link only.
        let start = UInt16(truncatingIfNeeded: halves.0).bigEndian
        if start & 0xFFC0 == 0xFE80 || start >> 8 == 0xFF { words.5 = scope }
    }

    /// The engine's form of it. An IPv4 address where the family is none we know.
    var underlayAddress: UnderlayAddress {
        if Int32(family) != AF_INET6 { return UnderlayAddress(IPv4Address(rawValue: UInt32(bigEndian: words.0))) }
        let halves = (UInt64(words.1) | UInt64(words.2) << 32, UInt64(words.3) | UInt64(words.4) << 32)
        return unsafe unsafeBitCast(halves, to: UnderlayAddress.self)
    }

    /// Bytes that the kernel reads of it.
    var length: socklen_t {
        Int32(family) == AF_INET6
            ? socklen_t(MemoryLayout<sockaddr_in6>.size) : socklen_t(MemoryLayout<sockaddr_in>.size)
    }

    /// A family of none: what was connected is connected no more.
    static var none: cvtep_address { cvtep_address() }

    /// Lends it to a system call as a `sockaddr`.
    mutating func withSocketAddress<Result>(_ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result) -> Result {
        let length = length
        return unsafe withUnsafeMutablePointer(to: &self) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }
}
