internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
internal import VTEPWire

/// What one worker has received from the underlay and not yet passed on, in memory of its own.
@safe struct DatagramIntake: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let messages: UnsafeMutablePointer<cvtep_incoming>
    private let datagrams: UnsafeMutablePointer<Datagram>
    /// For each message, the payload's length in the segments of its inner packet, where nobody has segmented that; else 0.
    private let innerSegments: UnsafeMutablePointer<UInt16>
    private let capacity: Int
    private(set) var count = 0

    /// The longest run of datagrams, which is the longest datagram.
    private static let longest = 65_535
    /// The distance between two messages' memory. No multiple of a page: else their beginnings, which is all of a small
    /// datagram, would fight for the same lines of the cache.
    private static let step = 65_536 + 2048 + 64
    /// Puts the inner IP header, which follows VXLAN's and Ethernet's, at a multiple of 16.
    private static let offset = 10

    /// - Parameter messages: how many are taken in at once, 1...64.
    init(messages count: Int) {
        capacity = count
        unsafe memory = .allocate(byteCount: count * DatagramIntake.step, alignment: 64)
        unsafe messages = .allocate(capacity: count)
        unsafe messages.initialize(repeating: cvtep_incoming(), count: count)
        unsafe datagrams = .allocate(capacity: count)
        unsafe innerSegments = .allocate(capacity: count)
        unsafe innerSegments.initialize(repeating: 0, count: count)
        for index in 0..<count {
            unsafe messages[index].bytes = memory + index * DatagramIntake.step + DatagramIntake.offset
            unsafe messages[index].capacity = UInt32(DatagramIntake.longest)
        }
    }

    deinit {
        unsafe memory.deallocate()
        unsafe messages.deallocate()
        unsafe datagrams.deallocate()
        unsafe innerSegments.deallocate()
    }

    /// Receives what is there, as much as there is room for.
    mutating func fill(from socket: Int32, of underlay: Underlay) -> Reception {
        count = 0
        let atOnce: Int32 = underlay.options.offloads.contains(.batches) ? 1 : 0
        let received = unsafe Int(cvtep_receive_messages(socket, messages, UInt32(capacity), atOnce))
        if received < 0 {
            switch Int32(-received) {
            case EBADF, ENOTSOCK: return .ended
            // What the network says of earlier datagrams is no end; what comes next is asked for again.
            case EAGAIN: return .drained
            default: return .more
            }
        }
        underlay.counters.messagesReceived.count(UInt64(received))
        for index in 0..<received {
            let message = unsafe messages + index
            guard unsafe message.pointee.truncated == 0, let bytes = unsafe message.pointee.bytes else {
                underlay.counters.truncated.count()
                continue
            }
            let length = unsafe Int(message.pointee.length)
            var segment = unsafe message.pointee.segment
            unsafe innerSegments[index] = 0
            if segment != 0, length > segment,
                unsafe UnfinishedFrame.isWholeMessage(PacketBytes(bytes, count: length))
            {
                unsafe innerSegments[index] = segment
                segment = 0
            }
            let datagram = unsafe Datagram(
                bytes, length: length, segmentSize: segment,
                source: message.pointee.address.underlayAddress,
                sourcePort: UInt16(bigEndian: message.pointee.address.port), typeOfService: message.pointee.tos)
            unsafe (datagrams + count).initialize(to: datagram)
            count += 1
        }
        return received == capacity ? .more : .drained
    }

    /// The payload's length in the segments of an inner packet that begins at `address`, where the kernel told it.
    @inline(__always)
    func innerSegment(at address: UnsafeMutableRawPointer) -> UInt16 {
        let distance = unsafe address - memory
        guard distance >= 0, distance < capacity * DatagramIntake.step else { return 0 }
        return unsafe innerSegments[distance / DatagramIntake.step]
    }

    /// What was taken in.
    var all: UnsafeMutableBufferPointer<Datagram> {
        unsafe UnsafeMutableBufferPointer(start: datagrams, count: count)
    }
}
