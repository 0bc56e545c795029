internal import CVTEP

/// What the elements of a list point to; it lives as long as the list.
@safe final class ListMemory {
    private var blocks: [UnsafeMutableRawPointer] = unsafe []

    /// A copy that stays where it is. `nil` of nothing.
    func store<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element>? {
        if elements.isEmpty { return nil }
        let block = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        unsafe block.initialize(from: elements, count: elements.count)
        unsafe blocks.append(UnsafeMutableRawPointer(block))
        return unsafe UnsafePointer(block)
    }

    deinit { unsafe blocks.forEach { unsafe $0.deallocate() } }
}
