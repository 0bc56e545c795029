public import CVTEP
internal import VTEP

/// Writes what `describe` says to the caller's buffer.
func format(
    _ what: StaticString, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?, _ describe: (Arguments) throws(VTEPError) -> String
) -> vtep_status {
    unsafe attempt(what, err) { arguments throws(VTEPError) in
        guard let text = unsafe text else { throw arguments.null("text") }
        if capacity > 0 { unsafe text.pointee = 0 }
        var string = try describe(arguments)
        let written = string.withUTF8 { utf8 in
            guard let start = utf8.baseAddress, utf8.count < capacity else { return utf8.isEmpty && capacity > 0 }
            let bytes = UnsafeMutableRawPointer(text)
            unsafe bytes.copyMemory(from: start, byteCount: utf8.count)
            unsafe bytes.storeBytes(of: 0, toByteOffset: utf8.count, as: UInt8.self)
            return true
        }
        if written { return }
        throw VTEPError(
            .noSpace, attempted: "\(what)", subject: string,
            reason: "the buffer has \(capacity) bytes; \(string.utf8.count + 1) are needed")
    }
}

@c @implementation
public func vtep_mac_format(
    _ mac: UnsafePointer<vtep_mac>?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the MAC address", text, capacity, err) { arguments throws(VTEPError) in
        try unsafe arguments.mac(mac, "mac").description
    }
}

@c @implementation
public func vtep_ip_format(
    _ ip: UnsafePointer<vtep_ip>?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the IP address", text, capacity, err) { arguments throws(VTEPError) in
        try unsafe arguments.address(ip, "ip").description
    }
}

@c @implementation
public func vtep_prefix_format(
    _ prefix: UnsafePointer<vtep_prefix>?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: UInt32,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe format("write the IP prefix", text, capacity, err) { arguments throws(VTEPError) in
        try unsafe arguments.prefix(prefix, "prefix").description
    }
}
