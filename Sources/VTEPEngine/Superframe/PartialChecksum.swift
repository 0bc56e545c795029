internal import VTEPWire

extension PacketBytes {
    /// Completes a checksum whose field holds the pseudo header's sum, as the kernel's `skb_checksum_help` does: over all
    /// bytes from `start` to the end. False, with nothing written, where the places lie outside.
    @inline(never)
    func completeChecksum(_ offload: Offload) -> Bool {
        let start = Int(offload.checksumStart)
        let place = start &+ Int(offload.checksumOffset)
        guard start >= EthernetHeader.length, holds(2, at: place) else { return false }
        var sum = InternetChecksum()
        sum.add(dropping(start))
        // 0 would say that there is no checksum, to UDP; to TCP the two are the same.
        set(u16: sum.udpValue, at: place)
        return true
    }
}
