internal import CLibNL
internal import Glibc
internal import VTEPWire

/// A netlink request under construction: a `nl_msg` of libnl, freed with its owner.
///
/// libnl's object builders (`rtnl_link_*`, `rtnl_neigh_*`) are not used for requests: Debian 12's 3.7.0 lacks VXLAN's
/// newer attributes, every `IFLA_BR_*`, `NDA_VNI` and others, sends `IFLA_VXLAN_PORT` with the wrong size, and
/// `rtnl_link_change` reports success for changes the kernel refused. Its message codec (`nlmsg_*`, `nla_*`) is faithful.
@safe struct Request: ~Copyable {
    private let message: OpaquePointer
    /// libnl refuses an attribute that does not fit. The request is then never sent.
    private var overflowed = false

    /// Room for the header and all attributes. Ample for any single object; a multipath route may ask for more.
    static let defaultCapacity = 8192

    /// Memory for a message; ``restart(type:flags:)`` begins one.
    init(capacity: Int = Request.defaultCapacity) throws(VTEPError) {
        guard let message = unsafe nlmsg_alloc_size(capacity) else { throw Request.noMemory }
        unsafe self.message = message
    }

    init(type: Int, flags: Int32, capacity: Int = Request.defaultCapacity) throws(VTEPError) {
        try self.init(capacity: capacity)
        restart(type: type, flags: flags)
    }

    deinit { unsafe nlmsg_free(message) }

    /// Begins a message, or another one in the same memory.
    mutating func restart(type: Int, flags: Int32) {
        overflowed = false
        guard let header = unsafe nlmsg_hdr(message) else { return }
        unsafe header.pointee.nlmsg_len = UInt32(MemoryLayout<nlmsghdr>.size)
        unsafe header.pointee.nlmsg_type = UInt16(truncatingIfNeeded: type)
        unsafe header.pointee.nlmsg_flags = UInt16(truncatingIfNeeded: flags | NLM_F_REQUEST)
    }

    private static var noMemory: VTEPError {
        VTEPError(.outOfMemory, attempted: "build a netlink request", systemErrno: ENOMEM)
    }

    /// The fixed header that follows `nlmsghdr`: `ifinfomsg`, `ifaddrmsg`, `rtmsg`, `ndmsg`.
    mutating func append<Header: BitwiseCopyable>(header: Header) {
        var header = header
        let status = unsafe nlmsg_append(message, &header, MemoryLayout<Header>.size, Int32(NLMSG_ALIGNTO))
        if status < 0 { overflowed = true }
    }

    mutating func put<Value: FixedWidthInteger>(_ attribute: Int, _ value: Value) {
        var value = value
        note(unsafe nla_put(message, Int32(attribute), Int32(MemoryLayout<Value>.size), &value))
    }

    mutating func putFlag(_ attribute: Int) {
        note(unsafe nla_put(message, Int32(attribute), 0, nil))
    }

    mutating func put(_ attribute: Int, _ flag: Bool) {
        put(attribute, UInt8(flag ? 1 : 0))
    }

    /// Nothing for `nil`.
    mutating func put<Value: FixedWidthInteger>(_ attribute: Int, _ value: Value?) {
        if let value { put(attribute, value) }
    }

    /// Nothing for `nil`.
    mutating func put(_ attribute: Int, _ flag: Bool?) {
        if let flag { put(attribute, flag) }
    }

    /// Two numbers, one after the other.
    mutating func put(_ attribute: Int, _ first: UInt32, _ second: UInt32) {
        var pair = (first, second)
        note(unsafe nla_put(message, Int32(attribute), 8, &pair))
    }

    /// A struct of the kernel's.
    mutating func put<Value: BitwiseCopyable>(_ attribute: Int, struct value: Value) {
        var value = value
        note(unsafe nla_put(message, Int32(attribute), Int32(MemoryLayout<Value>.size), &value))
    }

    /// A NUL-terminated string.
    mutating func put(_ attribute: Int, _ text: String) {
        note(unsafe nla_put_string(message, Int32(attribute), text))
    }

    mutating func put(_ attribute: Int, _ address: IPAddress) {
        let status = unsafe address.withUnsafeBytes { bytes in
            unsafe nla_put(message, Int32(attribute), Int32(bytes.count), bytes.baseAddress)
        }
        note(status)
    }

    mutating func put(_ attribute: Int, _ address: MACAddress) {
        var octets = address.octets
        note(unsafe nla_put(message, Int32(attribute), 6, &octets))
    }

    /// A struct of the kernel's.
    mutating func put<Header: BitwiseCopyable>(_ attribute: Int, header: Header) {
        var header = header
        note(unsafe nla_put(message, Int32(attribute), Int32(MemoryLayout<Header>.size), &header))
    }

    /// Octets as they are.
    mutating func put(_ attribute: Int, bytes: [UInt8]) {
        note(unsafe nla_put(message, Int32(attribute), Int32(clamping: bytes.count), bytes))
    }

    /// `RTA_VIA`: the address family, then the address.
    mutating func putVia(_ address: IPAddress) {
        let status = unsafe address.withUnsafeBytes { bytes in
            unsafe withUnsafeTemporaryAllocation(byteCount: 2 + bytes.count, alignment: 2) { via in
                unsafe via.storeBytes(of: UInt16(address.family.addressFamily), as: UInt16.self)
                unsafe UnsafeMutableRawBufferPointer(rebasing: via[2...]).copyMemory(from: bytes)
                return unsafe nla_put(message, Int32(RouteAttribute.via), Int32(via.count), via.baseAddress)
            }
        }
        note(status)
    }

    /// Attributes within an attribute. An empty nest is left out.
    mutating func nest<Failure: Error>(
        _ attribute: Int, _ body: (inout Request) throws(Failure) -> Void
    ) throws(Failure) {
        guard let start = unsafe nla_nest_start(message, Int32(attribute)) else {
            overflowed = true
            return
        }
        try body(&self)
        note(unsafe nla_nest_end(message, start))
    }

    /// Bytes so far.
    var length: Int { unsafe nlmsg_hdr(message).map { unsafe Int($0.pointee.nlmsg_len) } ?? 0 }

    /// Puts a number in place of what stands there.
    mutating func overwrite<Value: FixedWidthInteger>(at offset: Int, _ value: Value) {
        guard !overflowed, offset >= 0, length - offset >= MemoryLayout<Value>.size,
            let header = unsafe nlmsg_hdr(message)
        else { return }
        unsafe UnsafeMutableRawPointer(header).storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }

    /// The finished bytes, with port id and sequence number filled in. `nil` if something did not fit.
    borrowing func withBytes<Result>(
        sequence: UInt32, flags: Int32 = 0, _ body: (UnsafeRawBufferPointer) throws(VTEPError) -> Result
    ) throws(VTEPError) -> Result? {
        guard !overflowed, let header = unsafe nlmsg_hdr(message) else { return nil }
        unsafe header.pointee.nlmsg_seq = sequence
        unsafe header.pointee.nlmsg_flags |= UInt16(truncatingIfNeeded: flags)
        return try unsafe body(UnsafeRawBufferPointer(start: header, count: Int(header.pointee.nlmsg_len)))
    }

    private mutating func note(_ status: Int32) {
        if status < 0 { overflowed = true }
    }
}
