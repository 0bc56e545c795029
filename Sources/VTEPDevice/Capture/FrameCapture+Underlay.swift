internal import CVTEPLinux
internal import VTEPEngine
internal import VTEPWire

extension FrameCapture {
    /// What leaves by the underlay: each datagram of a transmission by itself.
    func record(
        _ transmission: Transmission, _ slices: UnsafeMutableBufferPointer<Slice>, from underlay: Underlay,
        source: UnderlayAddress
    ) {
        let number = underlay.transmitter(for: transmission)
        let defaultLife: UInt8 = transmission.remote.isMulticast ? 1 : 64
        let headers = OuterHeaders(
            source: source, destination: transmission.remote,
            sourcePort: underlay.sourcePort(number), destinationPort: transmission.port,
            typeOfService: transmission.typeOfService,
            timeToLive: transmission.timeToLive == 0 ? defaultLife : transmission.timeToLive,
            dontFragment: transmission.flags & Transmission.dontFragment != 0,
            zeroChecksum: transmission.flags & Transmission.zeroChecksum != 0 && underlay.options.zeroChecksum)
        let each = transmission.datagramCount > 1 ? Int(transmission.segmentSize) : Int(transmission.length)
        var first = 0
        while first < slices.count {
            var (end, length) = (first, 0)
            while end < slices.count, length < each {
                unsafe length += slices[end].length
                end += 1
            }
            unsafe record(headers, isOutbound: true, UnsafeBufferPointer(rebasing: slices[first..<end]), length: length)
            first = end
        }
    }

    /// What arrived by the underlay: each datagram of a run by itself.
    func record(_ datagram: Datagram, to underlay: Underlay) {
        let headers = OuterHeaders(
            source: datagram.source,
            destination: underlay.options.localAddress.map { UnderlayAddress($0) } ?? underlay.anyAddress,
            sourcePort: datagram.sourcePort, destinationPort: underlay.options.port,
            typeOfService: datagram.typeOfService)
        let each = datagram.segmentSize == 0 ? Int(datagram.length) : Int(datagram.segmentSize)
        var offset = 0
        repeat {
            let length = min(each, Int(datagram.length) - offset)
            let slice = unsafe Slice(datagram.base + offset, length)
            unsafe withUnsafePointer(to: slice) {
                unsafe record(headers, isOutbound: false, UnsafeBufferPointer(start: $0, count: 1), length: length)
            }
            offset += max(length, 1)
        } while offset < Int(datagram.length)
    }

    private func record(
        _ headers: OuterHeaders, isOutbound: Bool, _ payload: UnsafeBufferPointer<Slice>, length: Int
    ) {
        unsafe withUnsafeTemporaryAllocation(byteCount: OuterHeaders.longest, alignment: 8) { room in
            guard let base = room.baseAddress else { return }
            let size = unsafe headers.write(to: base, payload, length: length)
            unsafe record(
                .underlay, isOutbound: isOutbound, header: UnsafeRawBufferPointer(start: base, count: size), payload,
                length: length)
        }
    }
}

extension Underlay {
    var anyAddress: UnderlayAddress {
        options.family == .v4 ? UnderlayAddress(IPv4Address(rawValue: 0)) : UnderlayAddress(IPv6Address.unspecified)
    }

    /// The local address that a packet to a remote has.
    func source(to remote: UnderlayAddress) -> UnderlayAddress {
        options.localAddress.map { UnderlayAddress($0) } ?? localAddress(to: remote) ?? anyAddress
    }

    /// The port that a transmit socket sends from.
    func sourcePort(_ transmitter: Int) -> UInt16 {
        var address = cvtep_address()
        return Underlay.localAddress(of: transmitterDescriptor(transmitter), &address)
            ? UInt16(bigEndian: address.port) : 0
    }
}
