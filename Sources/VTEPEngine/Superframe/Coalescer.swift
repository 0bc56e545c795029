internal import VTEPWire

/// The superframe that is being put together on the way to a port: frames that follow each other become one, whose
/// slices are the first frame and the others' payloads. Nothing is copied.
struct Coalescer {
    private var first: Candidate?
    /// Its delivery's number in the batch.
    private var delivery = 0
    private var port = 0
    private var segments = 0
    private var isFirstIntact = false
    private var lastHasPush = false

    /// More segments of TCP would not go into one writev.
    private static var mostSegments: Int { 512 }
    /// Linux refuses a superframe of more datagrams (`UDP_MAX_SEGMENTS`; 128 from 6.9 on).
    private static var mostDatagrams: Int { 64 }

    /// Appends a frame to the open superframe. False if it does not follow it.
    mutating func append(_ candidate: Candidate, to port: Int, trusting: Bool, _ batch: inout Batch) -> Bool {
        guard let first, port == self.port, first.isFollowed(by: candidate, after: segments),
            candidate.payloadLength <= first.payloadLength,
            segments < (first.isUDP ? Coalescer.mostDatagrams : Coalescer.mostSegments),
            batch.length(of: delivery) &+ candidate.payloadLength <= 65_535, batch.endsWithSlices(of: delivery)
        else { return false }
        if !trusting {
            if !isFirstIntact {
                guard first.isIntact() else { return false }
                isFirstIntact = true
            }
            guard candidate.isIntact() else { return false }
        }
        batch.extend(delivery, by: candidate.frame.dropping(candidate.headerLength))
        segments &+= 1
        lastHasPush = candidate.isLast
        // A shorter one is the last; so is one with PSH, which is for the receiver to see at once.
        if lastHasPush || candidate.payloadLength < first.payloadLength { close(&batch) }
        return true
    }

    /// Begins with a frame that is the batch's last delivery.
    mutating func open(_ candidate: Candidate, to port: Int, _ batch: inout Batch) {
        close(&batch)
        guard !candidate.isLast else { return }
        first = candidate
        delivery = batch.deliveryCount &- 1
        self.port = port
        segments = 1
        isFirstIntact = false
        lastHasPush = false
    }

    /// Ends the open superframe: one of several segments gets the header of all of them.
    mutating func close(_ batch: inout Batch) {
        guard let first else { return }
        self.first = nil
        guard segments > 1 else { return }
        let length = batch.length(of: delivery)
        first.becomeSuperframe(ofLength: length, push: lastHasPush)
        batch.setOffload(first.superframeOffload, of: delivery)
    }

    /// How many segments the open superframe has, or the last one had.
    var count: Int { segments }
}

extension Candidate {
    var superframeOffload: Offload {
        Offload(
            flags: Offload.needsChecksum,
            segmentation: isUDP ? Offload.udpL4 : isV6 ? Offload.tcp6 : Offload.tcp4,
            headerLength: UInt16(truncatingIfNeeded: headerLength),
            segmentSize: UInt16(truncatingIfNeeded: payloadLength),
            checksumStart: UInt16(truncatingIfNeeded: transportOffset), checksumOffset: isUDP ? 6 : 16)
    }

    /// Rewrites the headers for all of a superframe, the checksum partial.
    func becomeSuperframe(ofLength length: Int, push: Bool) {
        let packet = frame.dropping(EthernetHeader.length)
        let whole = length &- EthernetHeader.length
        if isV6 {
            packet.set(u16: UInt16(truncatingIfNeeded: whole &- IPv6Header.length), at: 4)
        } else {
            packet.set(u16: UInt16(truncatingIfNeeded: whole), at: 2)
            packet.set(u16: 0, at: 10)
            var sum = InternetChecksum()
            sum.add(packet.prefix(IPv4Header.length))
            packet.set(u16: sum.value, at: 10)
        }
        let transport = frame.dropping(transportOffset)
        let transportLength = UInt16(truncatingIfNeeded: length &- transportOffset)
        var sum = frame.pseudoHeader(v6: isV6, udp: isUDP, internetOffset: EthernetHeader.length)
        sum.add(transportLength)
        if isUDP {
            transport.set(u16: transportLength, at: 4)
            transport.set(u16: sum.folded, at: 6)
        } else {
            if push { transport.set(u8: transport.u8(13) | TCPFlags.psh, at: 13) }
            transport.set(u16: sum.folded, at: 16)
        }
    }
}
