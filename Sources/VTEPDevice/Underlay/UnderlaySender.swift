internal import CVTEPLinux
internal import Glibc
internal import VTEPEngine
internal import VTEPWire

/// Sends what the engine put into a batch, socket by socket, with as few system calls as the kernel lets us. One for each
/// worker; nothing is allocated while it works.
@safe struct UnderlaySender: ~Copyable {
    let underlay: Underlay
    private let isV4: Bool
    private let atOnce: Int32
    private var chains: SocketChains
    /// What goes to the kernel at once.
    private let messages: UnsafeMutablePointer<cvtep_outgoing>
    /// The transmission that each message is, or is a part of.
    private let origins: UnsafeMutablePointer<Int>
    private var count = 0
    private var paths: KnownPaths
    private var sources = KnownSources()
    /// Path MTUs that were found out and not yet told to the engine.
    var findings = PathFindings()

    private static let most = Int(CVTEP_MESSAGES)
    /// How long to wait for a full socket before its datagrams are lost, in milliseconds.
    private static let patience: Int32 = 5

    init(_ underlay: Underlay, maximumRemotes: Int) {
        self.underlay = underlay
        isV4 = underlay.options.family == .v4
        atOnce = underlay.options.offloads.contains(.batches) ? 1 : 0
        chains = SocketChains(sockets: underlay.transmitterCount)
        paths = KnownPaths(remotes: maximumRemotes)
        unsafe messages = .allocate(capacity: UnderlaySender.most)
        unsafe messages.initialize(repeating: cvtep_outgoing(), count: UnderlaySender.most)
        unsafe origins = .allocate(capacity: UnderlaySender.most)
    }

    deinit {
        unsafe messages.deallocate()
        unsafe origins.deallocate()
    }

    /// The paths' MTUs may have changed: they are looked up anew when they are used.
    mutating func forgetPaths() {
        paths.removeAll()
        sources.removeAll()
    }

    /// There may be a route by now to remotes that had none.
    mutating func forgetFailures() {
        paths.forgetFailures()
        sources.removeAll()
    }

    /// Sends the batch's transmissions to remotes of this underlay's IP version, and shows them to `capture`.
    ///
    /// - Returns: how many datagrams are for the other one.
    mutating func send(_ batch: borrowing Batch, capture: FrameCapture?) -> UInt64 {
        let all = unsafe batch.transmissions
        guard let transmissions = all.baseAddress, let slices = unsafe UnsafeMutableRawPointer(batch.slices.baseAddress)
        else { return 0 }
        let parts = unsafe slices.assumingMemoryBound(to: iovec.self)
        var others: UInt64 = 0
        chains.begin(all.count)
        for index in 0..<all.count {
            let transmission = unsafe transmissions + index
            guard unsafe transmission.pointee.remote.isV4 == isV4 else {
                unsafe others += UInt64(transmission.pointee.datagramCount)
                continue
            }
            unsafe lookUpPath(of: transmission.pointee)
            if let capture {
                let source = unsafe sources.source(to: transmission.pointee.remote, of: underlay)
                unsafe capture.record(
                    transmission.pointee, batch.slices(of: transmission.pointee), from: underlay, source: source)
            }
            unsafe chains.append(index, to: underlay.transmitter(for: transmission.pointee))
        }
        let segments = underlay.segments
        while let socket = chains.popSocket() {
            let descriptor = underlay.transmitterDescriptor(socket)
            while let index = chains.popTransmission(of: socket) {
                let transmission = unsafe transmissions + index
                if unsafe transmission.pointee.datagramCount > 1, !segments {
                    unsafe stageSingly(transmission.pointee, index, parts, descriptor, transmissions)
                } else {
                    let first = unsafe parts + Int(transmission.pointee.firstSlice)
                    unsafe stage(
                        first, transmission.pointee.sliceCount, segment: transmission.pointee.segmentSize, index,
                        descriptor, transmissions)
                }
            }
            unsafe flush(descriptor, transmissions)
        }
        return others
    }
}

private typealias Transmissions = UnsafeMutablePointer<Transmission>

// MARK: - Staging

extension UnderlaySender {
    @inline(__always)
    private mutating func stage(
        _ parts: UnsafeMutablePointer<iovec>, _ partCount: UInt32, segment: UInt16, _ origin: Int, _ descriptor: Int32,
        _ transmissions: Transmissions
    ) {
        let transmission = unsafe transmissions[origin]
        let message = unsafe messages + count
        unsafe message.pointee.parts = UnsafePointer(parts)
        unsafe message.pointee.part_count = partCount
        unsafe message.pointee.segment = transmission.datagramCount > 1 ? segment : 0
        unsafe message.pointee.tos = transmission.typeOfService == 0 ? -1 : Int16(transmission.typeOfService)
        unsafe message.pointee.ttl = transmission.timeToLive == 0 ? -1 : Int16(transmission.timeToLive)
        unsafe message.pointee.address = cvtep_address(
            transmission.remote, port: transmission.port, scope: underlay.scope)
        unsafe origins[count] = origin
        count += 1
        if count == UnderlaySender.most { unsafe flush(descriptor, transmissions) }
    }

    /// One message for each datagram: the kernel does not split runs.
    private mutating func stageSingly(
        _ transmission: Transmission, _ origin: Int, _ parts: UnsafeMutablePointer<iovec>, _ descriptor: Int32,
        _ transmissions: Transmissions
    ) {
        var cutter = unsafe DatagramCutter(transmission, parts)
        while let piece = unsafe cutter.next() {
            unsafe stage(piece.parts, piece.count, segment: 0, origin, descriptor, transmissions)
        }
    }
}

/// Cuts a transmission into its datagrams, each of which begins with a slice.
@safe struct DatagramCutter {
    private var rest: UnsafeMutablePointer<iovec>
    private var count: UInt32
    private let length: Int

    init(_ transmission: Transmission, _ parts: UnsafeMutablePointer<iovec>) {
        unsafe rest = parts + Int(transmission.firstSlice)
        count = transmission.sliceCount
        length = transmission.segmentSize == 0 ? Int(transmission.length) : Int(transmission.segmentSize)
    }

    mutating func next() -> (parts: UnsafeMutablePointer<iovec>, count: UInt32)? {
        guard count > 0 else { return nil }
        let start = unsafe rest
        var taken: UInt32 = 0
        var bytes = 0
        while taken < count, bytes < length {
            unsafe bytes += rest.pointee.iov_len
            unsafe rest += 1
            taken += 1
        }
        count -= taken
        return unsafe (start, taken)
    }
}

// MARK: - Sending

extension UnderlaySender {
    private mutating func flush(_ descriptor: Int32, _ transmissions: Transmissions) {
        var done = 0
        var hasWaited = false
        while done < count {
            let sent = unsafe cvtep_send_messages(descriptor, messages + done, UInt32(count - done), atOnce)
            if sent > 0 {
                underlay.counters.messagesSent.count(UInt64(sent))
                done += Int(sent)
                continue
            }
            let transmission = unsafe transmissions[origins[done]]
            let isRun = unsafe messages[done].segment != 0
            let datagrams = isRun ? UInt64(transmission.datagramCount) : 1
            switch 0 &- sent {
            case EAGAIN where !hasWaited:
                // Nothing else could be sent meanwhile: all sockets share the link. Those who send to us will notice.
                hasWaited = true
                var socket = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&socket, 1, UnderlaySender.patience)
                continue
            case EAGAIN, ENOBUFS, ENOMEM: underlay.counters.congested.count(datagrams)
            case EMSGSIZE where exceedsPath(transmission): underlay.counters.oversized.count(datagrams)
            case EIO where isRun:
                // No checksum offload on the way, and a kernel that does not make up for it.
                underlay.stopSegmenting()
                unsafe sendSingly(messages[done], transmission, descriptor)
            case EINVAL where isRun, EMSGSIZE where isRun:
                unsafe sendSingly(messages[done], transmission, descriptor)
            default: underlay.counters.refused.count(datagrams)
            }
            done += 1
        }
        count = 0
    }

    /// Sends a run that the kernel would not split, datagram by datagram.
    private func sendSingly(_ run: cvtep_outgoing, _ transmission: Transmission, _ descriptor: Int32) {
        underlay.counters.segmentationFailures.count()
        var single = unsafe run
        unsafe single.segment = 0
        var relative = transmission
        relative.firstSlice = 0
        var cutter = unsafe DatagramCutter(relative, UnsafeMutablePointer(mutating: run.parts))
        while let piece = unsafe cutter.next() {
            unsafe single.parts = UnsafePointer(piece.parts)
            unsafe single.part_count = piece.count
            if unsafe cvtep_send_messages(descriptor, &single, 1, 0) > 0 {
                underlay.counters.messagesSent.count()
            } else {
                underlay.counters.refused.count()
            }
        }
    }
}

// MARK: - Path MTU

extension UnderlaySender {
    /// Bytes of the outer IP and UDP headers.
    private var headers: Int { isV4 ? 28 : 48 }

    /// Before the first datagram to a remote: what exceeds the path's MTU is then answered instead of lost.
    @inline(__always)
    private mutating func lookUpPath(of transmission: Transmission) {
        // What could not be noted would be asked again for each copy of a flood: the rest has its turn in later batches.
        if paths.contains(transmission.remoteIndex, transmission.remote) || findings.isFull { return }
        _ = findOut(transmission)
    }

    /// Whether a datagram that was refused is too long for the path. If it is, the engine gets to know the path's MTU.
    private mutating func exceedsPath(_ transmission: Transmission) -> Bool {
        let length = transmission.datagramCount > 1 ? Int(transmission.segmentSize) : Int(transmission.length)
        let mtu = findOut(transmission)
        return mtu != 0 && length + headers > mtu
    }

    private mutating func findOut(_ transmission: Transmission) -> Int {
        let mtu = underlay.pathMTU(to: transmission.remote)
        if mtu == 0 || findings.append(transmission.remote, mtu: mtu) {
            paths.insert(transmission.remoteIndex, transmission.remote, hasRoute: mtu != 0)
        }
        return Int(mtu)
    }
}
