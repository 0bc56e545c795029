import CVTEPLinux
import Glibc
import TestNetwork
import VTEPNetlink

/// A netlink socket that hands out the kernel's datagrams as they came.
final class RawNetlink {
    let descriptor: Int32

    init(in namespace: TestNamespace) throws {
        descriptor = withExtendedLifetime(namespace) { cvtep_netlink_socket_in(namespace.descriptor) }
        guard descriptor >= 0 else { throw Failure("no socket: errno \(0 &- descriptor)") }
        var on: Int32 = 1
        // NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK; without NETLINK_CAP_ACK an error echoes the whole request.
        for option in [11, 12] as [Int32] { unsafe setsockopt(descriptor, 270, option, &on, 4) }
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        guard unsafe Glibc.send(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw Failure("send: \(errno)")
        }
    }

    /// Sends to another socket of the same namespace instead of the kernel.
    func send(_ bytes: [UInt8], toPortOf other: Int32) -> Int {
        // struct sockaddr_nl: family, padding, port, groups.
        var address = [UInt8](repeating: 0, count: 12)
        var length = socklen_t(address.count)
        return unsafe address.withUnsafeMutableBytes { storage in
            guard let target = unsafe storage.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            unsafe getsockname(other, target, &length)
            return unsafe sendto(descriptor, bytes, bytes.count, 0, target, length)
        }
    }

    func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw Failure("recv: \(errno)") }
        return Array(buffer[..<count])
    }

    /// All datagrams of a dump. `header` is the fixed header that the request has.
    func dump(_ type: UInt16, header: [UInt8]) throws -> [[UInt8]] {
        try send(Bytes.message(type, flags: 0x301, header))
        var datagrams: [[UInt8]] = []
        while true {
            let datagram = try receive()
            datagrams.append(datagram)
            // NLMSG_DONE comes in a datagram of its own, or last in one.
            if datagram.count >= 20, Everything.endsDump(datagram) { return datagrams }
        }
    }

    /// One of everything the library reads: links of each kind, addresses, routes, neighbours, FDB entries, errors.
    static func realReplies() throws -> [[UInt8]] {
        let namespace = try TestNamespace()
        try namespace.addUnderlay()
        try namespace.ip(
            """
            link add br0 type bridge
            link add vxlan0 type vxlan id 120 dstport 4789 remote 192.168.50.29 local 192.168.50.233 dev u0 srcport 9 99
            link add vxlan1 type vxlan id 121 dstport 4789 group ff05::5 dev u0
            link set vxlan0 master br0 alias one
            route add 10.1.0.0/16 nexthop via 192.168.50.1 weight 3 nexthop via inet6 fd50::9 dev u0
            route add 2001:db8::/32 via fd50::9
            neighbour add 192.168.50.7 lladdr 02:00:00:00:00:07 dev u0
            neighbour add fd50::7 lladdr 02:00:00:00:00:07 dev u0
            nexthop add id 1 via 192.168.50.1 dev u0
            nexthop add id 2 via 192.168.50.2 dev u0 encap ip id 7 dst 192.168.50.29
            nexthop add id 3 group 1/2,7 type resilient buckets 4
            route add 10.2.0.0/16 nhid 3 mtu lock 1400
            rule add from 10.0.0.0/8 iif u0 fwmark 7/15 ipproto udp dport 4789 uidrange 0-0 table 1000
            """)
        let socket = try RawNetlink(in: namespace)
        let zero = { (count: Int) in [UInt8](repeating: 0, count: count) }
        var replies = try socket.dump(18, header: zero(16))  // RTM_GETLINK
        replies += try socket.dump(22, header: zero(8))  // RTM_GETADDR
        replies += try socket.dump(26, header: zero(12))  // RTM_GETROUTE
        replies += try socket.dump(34, header: zero(12))  // RTM_GETRULE
        replies += try socket.dump(106, header: zero(8))  // RTM_GETNEXTHOP
        replies += try socket.dump(118, header: zero(8))  // RTM_GETNEXTHOPBUCKET
        replies += try socket.dump(30, header: zero(12))  // RTM_GETNEIGH
        replies += try socket.dump(30, header: [7] + zero(11))  // RTM_GETNEIGH of AF_BRIDGE
        try socket.send(Bytes.message(16, flags: 0x605, zero(16) + Bytes.attribute(3, Array("u0\0".utf8))))
        return replies + [try socket.receive()]
    }
}

extension Everything {
    static func endsDump(_ datagram: [UInt8]) -> Bool {
        var offset = 0
        while datagram.count - offset >= 16 {
            let length = Int(datagram[offset]) | Int(datagram[offset + 1]) << 8 | Int(datagram[offset + 2]) << 16
            if datagram[offset + 4] == 3, datagram[offset + 5] == 0 { return true }
            offset += max(16, (length + 3) & ~3)
        }
        return false
    }
}
