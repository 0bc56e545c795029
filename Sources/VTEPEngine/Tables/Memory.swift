/// A fixed number of trivial elements, allocated once, zeroed, and freed with the owner.
///
/// Not an Array: an element is read and written without a check for uniqueness or exclusivity. The subscripts do not
/// check bounds either, in release builds: indices come from the tables' own masks and counts, never from a packet.
@safe
struct Memory<Value: BitwiseCopyable>: ~Copyable {
    private let memory: UnsafeMutablePointer<Value>
    let count: Int

    init(_ count: Int, filledWith element: Value) {
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Value>.stride
        // Of whole cache lines, so that a probe of neighbouring slots touches one; a large table of whole huge pages,
        // where the system gives them.
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: bytes < 4 << 20 ? 64 : 2 << 20)
        unsafe memory = raw.bindMemory(to: Value.self, capacity: max(count, 1))
        unsafe memory.initialize(repeating: element, count: max(count, 1))
    }

    deinit {
        unsafe UnsafeMutableRawPointer(memory).deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Value {
        get {
            assert(index >= 0 && index < count)
            return unsafe memory[index]
        }
        nonmutating set {
            assert(index >= 0 && index < count)
            unsafe memory[index] = newValue
        }
    }

    /// The element in its place, to change parts of it.
    @inline(__always)
    func element(_ index: Int) -> Element<Value> {
        assert(index >= 0 && index < count)
        return unsafe Element(memory + index)
    }

    /// All of them, as a value. It must not be kept longer than the memory lives.
    var elements: Elements<Value> { unsafe Elements(memory, count: count) }
}

/// The elements of a ``Memory``, as a value that is copied freely. It must not be kept longer than the memory lives.
@safe
struct Elements<Value: BitwiseCopyable>: BitwiseCopyable {
    private let memory: UnsafeMutablePointer<Value>
    #if DEBUG
    private let count: Int
    #endif

    fileprivate init(_ memory: UnsafeMutablePointer<Value>, count: Int) {
        unsafe self.memory = memory
        #if DEBUG
        self.count = count
        #endif
    }

    @inline(__always)
    subscript(index: Int) -> Value {
        get { unsafe memory[checked(index)] }
        nonmutating _modify { yield unsafe &memory[checked(index)] }
    }

    @inline(__always)
    private func checked(_ index: Int) -> Int {
        #if DEBUG
        assert(index >= 0 && index < count)
        #endif
        return index
    }
}

/// An element of a ``Memory`` in its place. It must not be kept longer than the memory lives.
@safe
struct Element<Value: BitwiseCopyable>: BitwiseCopyable {
    private let pointer: UnsafeMutablePointer<Value>

    fileprivate init(_ pointer: UnsafeMutablePointer<Value>) {
        unsafe self.pointer = pointer
    }

    @inline(__always)
    var value: Value {
        _read { yield unsafe pointer.pointee }
        nonmutating _modify { yield unsafe &pointer.pointee }
    }
}

extension Memory: @unchecked Sendable {}

/// The power of two that is at least `number`.
func powerOfTwo(atLeast number: Int) -> Int {
    number <= 1 ? 1 : 1 << (Int.bitWidth - (number - 1).leadingZeroBitCount)
}
