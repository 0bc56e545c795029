internal import VTEPWire

// Neighbours that are alike become one entry, as `bridge -c vlan` shows them. Each link's come in ascending order.

extension BridgeVLAN {
    static func joined(_ vlans: [BridgeVLAN]) -> [BridgeVLAN] {
        let uncounted = vlans.map { vlan in
            var vlan = vlan
            vlan.statistics = nil
            return vlan
        }
        return join(uncounted, \.vlans) { $0.isAlike($1) && !$0.isPVID }
    }

    private func isAlike(_ other: BridgeVLAN) -> Bool {
        var other = other
        other.vlans = vlans
        return other == self
    }
}

extension VLANTunnel {
    static func joined(_ tunnels: [VLANTunnel]) -> [VLANTunnel] {
        join(tunnels, \.vlans) {
            $0.linkIndex == $1.linkIndex
                && Int($1.firstVNI.rawValue) == Int($0.firstVNI.rawValue) + $0.vlans.count
        }
    }
}

private func join<Entry>(
    _ entries: [Entry], _ vlans: WritableKeyPath<Entry, ClosedRange<UInt16>>, _ belong: (Entry, Entry) -> Bool
) -> [Entry] {
    var result: [Entry] = []
    for entry in entries {
        let own = entry[keyPath: vlans]
        if var last = result.last, Int(last[keyPath: vlans].upperBound) + 1 == Int(own.lowerBound), belong(last, entry)
        {
            last[keyPath: vlans] = last[keyPath: vlans].lowerBound...own.upperBound
            result[result.count - 1] = last
        } else {
            result.append(entry)
        }
    }
    return result
}
