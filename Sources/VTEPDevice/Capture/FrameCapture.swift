internal import Glibc
internal import Synchronization
internal import VTEPEngine
public import VTEPWire

/// Which frames a capture takes.
public struct CapturePoints: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The underlay's packets, as they are on the wire: IP, UDP, VXLAN. What a socket is not told, such as the TTL of
    /// a packet that arrived, is filled in.
    public static let underlay = CapturePoints(rawValue: 1)
    /// The ports' frames, as they pass the ports: superframes whole, checksums perhaps partial.
    public static let ports = CapturePoints(rawValue: 2)
}

/// Takes copies of frames on their way and makes a pcapng file of them, which Wireshark and tshark open.
///
/// Workers put their copies into bounded memory and never wait: where it is full, the copy is lost, and counted. Whoever
/// wants the file calls ``drain(to:)`` now and then, on a thread of his own.
public final class FrameCapture: Sendable {
    public let points: CapturePoints
    private let snapLength: Int
    private let ring: FrameRing
    private let lostCount = Atomic<UInt64>(0)
    /// Guards the file's side.
    private let lock = Lock()
    private let file = CaptureFile()

    /// - Parameters:
    ///   - snapLength: how many bytes of each frame are kept, 64...65,500.
    ///   - bufferBytes: how much is kept until it is drained; at least 131 KB.
    public init(_ points: CapturePoints = .underlay, snapLength: Int = 65_500, bufferBytes: Int = 4 << 20) {
        self.points = points
        self.snapLength = min(max(snapLength, 64), 65_500)
        ring = FrameRing(bytes: bufferBytes)
    }

    /// How many frames found the memory full.
    public var lost: UInt64 { lostCount.load(ordering: .relaxed) }

    /// Writes what was captured since the last call, the first time behind the file's header.
    ///
    /// - Parameter descriptor: a file or a pipe; what it cannot take at once is waited for.
    /// - Returns: how many frames it wrote.
    public func drain(to descriptor: Int32) throws(VTEPError) -> Int {
        try lock.withLock { () throws(VTEPError) in
            file.begin()
            var count = 0
            while let next = unsafe ring.next() {
                unsafe file.append(CapturedFrame(next.frame, length: next.length))
                count += 1
                ring.release()
                if file.isLarge { try file.write(to: descriptor) }
            }
            try file.write(to: descriptor)
            return count
        }
    }

    /// Writes what is left, and how many frames were lost.
    public func finish(to descriptor: Int32) throws(VTEPError) {
        _ = try drain(to: descriptor)
        try lock.withLock { () throws(VTEPError) in
            file.appendStatistics(lost: lost)
            try file.write(to: descriptor)
        }
    }
}

// MARK: - Workers

extension FrameCapture {
    /// Takes a copy of a frame whose bytes are `header`, if any, and then the slices.
    func record(
        _ source: CaptureSource, isOutbound: Bool, header: UnsafeRawBufferPointer? = nil,
        _ slices: UnsafeBufferPointer<Slice>, length: Int
    ) {
        let original = length + (unsafe header?.count ?? 0)
        let kept = min(original, snapLength)
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        let time = UInt64(now.tv_sec) &* 1_000_000_000 &+ UInt64(now.tv_nsec)
        let label = CapturedFrame.Label(time: time, source: source, original: original, isOutbound: isOutbound)
        let addition = unsafe ring.append(length: CapturedFrame.labelSize + kept) { place in
            unsafe place.storeBytes(of: label, as: CapturedFrame.Label.self)
            var target = unsafe UnsafeMutableRawBufferPointer(start: place + CapturedFrame.labelSize, count: kept)
            if let header = unsafe header { unsafe FrameCapture.copy(header, to: &target) }
            for index in 0..<slices.count where target.count > 0 {
                let slice = unsafe slices[index]
                unsafe FrameCapture.copy(UnsafeRawBufferPointer(start: slice.base, count: slice.length), to: &target)
            }
        }
        if addition == .refused { lostCount.count() }
    }

    /// Copies what has room, and leaves the rest of the room.
    private static func copy(_ bytes: UnsafeRawBufferPointer, to target: inout UnsafeMutableRawBufferPointer) {
        let count = min(bytes.count, target.count)
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        unsafe target = UnsafeMutableRawBufferPointer(rebasing: target[count...])
    }
}

/// Where a frame was seen: an interface of the pcapng file.
struct CaptureSource: Equatable {
    let rawValue: UInt32

    static let underlay = CaptureSource(rawValue: 0)
    static func port(_ id: PortID) -> CaptureSource { CaptureSource(rawValue: id.rawValue &+ 1) }

    private init(rawValue: UInt32) { self.rawValue = rawValue }

    var name: String { self == .underlay ? "underlay" : "port \((rawValue &- 1) & 0xFFFF)" }
    /// LINKTYPE_RAW: an IP packet; LINKTYPE_ETHERNET.
    var linkType: UInt16 { self == .underlay ? 101 : 1 }
}

/// A copy of a frame as it lies in the ring: a label, then the bytes.
@safe struct CapturedFrame {
    struct Label: BitwiseCopyable {
        /// Nanoseconds since 1970.
        let time: UInt64
        let source: CaptureSource
        /// The frame's length before it was cut.
        let original: Int
        let isOutbound: Bool
    }

    static let labelSize = 32
    let label: Label
    let bytes: UnsafeRawBufferPointer

    init(_ place: UnsafeMutableRawPointer, length: Int) {
        unsafe label = place.loadUnaligned(as: Label.self)
        unsafe bytes = UnsafeRawBufferPointer(
            start: place + CapturedFrame.labelSize, count: max(0, length - CapturedFrame.labelSize))
    }
}
