internal import Synchronization
internal import VTEPEngine

/// The ports of a pump, by their places in the engine's table.
///
/// A place is written under the engine's lock, and read by workers at any time. A port that was taken out is freed only
/// once no worker can be using it.
@safe struct PortTable: ~Copyable {
    private let slots: UnsafeMutablePointer<Atomic<UnsafeMutablePointer<PortSlot>?>>
    let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        unsafe slots = .allocate(capacity: capacity)
        for place in 0..<capacity { unsafe (slots + place).initialize(to: Atomic(nil)) }
    }

    deinit {
        for place in 0..<capacity {
            unsafe PortTable.free(slots[place].load(ordering: .relaxed))
            unsafe (slots + place).deinitialize(count: 1)
        }
        unsafe slots.deallocate()
    }

    static func free(_ slot: UnsafeMutablePointer<PortSlot>?) {
        guard let slot = unsafe slot else { return }
        unsafe slot.deinitialize(count: 1)
        unsafe slot.deallocate()
    }

    /// The place of a port in the engine's table.
    static func place(of port: PortID) -> Int { Int(port.rawValue & 0xFFFF) }

    func insert(_ port: consuming Port, _ id: PortID) -> UnsafeMutablePointer<PortSlot> {
        let slot = UnsafeMutablePointer<PortSlot>.allocate(capacity: 1)
        unsafe slot.initialize(to: PortSlot(port: port, id: id))
        unsafe slots[PortTable.place(of: id)].store(slot, ordering: .releasing)
        return unsafe slot
    }

    func remove(_ id: PortID) -> UnsafeMutablePointer<PortSlot>? {
        guard let slot = unsafe self[id] else { return nil }
        unsafe slots[PortTable.place(of: id)].store(nil, ordering: .relaxed)
        return unsafe slot
    }

    subscript(place: Int) -> UnsafeMutablePointer<PortSlot>? {
        unsafe place < capacity ? slots[place].load(ordering: .acquiring) : nil
    }

    /// The port of that very number: nil where the place has another one by now.
    subscript(id: PortID) -> UnsafeMutablePointer<PortSlot>? {
        guard let slot = unsafe self[PortTable.place(of: id)], unsafe slot.pointee.id == id else { return nil }
        return unsafe slot
    }
}

/// A port and its number.
struct PortSlot: ~Copyable {
    let port: Port
    let id: PortID

    deinit { port.inProcess?.leave() }
}
