internal import CVTEP
internal import VTEP

/// The pair `flags` and `flags_mask` of a struct that is read: truth values, each of which may be left out.
struct Flags {
    private let on: UInt32
    private let mask: UInt32

    /// - Parameter known: the bits that this version knows.
    init(_ on: UInt32, mask: UInt32, known: Int, _ arguments: Arguments) throws(VTEPError) {
        let unknown = mask & ~UInt32(truncatingIfNeeded: known)
        if unknown != 0 {
            throw arguments.invalid(
                "flags_mask has bits that this library does not know: \(unknown)",
                "the program needs a newer libvtep")
        }
        if on & ~mask != 0 {
            throw arguments.invalid("flags has bits that flags_mask lacks: \(on & ~mask)", "set them in both")
        }
        self.on = on
        self.mask = mask
    }

    /// `nil` where it is not set.
    subscript(bit: Int) -> Bool? { mask.sets(bit) ? on.sets(bit) : nil }
}
