internal import VTEPNetlink
internal import VTEPWire

/// What is wrong with an option, and what to do instead.
struct BadOption: Error {
    let reason: String
    var remedy = ""
}

extension VXLANOptions {
    /// What can be told from the options alone, in our own words.
    func check() throws(BadOption) {
        if destinationPort == 0 {
            throw BadOption(reason: "UDP port 0 cannot be used", remedy: "4789 is the assigned one")
        }
        if let ports = sourcePorts, ports.lowerBound == 0 {
            throw BadOption(reason: "the source ports start at 0", remedy: "start them at 1 or higher")
        }
        if ageing == 0 {
            throw BadOption(
                reason: "an ageing of 0 s is not possible: the kernel takes it for 300", remedy: "use up to 2147483")
        }
        if let ageing, ageing > UInt32(Int32.max) / 1000 {
            throw BadOption(reason: "an ageing of \(ageing) s is too long", remedy: "use up to 2147483")
        }
        if let flowLabel, flowLabel > 0xF_FFFF {
            throw BadOption(reason: "the flow label \(flowLabel) has more than 20 bits", remedy: "use up to 1048575")
        }
        if let dontFragment, dontFragment.rawValue > DontFragment.inherit.rawValue {
            throw BadOption(reason: "\"don't fragment\" is \(dontFragment.rawValue); 0...2 are possible")
        }
        if let flowLabelPolicy, flowLabelPolicy.rawValue > FlowLabelPolicy.inherit.rawValue {
            throw BadOption(reason: "the flow label's policy is \(flowLabelPolicy.rawValue); 0 and 1 are possible")
        }
    }

    /// Flow labels are IPv6's. The kernel goes by the addresses a device has.
    func checkFlowLabel(family: IPAddress.Family) throws(BadOption) {
        guard family == .v4 else { return }
        let remedy = "leave it out, or give the device an IPv6 address"
        if let flowLabel, flowLabel != 0 {
            throw BadOption(reason: "a flow label is possible over IPv6 only", remedy: remedy)
        }
        if let flowLabelPolicy, flowLabelPolicy != .fixed {
            throw BadOption(reason: "a policy for flow labels is possible over IPv6 only", remedy: remedy)
        }
    }

    /// VXLAN-GPE has a device without Ethernet, and nothing that depends on MAC addresses or on other header bits.
    func checkGPE(external: Bool) throws(BadOption) {
        guard genericProtocolExtension == true else { return }
        if !external { throw BadOption(reason: "VXLAN-GPE is possible on external devices only") }
        if learning != false {
            throw BadOption(reason: "VXLAN-GPE does not learn addresses", remedy: "switch learning off")
        }
        let excluded: [(Bool?, String)] = [
            (proxy, "proxy"), (routeShortCircuit, "route short circuit"), (l2Miss, "L2 miss notifications"),
            (l3Miss, "L3 miss notifications"), (groupBasedPolicy, "group policy"),
            (remoteChecksumTransmit, "remote checksum offload"), (remoteChecksumReceive, "remote checksum offload"),
            (remoteChecksumNoPartial, "remote checksum offload"), (inheritsTimeToLive, "an inherited TTL"),
        ]
        if let (_, name) = excluded.first(where: { $0.0 == true }) {
            throw BadOption(reason: "VXLAN-GPE excludes \(name)")
        }
    }
}
