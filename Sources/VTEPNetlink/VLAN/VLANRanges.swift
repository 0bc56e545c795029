internal import VTEPWire

// Neighbours that are alike become one entry, as `bridge -c vlan` shows them.

extension BridgeVLAN {
    /// - Parameter vlans: each link's in ascending order.
    static func joined(_ vlans: [BridgeVLAN]) -> [BridgeVLAN] {
        var result: [BridgeVLAN] = []
        for var vlan in vlans {
            vlan.statistics = nil
            if let last = result.last, last.isFollowed(by: vlan) {
                result[result.count - 1].vlans = last.vlans.lowerBound...vlan.vlans.upperBound
            } else {
                result.append(vlan)
            }
        }
        return result
    }

    private func isFollowed(by other: BridgeVLAN) -> Bool {
        guard vlans.isFollowed(by: other.vlans), !isPVID else { return false }
        var alike = other
        alike.vlans = vlans
        return alike == self
    }
}

extension VLANTunnel {
    /// - Parameter tunnels: each link's in ascending order.
    static func joined(_ tunnels: [VLANTunnel]) -> [VLANTunnel] {
        var result: [VLANTunnel] = []
        for tunnel in tunnels {
            if let last = result.last, last.isFollowed(by: tunnel) {
                result[result.count - 1].vlans = last.vlans.lowerBound...tunnel.vlans.upperBound
            } else {
                result.append(tunnel)
            }
        }
        return result
    }

    private func isFollowed(by other: VLANTunnel) -> Bool {
        linkIndex == other.linkIndex && vlans.isFollowed(by: other.vlans)
            && Int(other.firstVNI.rawValue) == Int(firstVNI.rawValue) + vlans.count
    }
}

extension ClosedRange<UInt16> {
    fileprivate func isFollowed(by other: ClosedRange<UInt16>) -> Bool {
        Int(upperBound) + 1 == Int(other.lowerBound)
    }
}
