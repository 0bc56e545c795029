internal import CVTEPLinux
internal import Glibc
internal import VTEPWire

/// The socket that the kernel's notifications arrive at. It holds what has not been read yet, up to the size of its
/// buffer; what does not fit is lost, and ``receive(_:)`` says so.
@safe final class Subscription {
    enum Arrival: Equatable {
        case some
        case nothing
        /// Notifications were lost: there was no room for them (`ENOBUFS`), or one was longer than we can take.
        case lost
    }

    let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer

    /// Bytes; a route of some 400 next hops fits.
    private static let longest = 16 << 10
    private static let datagrams = Int(CVTEP_RECEIVE_MOST)

    init(
        in namespace: NetworkNamespace, _ tables: WatchedTables, bufferSize: Int32, _ purpose: Purpose
    ) throws(VTEPError) {
        descriptor = try namespace.withDescriptor(attempted: purpose.attempted) { netns throws(VTEPError) in
            let descriptor = netns.map { cvtep_netlink_socket_in($0) } ?? cvtep_netlink_socket()
            guard descriptor >= 0 else {
                throw VTEPError(systemCall: "opening the socket", errno: 0 &- descriptor, purpose)
            }
            return descriptor
        }
        unsafe buffer = .allocate(byteCount: Subscription.longest * Subscription.datagrams, alignment: 16)
        // The forced kind exceeds the system's limit; it needs a privilege that a reader may lack.
        if !set(SO_RCVBUFFORCE, bufferSize) { _ = set(SO_RCVBUF, bufferSize) }
        for group in tables.groups {
            let status = cvtep_netlink_join(descriptor, group)
            // A kernel built without the table has no such group: nothing will ever happen in it.
            if status < 0, status != 0 &- EINVAL, status != 0 &- ENOENT {
                throw VTEPError(systemCall: "joining a multicast group", errno: 0 &- status, purpose)
            }
        }
    }

    deinit {
        close(descriptor)
        unsafe buffer.deallocate()
    }

    private func set(_ option: Int32, _ value: Int32) -> Bool {
        var value = value
        return unsafe setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
    }

    /// Hands out the notifications that have arrived, as many as one system call brings.
    func receive(_ purpose: Purpose, _ visit: (Reply) throws(VTEPError) -> Void) throws(VTEPError) -> Arrival {
        var lengths = [UInt32](repeating: 0, count: Subscription.datagrams)
        let received = unsafe cvtep_netlink_receive(
            descriptor, buffer.baseAddress, UInt32(Subscription.longest), UInt32(Subscription.datagrams), &lengths)
        switch received {
        case 0 &- EAGAIN, 0: return .nothing
        case 0 &- EINTR: return .some
        case 0 &- ENOBUFS: return .lost
        case ..<0: throw VTEPError(systemCall: "receiving notifications", errno: 0 &- received, purpose)
        default: break
        }
        var arrival = Arrival.some
        for (place, length) in lengths.prefix(Int(received)).enumerated() {
            guard length <= Subscription.longest else {
                arrival = .lost
                continue
            }
            let start = place * Subscription.longest
            let datagram = unsafe UnsafeRawBufferPointer(rebasing: buffer[start..<start + Int(length)])
            for reply in unsafe Replies(datagram) { try visit(reply) }
        }
        return arrival
    }

    /// Drops what has arrived. As long as something is there, the kernel accepts nothing new after an overrun.
    func discard(_ purpose: Purpose) throws(VTEPError) {
        // Bounded, should others write faster than we can read.
        for _ in 0..<10_000 where try receive(purpose, { _ in }) == .nothing { return }
    }
}
