internal import CVTEP
internal import VTEP

// MARK: - From C

extension Arguments {
    func mac(_ pointer: UnsafePointer<vtep_mac>?, _ name: StaticString) throws(VTEPError) -> MACAddress {
        guard let pointer = unsafe pointer else { throw null(name) }
        return unsafe MACAddress(pointer.pointee)
    }

    func address(_ pointer: UnsafePointer<vtep_ip>?, _ name: StaticString) throws(VTEPError) -> IPAddress {
        guard let pointer = unsafe pointer else { throw null(name) }
        guard let address = try unsafe address(pointer.pointee, name) else {
            throw invalid("\"\(name)\" holds no address: its family is 0")
        }
        return address
    }

    /// `nil` where its family is 0.
    func address(_ ip: vtep_ip, _ name: StaticString) throws(VTEPError) -> IPAddress? {
        switch ip.family {
        case 0: nil
        case 4: unsafe withUnsafeBytes(of: ip.bytes) { unsafe IPAddress(bytes: .init(rebasing: $0[..<4])) }
        case 6: unsafe withUnsafeBytes(of: ip.bytes) { unsafe IPAddress(bytes: $0) }
        default: throw invalid("the address family of \"\(name)\" is \(ip.family); 4, 6 and, for none, 0 are possible")
        }
    }

    func prefix(_ pointer: UnsafePointer<vtep_prefix>?, _ name: StaticString) throws(VTEPError) -> IPPrefix {
        guard let pointer = unsafe pointer else { throw null(name) }
        return try unsafe prefix(pointer.pointee, name)
    }

    func prefix(_ prefix: vtep_prefix, _ name: StaticString) throws(VTEPError) -> IPPrefix {
        guard let address = try address(prefix.address, name) else {
            throw invalid("\"\(name)\" holds no address: its family is 0")
        }
        return try IPPrefix(address: address, length: Int(prefix.length))
    }
}

extension MACAddress {
    init(_ mac: vtep_mac) {
        let bytes = mac.bytes
        self.init(bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5)
    }
}

// MARK: - To C

extension vtep_mac {
    init(_ address: MACAddress) { self.init(bytes: address.octets) }
}

extension vtep_ip {
    /// `nil` becomes the family 0.
    init(_ address: IPAddress?) {
        self.init()
        guard let address else { return }
        family = address.family.rawValue
        unsafe withUnsafeMutableBytes(of: &bytes) { _ = unsafe address.copyBytes(to: $0) }
    }
}

extension vtep_prefix {
    init(_ prefix: IPPrefix) { self.init(address: vtep_ip(prefix.address), length: prefix.length) }
}
