public import VTEP

extension TutorialTables {
    /// A line for each VXLAN device.
    public var detailsOfVXLANs: String {
        links.filter { $0.kind == .vxlan }.map(details).joined(separator: "\n")
    }

    /// One line: `vxlan0: vxlan id 120 remote 192.168.50.29 dev enp1s0 …`, in the words of `ip -d link`.
    public func details(of link: Link) -> String {
        guard case .vxlan(let vxlan) = link.details else { return "\(link.name): \(link.kind)" }
        let parts = [identity(vxlan), forwarding(vxlan), checksums(vxlan)]
        return "\(link.name): vxlan \(parts.joined(separator: " "))"
    }

    private func identity(_ vxlan: VXLANAttributes) -> String {
        var words = [vxlan.vni.map { "id \($0)" } ?? "external"]
        if let destination = vxlan.destination { words.append("\(destination)") }
        if let local = vxlan.local { words.append("local \(local)") }
        if let device = vxlan.deviceIndex { words.append("dev \(name(ofIndex: device))") }
        // 0 0 stands for the kernel's own range, net.ipv4.ip_local_port_range.
        words.append("srcport \(vxlan.sourcePorts?.lowerBound ?? 0) \(vxlan.sourcePorts?.upperBound ?? 0)")
        words.append("dstport \(vxlan.destinationPort)")
        return words.joined(separator: " ")
    }

    private func forwarding(_ vxlan: VXLANAttributes) -> String {
        var words: [String] = []
        if !vxlan.learning { words.append("nolearning") }
        if vxlan.typeOfService == 1 {
            words.append("tos inherit")
        } else if vxlan.typeOfService != 0 {
            words.append("tos 0x" + String(vxlan.typeOfService, radix: 16))
        }
        if vxlan.inheritsTimeToLive {
            words.append("ttl inherit")
        } else {
            words.append(vxlan.timeToLive == 0 ? "ttl auto" : "ttl \(vxlan.timeToLive)")
        }
        words.append(vxlan.ageing == 0 ? "ageing none" : "ageing \(vxlan.ageing)")
        if vxlan.maximumEntries != 0 { words.append("maxaddr \(vxlan.maximumEntries)") }
        return words.joined(separator: " ")
    }

    private func checksums(_ vxlan: VXLANAttributes) -> String {
        let switches = [
            ("udpcsum", vxlan.udpChecksum), ("udp6zerocsumtx", vxlan.udp6ZeroChecksumTransmit),
            ("udp6zerocsumrx", vxlan.udp6ZeroChecksumReceive),
        ]
        return switches.map { ($0.1 ? "" : "no") + $0.0 }.joined(separator: " ")
    }
}
