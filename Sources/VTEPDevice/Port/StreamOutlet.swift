internal import Glibc

/// The sending half of a stream port, under the port's lock: the peer, and what it has not yet taken of the last frame.
@safe struct StreamOutlet: ~Copyable {
    /// The connected socket, -1 for none. Closed only under the lock, so that nobody writes to a number used anew.
    private(set) var peer: Int32 = -1
    private var entry = PollerEntry()
    private let backlog: UnsafeMutableRawPointer
    private var start = 0
    private var end = 0

    private static let capacity = StreamReassembly.prefix + StreamReassembly.longestFrame

    init() { unsafe backlog = .allocate(byteCount: StreamOutlet.capacity, alignment: 16) }

    deinit {
        if peer >= 0 { Descriptor.close(peer) }
        unsafe backlog.deallocate()
    }

    mutating func attach(_ socket: Int32, _ entry: PollerEntry) {
        if peer != socket { detach() }
        peer = socket
        self.entry = entry
        entry.add(socket)
    }

    mutating func detach() {
        if peer >= 0 { Descriptor.close(peer) }  // which takes it out of the poller, too
        peer = -1
        (start, end) = (0, 0)
    }

    /// Sends what is left of a frame. True: nothing is left.
    mutating func flush() -> Bool {
        while start < end {
            let count = unsafe Glibc.send(peer, backlog + start, end - start, Int32(MSG_NOSIGNAL))
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            start += count
        }
        (start, end) = (0, 0)
        return true
    }

    /// The peer takes more again.
    mutating func becameWritable() {
        if peer >= 0, flush() { entry.change(peer, writable: false) }
    }

    /// Sends whole frames with their lengths in front. Of one that the peer takes in part, the rest is kept and sent
    /// before anything else; those behind it are lost.
    ///
    /// - Returns: how many frames are under way.
    mutating func send(_ parts: UnsafeMutableBufferPointer<iovec>, lengths: UnsafeBufferPointer<Int>) -> Int {
        guard peer >= 0, flush() else { return 0 }
        var header = unsafe msghdr()
        unsafe header.msg_iov = parts.baseAddress
        unsafe header.msg_iovlen = parts.count
        var taken: Int
        repeat {
            taken = unsafe sendmsg(peer, &header, Int32(MSG_NOSIGNAL))
        } while taken < 0 && errno == EINTR
        if taken < 0 { return 0 }
        var whole = 0
        var begin = 0
        while whole < lengths.count, unsafe begin + lengths[whole] <= taken {
            unsafe begin += lengths[whole]
            whole += 1
        }
        guard whole < lengths.count, taken > begin else { return whole }
        unsafe keep(parts, from: taken, to: begin + lengths[whole])
        entry.change(peer, writable: true)
        return whole + 1
    }

    /// Copies bytes of the parts, counted from the first one's beginning, to the backlog.
    private mutating func keep(_ parts: UnsafeMutableBufferPointer<iovec>, from first: Int, to last: Int) {
        var position = 0
        for index in 0..<parts.count {
            let part = unsafe parts[index]
            let (low, high) = unsafe (max(first, position), min(last, position + part.iov_len))
            if low < high, end + high - low <= StreamOutlet.capacity, let base = unsafe part.iov_base {
                unsafe (backlog + end).copyMemory(from: base + (low - position), byteCount: high - low)
                end += high - low
            }
            unsafe position += part.iov_len
        }
    }
}
