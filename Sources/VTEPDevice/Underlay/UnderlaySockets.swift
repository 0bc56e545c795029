internal import CVTEPLinux
internal import Glibc
internal import VTEPWire

/// Opens and configures the sockets of an underlay.
struct UnderlaySockets {
    let options: UnderlayOptions
    let netns: Int32?
    let attempt: Attempt
    /// The index of the link that all traffic uses, 0 for none.
    private(set) var scope: UInt32 = 0

    /// The numbers that the options may have.
    private static let transmitters = 1...64
    private static let receivers = 1...16

    init(_ options: UnderlayOptions, netns: Int32?) throws(VTEPError) {
        self.options = options
        self.netns = netns
        let address = options.localAddress.map { "\($0)" } ?? (options.family == .v4 ? "0.0.0.0" : "::")
        attempt = Attempt("open the UDP underlay", "\(address) port \(options.port)")
        try check()
        if let device = options.device { scope = try index(of: device) }
    }

    private var isV6: Bool { options.family == .v6 }
    private var domain: Int32 { isV6 ? AF_INET6 : AF_INET }

    private func check() throws(VTEPError) {
        func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(VTEPError) {
            if !condition { throw attempt.refused(reason()) }
        }
        try require(options.port != 0, "port 0 is none to receive on")
        try require(
            Self.transmitters.contains(options.transmitSockets),
            "\(options.transmitSockets) transmit sockets are outside 1 to 64")
        try require(
            Self.receivers.contains(options.receiveSockets),
            "\(options.receiveSockets) receive sockets are outside 1 to 16")
        try require(options.sourcePorts.lowerBound > 0, "port 0 is none to send from")
        try require(
            options.sourcePorts.count >= options.transmitSockets * 2,
            "the range of source ports has fewer than two ports for each transmit socket")
        for address in [options.localAddress].compactMap(\.self) + options.groups {
            try require(address.family == options.family, "\(address) is no \(options.family) address")
        }
        if let local = options.localAddress {
            try require(!local.isMulticast, "\(local) is a group, no local address")
        }
        for group in options.groups { try require(group.isMulticast, "\(group) is no group") }
    }

    private func index(of device: String) throws(VTEPError) -> UInt32 {
        guard device.utf8.count < Int(IFNAMSIZ), !device.utf8.contains(0) else {
            throw attempt.refused("\"\(device)\" is no name of a link")
        }
        let socket = try open()
        let index = unsafe cvtep_link_index(socket.number, device)
        if index < 0 { throw attempt.failed("looking up the link \"\(device)\"", 0 &- index) }
        return UInt32(index)
    }

    private func open() throws(VTEPError) -> Descriptor {
        try attempt.opened(
            cvtep_socket(netns ?? -1, domain, Int32(SOCK_DGRAM.rawValue), 0), "opening a socket",
            remedy: { $0 == EPERM ? "entering another network namespace needs CAP_SYS_ADMIN: run as root" : "" })
    }
}

// MARK: - Receiving

extension UnderlaySockets {
    /// A socket that hears the VTEP port.
    func receiver() throws(VTEPError) -> Descriptor {
        let socket = try open()
        if isV6 { try attempt.require(socket.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, Int32(1)), "IPV6_V6ONLY") }
        // Only where we open several ourselves: else a second program on the same port would share our traffic.
        if options.receiveSockets > 1 {
            try attempt.require(socket.set(SOL_SOCKET, SO_REUSEPORT, Int32(1)), "SO_REUSEPORT")
        }
        try bindToDevice(socket)
        hearTrafficClass(socket)
        hearJoinedGroupsOnly(socket)
        if isV6, options.acceptZeroChecksumOverIPv6 {
            try attempt.require(socket.set(udp, Int32(CVTEP_UDP_NO_CHECK6_RX), Int32(1)), "UDP_NO_CHECK6_RX")
        }
        socket.setBuffers(receive: options.socketBuffer, send: 0)
        let code = bind(socket, port: options.port)
        guard code == 0 else { throw cannotBind(code) }
        return socket
    }

    /// Whether the kernel joins runs of datagrams for this socket.
    func coalesces(_ socket: borrowing Descriptor) -> Bool {
        options.offloads.contains(.coalescing) && socket.set(udp, Int32(CVTEP_UDP_GRO), Int32(1)) == 0
    }

    private func hearTrafficClass(_ socket: borrowing Descriptor) {
        if isV6 {
            _ = socket.set(Int32(IPPROTO_IPV6), IPV6_RECVTCLASS, Int32(1))
        } else {
            _ = socket.set(Int32(IPPROTO_IP), IP_RECVTOS, Int32(1))
        }
    }

    /// Without this a socket hears every group that any program on the host has joined.
    private func hearJoinedGroupsOnly(_ socket: borrowing Descriptor) {
        if isV6 {
            _ = socket.set(Int32(IPPROTO_IPV6), Int32(CVTEP_IPV6_MULTICAST_ALL), Int32(0))
        } else {
            _ = socket.set(Int32(IPPROTO_IP), Int32(CVTEP_IP_MULTICAST_ALL), Int32(0))
        }
    }

    private func cannotBind(_ code: Int32) -> VTEPError {
        let remedy =
            switch code {
            case EADDRINUSE:
                "another program, or a VXLAN device of the kernel's, has the port: choose another one or a local address"
            case EADDRNOTAVAIL: "give this host the local address first"
            case EACCES: "ports below 1024 need CAP_NET_BIND_SERVICE"
            default: ""
            }
        return attempt.failed("binding the receive socket", code, remedy: remedy)
    }
}

// MARK: - Sending

extension UnderlaySockets {
    /// A socket that sends from a port of its own and receives nothing.
    func transmitter(dontFragment: Bool, zeroChecksum: Bool) throws(VTEPError) -> Descriptor {
        let socket = try open()
        if isV6 { try attempt.require(socket.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, Int32(1)), "IPV6_V6ONLY") }
        try bindToDevice(socket)
        _ = cvtep_receive_nothing(socket.number)
        try neverFragment(socket, dontFragment: dontFragment)
        try configureGroups(socket)
        if zeroChecksum {
            let code =
                isV6
                ? socket.set(udp, Int32(CVTEP_UDP_NO_CHECK6_TX), Int32(1))
                : socket.set(SOL_SOCKET, SO_NO_CHECK, Int32(1))
            try attempt.require(code, "sending a zero checksum")
        }
        socket.setBuffers(receive: 0, send: options.socketBuffer)
        try bindSourcePort(socket)
        return socket
    }

    /// Whether the kernel splits runs of datagrams that this socket sends, one with checksums.
    func segments(_ socket: borrowing Descriptor) -> Bool {
        options.offloads.contains(.segmentation)
            && socket.option(udp, Int32(CVTEP_UDP_SEGMENT)) != nil
    }

    /// RFC 7348 §4.3 forbids a VTEP to fragment. With the bit, what exceeds the path MTU is refused; without, what
    /// exceeds the link's, and a router on the way may still fragment.
    private func neverFragment(_ socket: borrowing Descriptor, dontFragment: Bool) throws(VTEPError) {
        let value = dontFragment || isV6 ? CVTEP_IP_PMTUDISC_DO : CVTEP_IP_PMTUDISC_INTERFACE
        let code = socket.set(
            isV6 ? Int32(IPPROTO_IPV6) : Int32(IPPROTO_IP), isV6 ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER,
            Int32(value))
        try attempt.require(code, "forbidding fragments")
    }

    /// Group traffic leaves by our link, stays on it unless a transmission says otherwise, and does not come back.
    private func configureGroups(_ socket: borrowing Descriptor) throws(VTEPError) {
        let level = isV6 ? Int32(IPPROTO_IPV6) : Int32(IPPROTO_IP)
        try attempt.require(
            socket.set(level, isV6 ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL, Int32(1)), "the groups' TTL")
        try attempt.require(
            socket.set(level, isV6 ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP, Int32(0)), "IP_MULTICAST_LOOP")
        if scope != 0 {
            let code = cvtep_set_group_interface(socket.number, domain, Int32(scope))
            try attempt.require(0 &- code, "choosing the link for groups")
        }
    }

    /// Takes a free port of the range, beginning anywhere in it.
    private func bindSourcePort(_ socket: borrowing Descriptor) throws(VTEPError) {
        let count = options.sourcePorts.count
        let start = Int.random(in: 0..<count)
        var code = EADDRINUSE
        for step in 0..<count {
            let port = options.sourcePorts.lowerBound + UInt16((start + step) % count)
            if port == options.port { continue }
            code = bind(socket, port: port)
            if code != EADDRINUSE { break }
        }
        try attempt.require(
            code, "binding a transmit socket", remedy: code == EADDRINUSE ? "widen the range of source ports" : "")
    }

    /// A socket that asks the kernel for the MTU of paths.
    func prober() throws(VTEPError) -> Descriptor {
        let socket = try open()
        try bindToDevice(socket)
        try neverFragment(socket, dontFragment: true)
        _ = cvtep_receive_nothing(socket.number)
        if options.localAddress != nil { try attempt.require(bind(socket, port: 0), "binding a socket") }
        return socket
    }
}

// MARK: - Both

extension UnderlaySockets {
    private var udp: Int32 { Int32(CVTEP_SOL_UDP) }

    private func bindToDevice(_ socket: borrowing Descriptor) throws(VTEPError) {
        guard let device = options.device else { return }
        let code = unsafe setsockopt(socket.number, SOL_SOCKET, SO_BINDTODEVICE, device, socklen_t(device.utf8.count))
        let failure = code == 0 ? 0 : errno
        // The scope of groups and link-local addresses names the link already: without the privilege, that must do.
        if failure == EPERM { return }
        try attempt.require(failure, "SO_BINDTODEVICE")
    }

    /// 0, or the errno value.
    private func bind(_ socket: borrowing Descriptor, port: UInt16) -> Int32 {
        let any: IPAddress = isV6 ? .v6(.unspecified) : .v4(IPv4Address(rawValue: 0))
        var address = cvtep_address(options.localAddress ?? any, port: port, scope: scope)
        let number = socket.number
        return unsafe address.withSocketAddress { unsafe Glibc.bind(number, $0, $1) == 0 ? 0 : errno }
    }
}
