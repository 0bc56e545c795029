internal import CLibNL
internal import VTEPWire

/// Messages that one system call carries, in memory that serves send after send.
@safe struct BatchMemory: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer
    private var used = 0
    private(set) var count: UInt32 = 0
    /// The change that the first message is of; the others follow without a gap.
    private(set) var firstIndex = 0
    private var last = 0

    /// 16 to 64 messages in a call already gain all there is to gain; the answers to more might not fit their buffer.
    private static let most: UInt32 = 64

    /// Bytes. A route of 512 next hops fits.
    static let capacity = 64 << 10

    init() { unsafe memory = .allocate(byteCount: BatchMemory.capacity, alignment: 16) }
    deinit { unsafe memory.deallocate() }

    var isEmpty: Bool { used == 0 }

    /// Whether the message found room. One that is refused by empty memory never will.
    mutating func append(_ message: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        guard count < BatchMemory.most, unsafe memory.count - used >= message.count else { return false }
        unsafe UnsafeMutableRawBufferPointer(rebasing: memory[used...]).copyMemory(from: message)
        if used == 0 { firstIndex = index }
        last = used
        used += (message.count + 3) & ~3
        count += 1
        return true
    }

    /// The messages, the last of which asks for an acknowledgement: it ends the answers.
    mutating func withMessages(_ body: (UnsafeRawBufferPointer) throws(VTEPError) -> Void) throws(VTEPError) {
        let offset = last + 6  // nlmsg_flags
        let flags = unsafe memory.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
        unsafe memory.storeBytes(of: flags | UInt16(NLM_F_ACK), toByteOffset: offset, as: UInt16.self)
        try unsafe body(UnsafeRawBufferPointer(rebasing: memory[..<used]))
    }

    mutating func removeAll() {
        used = 0
        count = 0
    }
}
