internal import CVTEPLinux
internal import Glibc
internal import Synchronization
internal import VTEPEngine
package import VTEPWire

/// The sockets that carry VXLAN over one IP version: some receive on the VTEP port, others send.
///
/// Any worker may send. Each receive socket is one worker's.
package final class Underlay: Sendable {
    package let options: UnderlayOptions
    let receivers: Descriptors
    /// For each kind of datagram, one set of `options.transmitSockets`: see ``Underlay/transmitter(for:)``.
    private let transmitters: Descriptors
    private let prober: Descriptor
    /// Guards the prober: two workers must not ask at once.
    private let probing = Lock()
    /// The link that all traffic uses, by its index; 0 for none.
    let scope: UInt32
    /// Whether the kernel joins datagrams for us.
    package let coalesces: Bool
    /// Whether the kernel splits runs of datagrams for us; no more once it failed to.
    private let segmentation: Atomic<Bool>
    let counters = UnderlayCounters()

    /// Opens the sockets, in the network namespace that `netns` refers to, or in the caller's, and joins the groups.
    ///
    /// - Throws: ``VTEPError/Kind/busy`` where the port is taken, by the kernel's VXLAN device for example.
    package init(_ options: UnderlayOptions, netns: Int32? = nil) throws(VTEPError) {
        let sockets = try UnderlaySockets(options, netns: netns)
        let receivers = try Descriptors(count: options.receiveSockets) { _ throws(VTEPError) in
            try sockets.receiver()
        }
        let sets = options.zeroChecksum ? 4 : 2
        let transmitters = try Descriptors(count: options.transmitSockets * sets) { index throws(VTEPError) in
            let set = index / options.transmitSockets
            return try sockets.transmitter(dontFragment: set & 1 != 0, zeroChecksum: set & 2 != 0)
        }
        var coalesces = true
        for index in 0..<receivers.count {
            coalesces = Descriptor.borrowing(receivers[index]) { sockets.coalesces($0) } && coalesces
        }
        let segments = Descriptor.borrowing(transmitters[0]) { sockets.segments($0) }
        self.options = options
        prober = try sockets.prober()
        scope = sockets.scope
        self.coalesces = coalesces
        segmentation = Atomic(segments)
        self.receivers = receivers
        self.transmitters = transmitters
        for group in options.groups { try join(group) }
    }

    /// Whether the kernel splits runs of datagrams for us (`UDP_SEGMENT`).
    package var segments: Bool { segmentation.load(ordering: .relaxed) }

    /// The kernel could not: it shall not be asked again.
    func stopSegmenting() { segmentation.store(false, ordering: .relaxed) }

    /// The socket that a transmission leaves by.
    @inline(__always)
    func transmitter(for transmission: Transmission) -> Int {
        var set = transmission.flags & Transmission.dontFragment != 0 ? 1 : 0
        if transmission.flags & Transmission.zeroChecksum != 0, options.zeroChecksum { set += 2 }
        let socket = Int(transmission.entropySocket)
        let count = options.transmitSockets
        return set * count + (socket < count ? socket : socket % count)
    }

    /// How many numbers ``transmitter(for:)`` may return.
    var transmitterCount: Int { transmitters.count }

    func transmitterDescriptor(_ number: Int) -> Int32 { transmitters[number] }

    /// The UDP ports that this underlay sends from.
    package var sourcePorts: [UInt16] { (0..<transmitters.count).map(sourcePort) }

    /// The address and port that a socket of ours has. False: it has none.
    static func localAddress(of socket: Int32, _ address: inout cvtep_address) -> Bool {
        var size = socklen_t(MemoryLayout<cvtep_address>.size)
        return unsafe address.withSocketAddress { address, _ in unsafe getsockname(socket, address, &size) } == 0
    }
}

// MARK: - Groups

extension Underlay {
    /// Begins to hear a group, on the underlay's link or, without one, on that of the route to it.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument`` where it is no group of the underlay's IP version.
    package func join(_ group: IPAddress) throws(VTEPError) { try change(group, joining: true) }

    /// Stops hearing a group.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` where it was not joined.
    package func leave(_ group: IPAddress) throws(VTEPError) { try change(group, joining: false) }

    private func change(_ group: IPAddress, joining: Bool) throws(VTEPError) {
        let attempt = Attempt(joining ? "join the group" : "leave the group", "\(group)")
        guard group.isMulticast, group.family == options.family else {
            throw attempt.refused("it is no \(options.family) group")
        }
        // One socket is enough: the kernel gives a group's datagrams to every socket of the port that has joined it.
        let code = unsafe group.withUnsafeBytes { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return EINVAL }
            return unsafe 0
                &- cvtep_group_membership(
                    receivers[0], base.assumingMemoryBound(to: UInt8.self), Int32(bytes.count), Int32(scope),
                    joining ? 1 : 0)
        }
        switch code {
        case 0: break
        case EADDRINUSE: throw VTEPError(.exists, attempted: "\(attempt.verb)", subject: "\(group)", systemErrno: code)
        case ENODEV:
            throw attempt.failed(
                "the membership", code, remedy: "name the underlay's device, or add a route to the group")
        case ENOBUFS:
            throw attempt.failed("the membership", code, remedy: "raise net.ipv4.igmp_max_memberships")
        default: throw attempt.failed("the membership", code)
        }
    }
}

// MARK: - Path MTU

extension Underlay {
    /// The path MTU to a remote, or the link's to a group, as the kernel knows it: the outer IP packet's largest length.
    /// 0 where there is no route.
    func pathMTU(to remote: UnderlayAddress) -> UInt16 {
        let isV6 = options.family == .v6
        let level = isV6 ? Int32(IPPROTO_IPV6) : Int32(IPPROTO_IP)
        let mtu = connected(to: remote) { prober.option(level, isV6 ? IPV6_MTU : IP_MTU) }
        return UInt16(clamping: mtu ?? 0)
    }

    /// The local address that the kernel chooses for packets to a remote.
    func localAddress(to remote: UnderlayAddress) -> UnderlayAddress? {
        connected(to: remote) {
            var address = cvtep_address()
            return Underlay.localAddress(of: prober.number, &address) ? address.underlayAddress : nil
        }
    }

    /// Asks the prober something while it is connected to a remote. Nil where there is no route.
    private func connected<Answer>(to remote: UnderlayAddress, _ ask: () -> Answer?) -> Answer? {
        counters.lookUps.count()
        return probing.withLock {
            let number = prober.number
            var address = cvtep_address(remote, port: 9, scope: scope)
            guard unsafe address.withSocketAddress({ unsafe connect(number, $0, $1) }) == 0 else { return nil }
            let answer = ask()
            var none = cvtep_address.none
            _ = unsafe none.withSocketAddress { unsafe connect(number, $0, $1) }
            return answer
        }
    }
}
