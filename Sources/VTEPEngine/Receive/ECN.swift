internal import VTEPWire

/// RFC 6040 §4.2: what the inner mark becomes when the outer header is taken off.
///
///     inner \ outer   Not-ECT   ECT(0)   ECT(1)   CE
///     Not-ECT         Not-ECT   Not-ECT  Not-ECT  drop
///     ECT(0)          ECT(0)    ECT(0)   ECT(1)   CE
///     ECT(1)          ECT(1)    ECT(1)   ECT(1)   CE
///     CE              CE        CE       CE       CE
@inline(__always)
func decapsulatedECN(outer: UInt8, inner: UInt8) -> UInt8? {
    if outer == 3 { return inner == 0 ? nil : 3 }
    return outer == 1 && inner == 2 ? 1 : inner
}

extension IPv4Header {
    /// Marks the packet. False if it must be dropped.
    @inline(__always)
    func decapsulateECN(outer: UInt8) -> Bool {
        // Only CE and ECT(1) ever change anything.
        outer & 1 == 0 || mark(outer)
    }

    private func mark(_ outer: UInt8) -> Bool {
        let old = bytes.u16(0)
        guard let mark = decapsulatedECN(outer: outer, inner: UInt8(old & 3)) else { return false }
        let new = old & ~3 | UInt16(mark)
        if new != old {
            bytes.set(u16: new, at: 0)
            bytes.set(u16: InternetChecksum.updated(checksum, from: old, to: new), at: 10)
        }
        return true
    }
}

extension IPv6Header {
    /// Marks the packet. False if it must be dropped.
    @inline(__always)
    func decapsulateECN(outer: UInt8) -> Bool {
        outer & 1 == 0 || mark(outer)
    }

    private func mark(_ outer: UInt8) -> Bool {
        guard let mark = decapsulatedECN(outer: outer, inner: trafficClass & 3) else { return false }
        bytes.set(u16: bytes.u16(0) & ~0x0030 | UInt16(mark) << 4, at: 0)
        return true
    }
}
