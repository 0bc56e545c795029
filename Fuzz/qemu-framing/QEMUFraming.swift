import VTEPDevice

/// A stream in QEMU's framing, cut into pieces as the first bytes say: the frames, and whether and where the peer breaks
/// the rules, are what a plain reading of the whole gives.
///
/// Input: the number of cuts (low four bits of a byte), a length for each (two bytes), and the stream.
@c(LLVMFuzzerTestOneInput)
public func fuzzQEMUFraming(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = input.first else { return 0 }
    let cuts = Int(first & 15) + 1
    guard input.count >= 1 + 2 * cuts else { return 0 }
    let pieces = (0..<cuts).map { 1 + Int(input[1 + 2 * $0]) << 8 + Int(input[2 + 2 * $0]) }
    let stream = Array(input[(1 + 2 * cuts)...])
    precondition(Reading(stream, pieces: pieces) == Reading(whole: stream))
    return 0
}

/// What a stream says.
struct Reading: Equatable {
    var frames: [[UInt8]] = []
    var isViolated = false

    /// As the port reads it, in pieces of these lengths, over and over.
    init(_ stream: [UInt8], pieces: [Int]) {
        var reassembly = StreamReassembly()
        var position = 0
        var turn = 0
        while true {
            switch reassembly.next() {
            case .frame(let bytes, let length):
                frames.append(unsafe Array(UnsafeRawBufferPointer(start: bytes, count: length)))
            case .violation:
                isViolated = true
                return
            case .incomplete:
                if position == stream.count { return }
                reassembly.makeRoom()
                let room = unsafe reassembly.room
                precondition(room.count > 0, "a frame that is accepted has room")
                let taken = min(pieces[turn % pieces.count], stream.count - position, room.count)
                unsafe room.copyBytes(from: stream[position..<position + taken])
                reassembly.received(taken)
                position += taken
                turn += 1
            }
        }
    }

    /// As it is meant.
    init(whole stream: [UInt8]) {
        var rest = stream[...]
        while rest.count >= 4 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            if length > StreamReassembly.longestFrame {
                isViolated = true
                return
            }
            guard rest.count >= 4 + length else { return }
            frames.append(Array(rest.dropFirst(4).prefix(length)))
            rest = rest.dropFirst(4 + length)
        }
    }
}
