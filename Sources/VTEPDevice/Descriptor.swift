internal import Glibc

/// An open file descriptor that closes with its owner.
package struct Descriptor: ~Copyable, Sendable {
    package let number: Int32

    /// Takes over the descriptor.
    package init(owning number: Int32) { self.number = number }

    deinit { Descriptor.close(number) }

    /// Closes a descriptor that no `Descriptor` owns.
    static func close(_ number: Int32) { _ = Glibc.close(number) }

    /// Lends one that somebody else owns to `body`.
    static func borrowing<Result, Failure>(
        _ number: Int32, _ body: (borrowing Descriptor) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let lent = Descriptor(owning: number)
        do {
            let result = try body(lent)
            _ = lent.release()
            return result
        } catch {
            _ = lent.release()
            throw error
        }
    }

    /// Hands the descriptor to somebody who closes it.
    package consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}

extension Descriptor {
    /// Sets an option of a socket. 0, or the errno value.
    func set<Value: BitwiseCopyable>(_ level: Int32, _ option: Int32, _ value: Value) -> Int32 {
        var value = value
        let status = unsafe setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Value>.size))
        return status == 0 ? 0 : errno
    }

    /// Reads a number that is an option of a socket. Nil where it has none.
    func option(_ level: Int32, _ option: Int32) -> Int32? {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(number, level, option, &value, &size) == 0 ? value : nil
    }

    /// Makes room for traffic that comes in bursts. The forced kind exceeds the system's limit; without the privilege
    /// for it the kernel gives what `net.core.rmem_max` and `wmem_max` allow.
    func setBuffers(receive: Int, send: Int) {
        func set(_ forced: Int32, _ plain: Int32, _ bytes: Int) {
            let value = Int32(clamping: bytes)
            if self.set(SOL_SOCKET, forced, value) != 0 { _ = self.set(SOL_SOCKET, plain, value) }
        }
        set(SO_RCVBUFFORCE, SO_RCVBUF, receive)
        set(SO_SNDBUFFORCE, SO_SNDBUF, send)
    }

    /// What a socket lost because its receive buffer was full.
    var overrun: UInt64 {
        // SK_MEMINFO_DROPS is the last of nine numbers of 32 bits.
        var numbers = InlineArray<9, UInt32>(repeating: 0)
        var size = socklen_t(MemoryLayout<InlineArray<9, UInt32>>.size)
        return unsafe getsockopt(number, SOL_SOCKET, SO_MEMINFO, &numbers, &size) == 0 ? UInt64(numbers[8]) : 0
    }

    /// Reads and writes answer EAGAIN instead of waiting. 0, or the errno value.
    func setNonBlocking() -> Int32 {
        let flags = fcntl(number, F_GETFL)
        if flags < 0 { return errno }
        if flags & O_NONBLOCK != 0 { return 0 }
        return fcntl(number, F_SETFL, flags | O_NONBLOCK) < 0 ? errno : 0
    }
}
