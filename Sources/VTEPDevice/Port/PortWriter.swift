internal import Glibc
internal import VTEPEngine

/// Gives ports their frames. One for each worker; it holds the lists of parts that the system calls take.
@safe struct PortWriter: ~Copyable {
    private let parts: UnsafeMutablePointer<iovec>
    private var partCount = 0
    /// For the frames that wait for a stream port: the lengths in front of them, and how long they are with these.
    private let prefixes: UnsafeMutablePointer<UInt32>
    private let lengths: UnsafeMutablePointer<Int>
    private var frameCount = 0

    /// As many as one system call takes (`UIO_MAXIOV`).
    private static let mostParts = 1024
    private static let mostFrames = 256

    init() {
        unsafe parts = .allocate(capacity: PortWriter.mostParts)
        unsafe prefixes = .allocate(capacity: PortWriter.mostFrames)
        unsafe lengths = .allocate(capacity: PortWriter.mostFrames)
    }

    deinit {
        unsafe parts.deallocate()
        unsafe prefixes.deallocate()
        unsafe lengths.deallocate()
    }

    /// Gives a port one frame, by the worker's own queue where it has several. A stream port takes many at once: it may
    /// have to be told ``flush(_:)``.
    @inline(__always)
    mutating func write(
        _ delivery: Delivery, _ slices: UnsafeMutableBufferPointer<Slice>, to port: borrowing Port, queue: Int
    ) {
        // One part is kept for what goes in front.
        guard slices.count < PortWriter.mostParts else { return }
        switch port {
        case .tap(let tap):
            unsafe copy(slices, to: 1)
            unsafe tap.send(parts, count: slices.count, offload: delivery.offload, queue: queue)
        case .packet(let port):
            unsafe copy(slices, to: 1)
            unsafe port.send(parts, count: slices.count, offload: delivery.offload)
        case .datagram(let port):
            unsafe copy(slices, to: 0)
            unsafe port.send(UnsafeMutableBufferPointer(start: parts, count: slices.count))
        case .inProcess(let port):
            unsafe copy(slices, to: 0)
            unsafe port.send(
                UnsafeMutableBufferPointer(start: parts, count: slices.count), length: Int(delivery.length))
        case .stream(let port):
            if frameCount == PortWriter.mostFrames || partCount + slices.count + 1 > PortWriter.mostParts {
                flush(port)
            }
            unsafe prefixes[frameCount] = delivery.length.bigEndian
            unsafe parts[partCount] = iovec(iov_base: prefixes + frameCount, iov_len: StreamReassembly.prefix)
            unsafe copy(slices, to: partCount + 1)
            unsafe lengths[frameCount] = StreamReassembly.prefix + Int(delivery.length)
            partCount += slices.count + 1
            frameCount += 1
        }
    }

    /// Sends what waits for a stream port: whenever another port comes next.
    mutating func flush(_ port: borrowing Port) {
        if let port = port.stream { flush(port) }
    }

    private mutating func flush(_ port: StreamPort) {
        guard frameCount > 0 else { return }
        unsafe port.send(
            UnsafeMutableBufferPointer(start: parts, count: partCount),
            lengths: UnsafeBufferPointer(start: lengths, count: frameCount))
        partCount = 0
        frameCount = 0
    }

    @inline(__always)
    private func copy(_ slices: UnsafeMutableBufferPointer<Slice>, to first: Int) {
        for index in 0..<slices.count {
            unsafe parts[first + index] = iovec(iov_base: slices[index].base, iov_len: slices[index].length)
        }
    }
}
