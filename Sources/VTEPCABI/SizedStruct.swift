internal import CVTEP
internal import VTEP

/// A struct of the header that begins with its size and may grow at its end.
protocol SizedStruct {
    var size: UInt32 { get set }
    init()
    /// The size it had when it was introduced. As long as it has not grown, that is its size.
    static var firstSize: Int { get }
}

extension SizedStruct {
    static var firstSize: Int { MemoryLayout<Self>.size }

    /// Above this, a size is no size but memory that was never initialised.
    static var largestSize: UInt32 { 4096 }

    static func accepts(size: UInt32) -> Bool { size >= UInt32(firstSize) && size <= largestSize }
}

/// One that the library reads.
protocol InputStruct: SizedStruct {
    var has: UInt32 { get }
    /// The bits of `has` that this version knows.
    static var knownBits: UInt32 { get }
    var reservedIsZero: Bool { get }
}

extension Arguments {
    /// The caller's struct as this version knows it, once nothing in it can be meant for a newer one.
    func input<Struct: InputStruct>(
        _ pointer: UnsafePointer<Struct>?, _ name: StaticString
    ) throws(VTEPError) -> Struct {
        guard let pointer = unsafe pointer else { throw null(name) }
        let bytes = unsafe UnsafeRawPointer(pointer)
        let size = unsafe bytes.loadUnaligned(as: UInt32.self)
        try check(size, Struct.self, name)
        let known = min(Int(size), MemoryLayout<Struct>.size)
        for offset in known..<Int(size) where unsafe bytes.load(fromByteOffset: offset, as: UInt8.self) != 0 {
            throw newer("\"\(name)\" sets something past the \(known) bytes that this library knows")
        }
        var value = Struct()
        unsafe withUnsafeMutableBytes(of: &value) { unsafe $0.baseAddress?.copyMemory(from: bytes, byteCount: known) }
        guard value.has & ~Struct.knownBits == 0 else {
            throw newer("\"\(name)\" has bits that this library does not know: \(value.has & ~Struct.knownBits)")
        }
        guard value.reservedIsZero else { throw newer("a reserved field of \"\(name)\" is not zero") }
        return value
    }

    /// Where a result goes; checked before anything is done, so that nothing is done where it cannot be reported.
    func output<Struct: SizedStruct>(
        _ pointer: UnsafeMutablePointer<Struct>?, _ name: StaticString = "out"
    ) throws(VTEPError) -> Output<Struct> {
        guard let pointer = unsafe pointer else { throw null(name) }
        return try unsafe Output(pointer, checked(pointer, name))
    }

    /// The same where the caller may have no use for the result.
    func optionalOutput<Struct: SizedStruct>(
        _ pointer: UnsafeMutablePointer<Struct>?
    ) throws(VTEPError) -> Output<Struct>? {
        guard let pointer = unsafe pointer else { return nil }
        return try unsafe output(pointer)
    }

    private func checked<Struct: SizedStruct>(
        _ pointer: UnsafeMutablePointer<Struct>, _ name: StaticString
    ) throws(VTEPError) -> Int {
        let size = unsafe UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self)
        try check(size, Struct.self, name)
        return Int(size)
    }

    private func check<Struct: SizedStruct>(
        _ size: UInt32, _ type: Struct.Type, _ name: StaticString
    ) throws(VTEPError) {
        guard !Struct.accepts(size: size) else { return }
        throw invalid(
            "the size of \"\(name)\" is \(size); \(Struct.firstSize)...\(Struct.largestSize) are possible",
            "initialise it with its ..._INIT macro")
    }

    private func newer(_ reason: String) -> VTEPError {
        invalid(reason, "initialise the struct with its ..._INIT macro; or the program needs a newer libvtep")
    }
}

/// A caller's struct that is to be filled.
@safe struct Output<Struct: SizedStruct> {
    private let pointer: UnsafeMutableRawPointer
    private let size: Int

    fileprivate init(_ pointer: UnsafeMutablePointer<Struct>, _ size: Int) {
        unsafe self.pointer = UnsafeMutableRawPointer(pointer)
        self.size = size
    }

    /// Fills what both sides know, and zeroes what only the caller knows.
    func write(_ value: Struct) { write(value, at: 0) }

    /// The same for one of several that lie one after another, each with the size of the first.
    func write(_ value: Struct, at position: Int) {
        let pointer = unsafe self.pointer + position * size
        var value = value
        value.size = UInt32(truncatingIfNeeded: size)
        let known = min(size, MemoryLayout<Struct>.size)
        unsafe withUnsafeBytes(of: &value) { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe pointer.copyMemory(from: start, byteCount: known)
        }
        unsafe (pointer + known).initializeMemory(as: UInt8.self, repeating: 0, count: size - known)
    }
}

extension vtep_error: SizedStruct {}

/// Whether all bytes of a reserved field are zero.
func isZero<Field: BitwiseCopyable>(_ field: Field) -> Bool {
    unsafe withUnsafeBytes(of: field) { bytes in unsafe bytes.allSatisfy { $0 == 0 } }
}
