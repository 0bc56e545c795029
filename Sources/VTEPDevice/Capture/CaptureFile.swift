internal import Glibc
internal import VTEPWire

/// The bytes of a pcapng file (draft-ietf-opsawg-pcapng) on their way to a descriptor. Used under a lock.
final class CaptureFile: @unchecked Sendable {
    private var bytes: [UInt8] = []
    private var hasBegun = false
    /// In the order of their interface blocks, which is their number in the file.
    private var sources: [CaptureSource] = []

    var isLarge: Bool { bytes.count > 1 << 20 }

    func begin() {
        if hasBegun { return }
        hasBegun = true
        block(0x0A0D_0D0A) {
            $0.put(UInt32(0x1A2B_3C4D))
            $0.put(UInt16(1))
            $0.put(UInt16(0))
            $0.put(UInt64.max)  // of unknown length
        }
    }

    func append(_ frame: CapturedFrame) {
        let interface = number(of: frame.label.source)
        block(6) {
            $0.put(UInt32(interface))
            $0.put(UInt32(truncatingIfNeeded: frame.label.time >> 32))
            $0.put(UInt32(truncatingIfNeeded: frame.label.time))
            unsafe $0.put(UInt32(frame.bytes.count))
            $0.put(UInt32(clamping: frame.label.original))
            unsafe $0.bytes.append(contentsOf: frame.bytes)
            $0.pad()
            $0.option(2, frame.label.isOutbound ? [2, 0, 0, 0] : [1, 0, 0, 0])
            $0.option(0, [])
        }
    }

    func appendStatistics(lost: UInt64) {
        if sources.isEmpty { return }
        block(5) {
            $0.put(UInt32(0))
            $0.put(UInt64(0))
            $0.option(5, unsafe withUnsafeBytes(of: lost) { unsafe Array($0) })
            $0.option(0, [])
        }
    }

    private func number(of source: CaptureSource) -> Int {
        if let number = sources.firstIndex(of: source) { return number }
        sources.append(source)
        block(1) {
            $0.put(source.linkType)
            $0.put(UInt16(0))
            $0.put(UInt32(0))  // nothing is too long
            $0.option(2, Array(source.name.utf8))
            $0.option(9, [9])  // nanoseconds
            $0.option(0, [])
        }
        return sources.count - 1
    }

    /// A block: its type, its length, what `body` puts, its length again.
    private func block(_ type: UInt32, _ body: (CaptureFile) -> Void) {
        let start = bytes.count
        put(type)
        put(UInt32(0))
        body(self)
        let length = UInt32(clamping: bytes.count - start + 4)
        put(length)
        unsafe withUnsafeBytes(of: length) { unsafe bytes.replaceSubrange(start + 4..<start + 8, with: $0) }
    }

    private func option(_ code: UInt16, _ value: [UInt8]) {
        put(code)
        put(UInt16(clamping: value.count))
        bytes += value
        pad()
    }

    private func put(_ value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
    }

    private func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    /// Writes everything, and waits where it must. What was written is forgotten, also where an error ends it.
    func write(to descriptor: Int32) throws(VTEPError) {
        defer { bytes.removeAll(keepingCapacity: true) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes -> Int in
                guard let base = bytes.baseAddress else { return 0 }
                return unsafe Glibc.write(descriptor, base + written, bytes.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&event, 1, 1000)
            } else if errno != EINTR {
                throw Attempt("write the capture", "descriptor \(descriptor)").failed("write", errno)
            }
        }
    }
}
