/// One place of the FDB's table, 16 bytes: four to a cache line. All zero is empty.
struct FDBSlot: BitwiseCopyable {
    /// The VNI's place in the engine plus one in the upper 16 bits, the MAC address in the lower 48. 0: empty.
    var key: UInt64
    /// The number of a port, a remote or a list, as ``state`` says.
    var target: UInt32
    /// Flags in the upper eight bits, the time of the last frame in the lower 24, in tenths of a second.
    var state: UInt32

    static var empty: FDBSlot { FDBSlot(key: 0, target: 0, state: 0) }

    @inline(__always)
    static func key(vni: Int, address: UInt64) -> UInt64 {
        UInt64(truncatingIfNeeded: vni &+ 1) << 48 | address
    }

    @inline(__always) var address: UInt64 { key & 0xFFFF_FFFF_FFFF }
    @inline(__always) var vni: Int { Int(key >> 48) &- 1 }

    // Flags.
    static var isStatic: UInt32 { 0x0100_0000 }
    static var isSticky: UInt32 { 0x0200_0000 }
    static var isExternal: UInt32 { 0x0400_0000 }
    static var isRouter: UInt32 { 0x0800_0000 }
    /// The target is a port. Neither of these two: a remote.
    static var isPort: UInt32 { 0x1000_0000 }
    static var isList: UInt32 { 0x2000_0000 }

    /// Neither static nor from a control plane: it ages, and counts against the limits.
    @inline(__always) var isLearnt: Bool { state & (FDBSlot.isStatic | FDBSlot.isExternal) == 0 }
    @inline(__always) func has(_ flag: UInt32) -> Bool { state & flag != 0 }

    /// The last frame's time in tenths of a second, modulo 2²⁴: 19 days.
    @inline(__always) var seen: UInt32 { state & 0x00FF_FFFF }

    @inline(__always)
    static func stamp(_ now: Milliseconds) -> UInt32 {
        UInt32(truncatingIfNeeded: now / 100) & 0x00FF_FFFF
    }

    /// Tenths of a second since the last frame.
    @inline(__always)
    func idle(at stamp: UInt32) -> UInt32 { FDBSlot.elapsed(since: seen, at: stamp) }

    /// Tenths of a second from one stamp to another. 0 where the other is a little earlier: several threads that look at
    /// the clock before they wait for the engine come to it in another order.
    @inline(__always)
    static func elapsed(since seen: UInt32, at stamp: UInt32) -> UInt32 {
        let elapsed = (stamp &- seen) & 0x00FF_FFFF
        // The longest ageing there is has 8,640,000.
        return elapsed < 0x00FF_0000 ? elapsed : 0
    }
}
