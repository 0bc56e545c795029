internal import VTEPDevice
internal import VTEPNetlink
internal import VTEPWire

extension Endpoint {
    /// Opens a TAP device and sets its interface up. Where that fails the device goes again.
    func openTAP(_ configuration: TAPConfiguration) throws(VTEPError) -> TAP {
        var options = TAPOptions(name: configuration.name)
        options.queues = configuration.queues
        options.offloads = configuration.offloads
        let tap = try namespace.withDescriptor(attempted: "open the TAP") { netns throws(VTEPError) in
            try TAP(options, netns: netns)
        }
        try setUp(tap.name, as: configuration)
        return tap
    }

    private func setUp(_ name: String, as configuration: TAPConfiguration) throws(VTEPError) {
        let host = try Host(in: namespace)
        if let address = configuration.macAddress { try host.setMACAddress(of: name, to: address) }
        let mtu = if let mtu = configuration.mtu { mtu } else { try defaultMTU(host) }
        try host.setMTU(of: name, to: mtu)
        if let master = configuration.master { try host.setMaster(of: name, to: master) }
        for prefix in configuration.addresses { try host.addAddress(prefix, to: name) }
        if configuration.up { try host.setLink(name, up: true) }
    }

    /// What fits through every underlay, as far as its link is known.
    private func defaultMTU(_ host: borrowing Host) throws(VTEPError) -> UInt32 {
        var smallest = UInt32.max
        for underlay in pump.underlays {
            let options = underlay.options
            let overhead: UInt32 = options.family == .v6 ? 70 : 50
            var link = UInt32(1500)
            if let device = options.device {
                link = try host.link(named: device).mtu
            } else if let address = options.localAddress,
                let owner = try host.addresses().first(where: { $0.prefix.address == address })
            {
                link = try host.link(index: owner.linkIndex).mtu
            }
            // As much as a frame can have; less than IPv4 needs no link has.
            smallest = min(smallest, min(max(link, 68 + overhead), 65_535) - overhead)
        }
        return smallest
    }
}
