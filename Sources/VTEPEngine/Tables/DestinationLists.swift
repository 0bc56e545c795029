/// Where one copy of a frame goes in the underlay.
struct Destination: BitwiseCopyable, Equatable {
    /// The remote's number.
    var remote: UInt32
    /// The VNI to send with; ``ownVNI``: the one the frame is of.
    var vni: UInt32
    /// The UDP port; 0: the VNI's.
    var port: UInt16

    static var ownVNI: UInt32 { .max }
}

/// A row of destinations, in memory of its own.
@safe
struct DestinationList: BitwiseCopyable {
    var elements: UnsafeMutablePointer<Destination>?
    var count: UInt32
    var capacity: UInt32

    static var empty: DestinationList { unsafe DestinationList(elements: nil, count: 0, capacity: 0) }

    @inline(__always)
    subscript(index: Int) -> Destination {
        assert(index >= 0 && index < count)
        return unsafe elements.unsafelyUnwrapped[index]
    }

    func contains(_ destination: Destination) -> Bool { position(of: destination) != nil }

    func position(of destination: Destination) -> Int? {
        for index in 0..<Int(count) where self[index] == destination { return index }
        return nil
    }

    /// How many are sent with a VNI of their own.
    var overrides: Int {
        var overrides = 0
        for index in 0..<Int(count) where self[index].vni != Destination.ownVNI { overrides += 1 }
        return overrides
    }

    mutating func append(_ destination: Destination) {
        if count == capacity { grow() }
        unsafe elements.unsafelyUnwrapped[Int(count)] = destination
        count += 1
    }

    /// Removes one; the last takes its place.
    mutating func remove(at index: Int) {
        count -= 1
        unsafe elements.unsafelyUnwrapped[index] = elements.unsafelyUnwrapped[Int(count)]
    }

    private mutating func grow() {
        let larger = max(capacity * 2, 4)
        let memory = UnsafeMutablePointer<Destination>.allocate(capacity: Int(larger))
        if let elements = unsafe elements {
            unsafe memory.update(from: elements, count: Int(count))
            unsafe elements.deallocate()
        }
        unsafe elements = memory
        capacity = larger
    }

    mutating func free() {
        unsafe elements?.deallocate()
        self = .empty
    }
}

/// The rows of FDB entries with several remotes, or with a VNI or port of their own, by number.
struct DestinationLists: ~Copyable {
    private var lists: [DestinationList] = []
    private var free: [UInt32] = []

    init() {}

    deinit {
        for index in lists.indices { lists[index].discard() }
    }

    @inline(__always)
    subscript(number: UInt32) -> DestinationList {
        get { lists[Int(number)] }
        set { lists[Int(number)] = newValue }
    }

    mutating func add(_ list: DestinationList) -> UInt32 {
        if let number = free.popLast() {
            lists[Int(number)] = list
            return number
        }
        lists.append(list)
        return UInt32(lists.count - 1)
    }

    mutating func remove(_ number: UInt32) {
        lists[Int(number)].free()
        free.append(number)
    }
}

extension DestinationList {
    /// Frees the memory, in a place that ends with its owner.
    func discard() { unsafe elements?.deallocate() }
}
