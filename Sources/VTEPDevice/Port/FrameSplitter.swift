internal import VTEPEngine
internal import VTEPWire

/// Segments a superframe from the underlay for a port that takes none. One for each worker.
///
/// The engine does this for superframes of ports; from the underlay they come only where no wire is in between.
@safe struct FrameSplitter: ~Copyable {
    private let headers: UnsafeMutableRawPointer
    /// Ethernet with two tags, IP and TCP with all their options.
    private static let longestHeader = 160
    /// As many as fit the longest frame, if they are 536 bytes or more; smaller ones are not segmented but dropped.
    private static let mostSegments = 128

    init() {
        unsafe headers = .allocate(byteCount: FrameSplitter.longestHeader * FrameSplitter.mostSegments, alignment: 16)
    }

    deinit { unsafe headers.deallocate() }

    /// Calls `body` with the two slices of each segment. They stay valid until it is called again.
    ///
    /// - Returns: false, without having called it, where the frame cannot be segmented.
    func split(
        _ frame: PacketBytes, _ offload: Offload, _ body: (UnsafeMutableBufferPointer<Slice>) -> Void
    ) -> Bool {
        let headerLength = Int(offload.headerLength)
        let each = Int(offload.segmentSize)
        let start = Int(offload.checksumStart)
        guard each > 0, headerLength <= FrameSplitter.longestHeader, headerLength < frame.count, start < headerLength,
            (frame.count - headerLength + each - 1) / each <= FrameSplitter.mostSegments
        else { return false }
        var offset = headerLength
        var number = 0
        while offset < frame.count {
            let payload = frame.dropping(offset).prefix(each)
            let header = unsafe PacketBytes(headers + number * FrameSplitter.longestHeader, count: headerLength)
            header.copy(frame.prefix(headerLength))
            let isLast = offset + each >= frame.count
            FrameSplitter.finish(
                header, payload, offload, number: number, advance: offset - headerLength, isLast: isLast)
            var slices = unsafe (Slice(header.address, headerLength), Slice(payload.address, payload.count))
            unsafe withUnsafeMutablePointer(to: &slices) { slices in
                unsafe slices.withMemoryRebound(to: Slice.self, capacity: 2) {
                    unsafe body(UnsafeMutableBufferPointer(start: $0, count: 2))
                }
            }
            offset += each
            number += 1
        }
        return true
    }

    /// Writes what differs in one segment's header: lengths, identification, sequence, flags, checksums.
    private static func finish(
        _ header: PacketBytes, _ payload: PacketBytes, _ offload: Offload, number: Int, advance: Int, isLast: Bool
    ) {
        let start = Int(offload.checksumStart)
        let length = header.count - start + payload.count
        let isUDP = offload.kind == Offload.udpL4
        let packet = header.dropping(EthernetHeader(header)?.payloadOffset ?? 0)
        let isV6 = packet.u8(0) >> 4 == 6
        var sum = InternetChecksum()
        if isV6 {
            packet.set(u16: UInt16(truncatingIfNeeded: packet.count + payload.count - IPv6Header.length), at: 4)
            sum.add(packet.dropping(8).prefix(32))
        } else {
            packet.set(u16: UInt16(truncatingIfNeeded: packet.count + payload.count), at: 2)
            packet.set(u16: packet.u16(4) &+ UInt16(truncatingIfNeeded: number), at: 4)
            packet.set(u16: 0, at: 10)
            var own = InternetChecksum()
            own.add(packet.prefix(packet.count - (header.count - start)))
            packet.set(u16: own.value, at: 10)
            sum.add(packet.dropping(12).prefix(8))
        }
        let transport = header.dropping(start)
        let place = Int(offload.checksumOffset)
        if isUDP {
            transport.set(u16: UInt16(truncatingIfNeeded: length), at: 4)
        } else {
            transport.set(u32: transport.u32(4) &+ UInt32(truncatingIfNeeded: advance), at: 4)
            // FIN and PSH are the last one's, CWR is the first one's.
            var flags = transport.u8(13)
            if !isLast { flags &= ~0x09 }
            if number > 0 { flags &= ~0x80 }
            transport.set(u8: flags, at: 13)
        }
        transport.set(u16: 0, at: place)
        sum.add(UInt16(isUDP ? IPProtocol.udp : IPProtocol.tcp))
        sum.add(UInt16(truncatingIfNeeded: length))
        sum.add(transport)
        // The header's length is even, so the payload goes on where it ended.
        sum.add(payload)
        transport.set(u16: sum.udpValue, at: place)
    }
}
