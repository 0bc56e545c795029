/// What the tables with open addressing and linear probing have in common.
enum OpenAddressing {
    /// Takes an element out: those behind it that had made way for it move up, so that no gap and no mark remains.
    ///
    /// - Parameters:
    ///   - mask: the number of places less one; a power of two less one.
    ///   - isEmpty: whether a place is.
    ///   - home: where the element at a place would like to be.
    ///   - move: puts the element of the first place into the second.
    /// - Returns: the place that is free now, to be made empty.
    @inline(__always)
    static func closeGap(
        at place: Int, mask: Int, isEmpty: (Int) -> Bool, home: (Int) -> Int, move: (Int, Int) -> Void
    ) -> Int {
        var gap = place
        var next = (gap &+ 1) & mask
        while !isEmpty(next) {
            // It may move only if the gap is not before its home: if the way home → next leads over the gap.
            if (next &- home(next)) & mask >= (next &- gap) & mask {
                move(next, gap)
                gap = next
            }
            next = (next &+ 1) & mask
        }
        return gap
    }
}
