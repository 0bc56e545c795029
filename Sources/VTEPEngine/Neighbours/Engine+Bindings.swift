public import VTEPWire

extension Engine {
    /// Says which station has an IP address, for ARP and ND (``VNIPolicy/neighbours``). One of the same address is
    /// replaced; where there is no room, a learnt one makes it.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI, ``VTEPError/Kind/noSpace`` if there are as many as the
    ///   configuration allows, ``VTEPError/Kind/invalidArgument`` for an address that no single host has.
    public mutating func setBinding(
        _ address: IPAddress, to station: MACAddress, isRouter: Bool = false, in vni: VNI
    ) throws(VTEPError) {
        let place = try find(vni, "set the neighbour binding")
        guard !address.isMulticast, !address.isUnspecified, station.isUnicast, !station.isZero else {
            throw VTEPError(
                .invalidArgument, attempted: "set the neighbour binding", subject: "\(address) \(station)",
                reason: "no single host has this address")
        }
        let address = UnderlayAddress(address)
        let old = bindings.find(place, address)
        if old >= 0 { bindings.remove(at: old) }
        let binding = Binding(
            address: address, station: FDBSlot.key(vni: place, address: station.rawValue), seen: 0,
            flags: Binding.isStatic | (isRouter ? Binding.isRouter : 0))
        guard bindings.insert(binding) || bindings.makeRoom(place, address) && bindings.insert(binding) else {
            throw VTEPError(
                .noSpace, attempted: "set the neighbour binding", subject: "\(address.address)",
                reason: "the engine has room for \(bindings.limit) bindings", remedy: "raise maximumBindings")
        }
    }

    /// Takes a binding back, whether it was set or learnt.
    ///
    /// - Throws: ``VTEPError/Kind/notFound``.
    public mutating func removeBinding(_ address: IPAddress, from vni: VNI) throws(VTEPError) {
        let index = bindings.find(try find(vni, "remove the neighbour binding"), UnderlayAddress(address))
        guard index >= 0 else {
            throw VTEPError(
                .notFound, attempted: "remove the neighbour binding", subject: "\(address)",
                reason: "VNI \(vni) has no such binding")
        }
        bindings.remove(at: index)
    }

    /// The station that has an IP address. Nil if that is not known.
    ///
    /// - Throws: ``VTEPError/Kind/notFound`` for the VNI.
    public func binding(of address: IPAddress, in vni: VNI) throws(VTEPError) -> MACAddress? {
        let index = bindings.find(try find(vni, "find the neighbour binding"), UnderlayAddress(address))
        return index < 0 ? nil : MACAddress(rawValue: bindings.slots[index].mac)
    }

    /// Takes out the bindings of a VNI.
    mutating func flushBindings(_ place: Int) {
        var index = 0
        while bindings.count > 0, index < bindings.slots.count {
            if bindings.slots[index].station != 0, bindings.slots[index].vni == place {
                bindings.remove(at: index)
            } else {
                index += 1
            }
        }
    }

    /// Notes what an ARP or ND packet said of its sender. A static binding stays, and a learnt one of another station
    /// unless the packet `replaces` it.
    mutating func learnBinding(
        _ place: Int, _ address: UnderlayAddress, _ station: UInt64, replaces: Bool = true, _ now: Milliseconds
    ) {
        guard station & 0x0100_0000_0000 == 0, station != 0, address != .unspecified, !address.isMulticast else {
            return
        }
        let index = bindings.find(place, address)
        let key = FDBSlot.key(vni: place, address: station)
        if index < 0 {
            _ = bindings.insert(
                Binding(address: address, station: key, seen: FDBSlot.stamp(now), flags: 0))
        } else if bindings.slots[index].flags & Binding.isStatic == 0, replaces || bindings.slots[index].station == key
        {
            bindings.slots[index].station = key
            bindings.slots[index].seen = FDBSlot.stamp(now)
        }
    }

    /// Lets learnt bindings go that were not heard of for as long as FDB entries stay. A part of the table each time.
    mutating func ageBindings(_ slots: Int, _ now: Milliseconds) {
        let stamp = FDBSlot.stamp(now)
        var left = min(slots, bindings.slots.count)
        while bindings.count > 0, left > 0 {
            left -= 1
            if bindingSweep >= bindings.slots.count { bindingSweep = 0 }
            let slot = bindings.slots[bindingSweep]
            if slot.station != 0, slot.flags & Binding.isStatic == 0, isOld(slot, stamp) {
                bindings.remove(at: bindingSweep)
            } else {
                bindingSweep += 1
            }
        }
    }

    private func isOld(_ slot: Binding, _ stamp: UInt32) -> Bool {
        let ageing = vnis.element(slot.vni).value.policy.ageing
        return ageing != 0 && FDBSlot.elapsed(since: slot.seen, at: stamp) >= ageing * 10
    }
}
