package import VTEP

extension TestNamespace {
    /// An underlay within one namespace: `u0` (192.168.50.233, fd50::1) wired to `u1`, both up, and always the same MAC
    /// addresses, so that two namespaces prepared like this are alike in every field. They get no link-local addresses:
    /// these come in the background, and not at all to an end whose peer goes down first.
    package func addUnderlay() throws {
        try ip(
            """
            link add u0 address 02:50:00:00:00:01 type veth peer name u1 address 02:50:00:00:00:02
            link set u0 addrgenmode none
            link set u1 addrgenmode none
            link set u1 up
            link set u0 up
            address add 192.168.50.233/24 dev u0
            address add fd50::1/64 dev u0 nodad
            """)
        // The last that the kernel does for a link that came up, in the background: not before are two namespaces alike.
        let host = try host()
        _ = try eventually {
            try host.routes(family: .v6, table: .local).filter { $0.type == .multicast }.count
        } until: {
            $0 >= 2
        }
    }
}

extension View {
    /// Both observers' views of one namespace, taken once nothing changes any more: addresses settle and links come up
    /// in the background. Empty differences mean that they agree.
    package static func disagreements(in namespace: TestNamespace, _ host: borrowing Host) throws -> [String] {
        for _ in 0..<100 {
            let ours = try View(host)
            let differences = try ours.differences(from: View(namespace))
            if differences.isEmpty { return [] }
            if try View(host) == ours { return differences }
        }
        throw Failure("the namespace did not come to rest")
    }
}
