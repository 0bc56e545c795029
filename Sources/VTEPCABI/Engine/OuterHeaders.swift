public import CVTEP
internal import VTEP
internal import VTEPEngine

extension vtep_outer_options: InputStruct {
    static var knownBits: UInt32 { UInt32(VTEP_OUTER_HAS_ETHERNET) }
    var reservedIsZero: Bool { isZero(reserved) }
}

extension OuterTemplate {
    fileprivate init(_ options: vtep_outer_options, _ arguments: Arguments) throws(VTEPError) {
        guard let local = try arguments.address(options.local, "local") else {
            throw arguments.invalid("\"local\" holds no address: its family is 0")
        }
        let ethernet = options.has.sets(VTEP_OUTER_HAS_ETHERNET)
        self.init(
            local: local,
            ethernet: ethernet ? (MACAddress(options.destination), MACAddress(options.source)) : nil,
            checksum: try arguments.choice(options.checksum, "checksum"))
    }
}

@c @implementation
public func vtep_outer_write(
    _ options: UnsafePointer<vtep_outer_options>?, _ transmission: UnsafePointer<vtep_transmission>?,
    _ slices: UnsafePointer<vtep_slice>?, _ identification: UInt32, _ memory: UnsafeMutableRawPointer?,
    _ capacity: UInt32, _ written: UnsafeMutablePointer<UInt32>?
) -> vtep_status {
    attempt("write outer headers", nil) { arguments throws(VTEPError) in
        unsafe written?.pointee = 0
        let template = try OuterTemplate(try unsafe arguments.input(options, "options"), arguments)
        guard let transmission = unsafe transmission else { throw arguments.null("transmission") }
        guard unsafe slices != nil || transmission.pointee.slice_count == 0 else { throw arguments.null("slices") }
        guard let memory = unsafe memory else { throw arguments.null("memory") }
        guard Int(capacity) >= template.length else {
            throw VTEPError(.noSpace, attempted: "write outer headers", reason: "\(template.length) bytes are needed")
        }
        // One layout: Tests/VTEPEngineTests/LayoutTests.swift.
        let known = unsafe UnsafeRawPointer(transmission).loadUnaligned(as: Transmission.self)
        let start = unsafe UnsafeMutableRawPointer(mutating: slices)?.assumingMemoryBound(to: Slice.self)
        let identification: UInt16 = try arguments.number(identification, "identification")
        let length = unsafe template.write(
            known, slices: UnsafeMutableBufferPointer(start: start, count: Int(known.sliceCount)),
            identification: identification,
            to: UnsafeMutableRawBufferPointer(start: memory, count: Int(capacity)))
        guard length > 0 else {
            throw arguments.invalid("the remote is of the other family, or the checksum does not suit the datagrams")
        }
        unsafe written?.pointee = UInt32(length)
    }
}

@c @implementation
public func vtep_outer_read(
    _ packet: UnsafeMutableRawPointer?, _ length: UInt32, _ flags: UInt32, _ port: UInt32,
    _ out: UnsafeMutablePointer<vtep_datagram>?
) -> vtep_status {
    attempt("read outer headers", nil) { arguments throws(VTEPError) in
        guard let out = unsafe out else { throw arguments.null("out") }
        guard unsafe packet != nil || length == 0 else { throw arguments.null("packet") }
        guard flags < UInt32(VTEP_OUTER_READ_ZERO_CHECKSUM6) << 1 else { throw arguments.invalid("unknown flags") }
        let port: UInt16 = try arguments.number(port, "port")
        let found = unsafe OuterPacket.read(
            UnsafeMutableRawBufferPointer(start: packet, count: packet == nil ? 0 : Int(length)),
            hasEthernet: flags.sets(VTEP_OUTER_READ_ETHERNET), port: port,
            verifies: !flags.sets(VTEP_OUTER_READ_VERIFIED),
            acceptsZeroChecksum6: flags.sets(VTEP_OUTER_READ_ZERO_CHECKSUM6))
        switch found {
        case .datagram(let datagram):
            unsafe UnsafeMutableRawPointer(out).storeBytes(of: datagram, as: Datagram.self)
        case .foreign:
            throw VTEPError(.foreign, attempted: "read outer headers", reason: "it is not UDP to port \(port)")
        case .incomplete, .corrupt:
            throw VTEPError(.protocolViolation, attempted: "read outer headers")
        }
    }
}
