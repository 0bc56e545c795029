internal import VTEPWire

/// How the engine fills a batch. Whoever adds asks for ``hasRoom(destinations:slices:scratch:)`` first, once a frame;
/// what did not ask for enough is lost, and stops a debug build.
extension Batch {
    @inline(__always)
    func hasRoom(destinations: Int, slices: Int, scratch: Int) -> Bool {
        // A destination with a VNI of its own needs a header of its own.
        transmissionCount &+ destinations <= transmissionCapacity && deliveryCount &+ destinations <= deliveryCapacity
            && sliceCount &+ pendingCount &+ slices &+ 2 &* destinations <= sliceCapacity
            && scratchUsed &+ scratch &+ 8 &* destinations <= scratchCapacity
    }

    /// Whether there is room for a number of usual frames.
    func hasRoom(usual frames: Int) -> Bool {
        transmissionCount &+ frames <= transmissionCapacity && deliveryCount &+ frames <= deliveryCapacity
            && sliceCount &+ pendingCount &+ frames <= sliceCapacity
    }

    /// Takes memory of the batch's own, aligned to eight bytes.
    @inline(__always)
    mutating func takeScratch(_ count: Int) -> PacketBytes {
        guard scratchUsed &+ count <= scratchCapacity else {
            assertionFailure("no room was asked for")
            return unsafe PacketBytes(scratchMemory, count: 0)
        }
        let bytes = unsafe PacketBytes(scratchMemory + scratchUsed, count: count)
        scratchUsed = (scratchUsed &+ count &+ 7) & ~7
        return bytes
    }

    /// Adds a slice right away, for a delivery or for several transmissions.
    @inline(__always)
    mutating func add(slice: Slice) {
        guard sliceCount &+ pendingCount < sliceCapacity else { return assertionFailure("no room was asked for") }
        unsafe (sliceMemory + sliceCount).initialize(to: slice)
        sliceCount &+= 1
    }

    @inline(__always)
    mutating func add(_ delivery: Delivery) {
        guard deliveryCount < deliveryCapacity else { return assertionFailure("no room was asked for") }
        unsafe (deliveryMemory + deliveryCount).initialize(to: delivery)
        deliveryCount &+= 1
    }

    @inline(__always)
    mutating func add(_ transmission: Transmission) {
        guard transmissionCount < transmissionCapacity else { return assertionFailure("no room was asked for") }
        unsafe (transmissionMemory + transmissionCount).initialize(to: transmission)
        transmissionCount &+= 1
    }

    /// Adds a slice to a transmission that is still open.
    @inline(__always)
    mutating func add(pending slice: Slice, to transmission: Int) {
        guard sliceCount &+ pendingCount < sliceCapacity else { return assertionFailure("no room was asked for") }
        let entry = unsafe PendingSlice(
            base: slice.base, length: UInt32(truncatingIfNeeded: slice.length),
            transmission: UInt32(truncatingIfNeeded: transmission))
        unsafe (pendingMemory + pendingCount).initialize(to: entry)
        pendingCount &+= 1
    }

    /// Closes what is open: gives each transmission its slices in a row. A counting sort: no slice is compared.
    mutating func settle() {
        guard pendingCount > 0 else { return }
        var next = UInt32(truncatingIfNeeded: sliceCount)
        var index = 0
        while index < transmissionCount {
            let transmission = unsafe transmissionMemory + index
            guard unsafe transmission.pointee.isPending else {
                index &+= 1
                continue
            }
            // Copies are passed over with their first.
            let isCopied = unsafe transmission.pointee.reserved & Transmission.copied != 0
            let row = isCopied ? unsafe Int(transmission.pointee.firstSlice) : 1
            unsafe openMemory[Batch.openPlace(transmission.pointee)] = 0
            unsafe placeMemory[index] = next
            unsafe transmission.pointee.settle(firstSlice: next)
            unsafe next &+= transmission.pointee.sliceCount
            if row > 1 { share(index, row) }
            index &+= row
        }
        for index in 0..<pendingCount {
            let pending = unsafe pendingMemory[index]
            guard pending.transmission < transmissionCount else { continue }
            let place = unsafe placeMemory[Int(pending.transmission)]
            unsafe (sliceMemory + Int(place)).initialize(to: Slice(pending.base, Int(pending.length)))
            unsafe placeMemory[Int(pending.transmission)] = place &+ 1
        }
        sliceCount &+= pendingCount
        pendingCount = 0
        expectedFlood = -1
        unsafe floodMemory.update(repeating: .none, count: Batch.floodCount)
    }
}

/// Deliveries of one slice each, one behind the other: the batch's counts stay in registers meanwhile.
@safe
struct DeliveryRow {
    private var delivery: UnsafeMutablePointer<Delivery>
    private var slice: UnsafeMutablePointer<Slice>
    private var firstSlice: UInt32

    fileprivate init(
        _ delivery: UnsafeMutablePointer<Delivery>, _ slice: UnsafeMutablePointer<Slice>, firstSlice: Int
    ) {
        unsafe self.delivery = delivery
        unsafe self.slice = slice
        self.firstSlice = UInt32(truncatingIfNeeded: firstSlice)
    }

    /// Adds a frame; what else its delivery says is `template`'s.
    @inline(__always)
    mutating func add(_ template: Delivery, _ frame: Slice) {
        unsafe delivery.initialize(to: template)
        unsafe delivery.pointee.firstSlice = firstSlice
        unsafe delivery.pointee.length = UInt32(truncatingIfNeeded: frame.length)
        unsafe slice.initialize(to: frame)
        unsafe delivery += 1
        unsafe slice += 1
        firstSlice &+= 1
    }

    fileprivate func count(from first: UnsafeMutablePointer<Slice>) -> Int { unsafe slice - first }
}

extension Batch {
    /// How many deliveries of one slice there is room for.
    var roomForDeliveries: Int {
        min(deliveryCapacity &- deliveryCount, sliceCapacity &- sliceCount &- pendingCount)
    }

    /// Begins a row of no more than ``roomForDeliveries``. Nothing else is added until ``end(_:)``.
    @inline(__always)
    func beginDeliveries() -> DeliveryRow {
        unsafe DeliveryRow(deliveryMemory + deliveryCount, sliceMemory + sliceCount, firstSlice: sliceCount)
    }

    /// Ends it. How many they were.
    @inline(__always)
    mutating func end(_ row: DeliveryRow) -> Int {
        let added = unsafe row.count(from: sliceMemory + sliceCount)
        assert(added >= 0 && added <= roomForDeliveries)
        deliveryCount &+= added
        sliceCount &+= added
        return added
    }
}
