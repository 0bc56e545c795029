import TestNetwork

/// The wire between the host of the VTEP under test and its peers. The peers are no hosts: what they send is made here,
/// byte by byte, and what reaches them is read off the wire. Their end of it has no addresses, so nothing there answers.
final class Underlay: Sendable {
    static let vtep = "192.168.50.233"
    static let vtep6 = "fd50::233"
    static let vtepMAC = "02:50:00:00:00:01"
    /// The remote that every VTEP under test knows.
    static let peer = "192.168.50.29"
    static let peer6 = "fd50::29"
    static let peerMAC = "02:50:00:00:00:02"
    /// Further VTEPs, which the one under test may hear of.
    static let others = (30...35).map { "192.168.50.\($0)" }

    let host: TestNamespace
    /// The peers' end of the wire.
    let wire: Frames

    /// Runs of datagrams are split before they reach the wire, where the packet socket would see them as one.
    init() throws {
        host = try TestNamespace()
        try host.ip(
            """
            link add u0 address \(Underlay.vtepMAC) type veth peer name u1 address \(Underlay.peerMAC)
            link set u0 addrgenmode none
            link set u1 addrgenmode none
            link set u0 gso_max_segs 1
            link set u1 up
            link set u0 up
            address add \(Underlay.vtep)/24 dev u0
            address add \(Underlay.vtep6)/64 dev u0 nodad
            """)
        for address in [Underlay.peer, Underlay.peer6] + Underlay.others {
            try host.run("ip neighbour add \(address) lladdr \(Underlay.peerMAC) nud permanent dev u0")
        }
        wire = try host.frames(on: "u1")
    }
}
