import Testing

@testable import VTEPDevice

/// QEMU's framing, apart from any socket.
struct StreamReassemblyTests {
    /// Feeds the bytes in pieces of these sizes, over and over, and takes out every frame.
    private func frames(of bytes: [UInt8], pieces: [Int]) -> (frames: [[UInt8]], violated: Bool) {
        var reassembly = StreamReassembly()
        var (frames, position, turn): ([[UInt8]], Int, Int) = ([], 0, 0)
        while true {
            switch reassembly.next() {
            case .frame(let start, let length):
                frames.append(unsafe Array(UnsafeRawBufferPointer(start: start, count: length)))
            case .violation:
                return (frames, true)
            case .incomplete:
                reassembly.makeRoom()
                let count = min(pieces[turn % pieces.count], bytes.count - position)
                guard count > 0 else { return (frames, false) }
                let room = unsafe reassembly.room
                let taken = min(count, room.count)
                unsafe room.copyBytes(from: bytes[position..<position + taken])
                reassembly.received(taken)
                position += taken
                turn += 1
            }
        }
    }

    private static let lengths = [0, 1, 13, 14, 60, 1514, 9000, StreamReassembly.longestFrame]

    @Test(arguments: [[1], [3], [4], [5, 1], [1500], [4096, 7], [1 << 20]])
    func everyCutGivesTheSameFrames(pieces: [Int]) {
        let sent = (0..<3).flatMap { round in
            StreamReassemblyTests.lengths.map { [UInt8](repeating: UInt8(round), count: $0) }
        }
        let outcome = frames(of: sent.flatMap(framed), pieces: pieces)
        #expect(outcome.frames == sent)
        #expect(!outcome.violated)
    }

    @Test(arguments: [UInt32(StreamReassembly.longestFrame) + 1, 0x7FFF_FFFF, .max])
    func aLengthBeyondAnyFrameIsRefusedAtOnce(length: UInt32) {
        let good = frame(from: 1, to: 2)
        let bad = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32($0))) }
        let outcome = frames(of: framed(good) + bad, pieces: [64])
        #expect(outcome.frames == [good])
        #expect(outcome.violated)
    }

    @Test func whatWasLeftIsForgotten() {
        var reassembly = StreamReassembly()
        unsafe reassembly.room.copyBytes(from: [0, 0, 0, 9, 1, 2])
        reassembly.received(6)
        reassembly.removeAll()
        unsafe reassembly.room.copyBytes(from: [0, 0, 0, 1, 7])
        reassembly.received(5)
        guard case .frame(_, let length) = reassembly.next() else {
            Issue.record("no frame")
            return
        }
        #expect(length == 1)
    }

    /// A count that cannot be true is not believed.
    @Test func moreThanTheRoomIsNotReceived() {
        var reassembly = StreamReassembly()
        let room = unsafe reassembly.room.count
        reassembly.received(.max)
        reassembly.received(-1)
        let left = unsafe reassembly.room.count
        #expect(room > 0 && left == 0)
    }
}
