import Foundation
import VTEPWire

/// An Ethernet frame between two stations, of an ethertype for experiments (IEEE 802 local experimental), with a number
/// to tell it by.
func frame(from source: UInt8, to destination: UInt8, number: Int = 0, length: Int = 60) -> [UInt8] {
    var bytes: [UInt8] = [0x02, 0, 0, 0, 0, destination, 0x02, 0, 0, 0, 0, source, 0x88, 0xB5]
    bytes += [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
    while bytes.count < length { bytes.append(UInt8(truncatingIfNeeded: bytes.count &* 7 &+ number)) }
    return bytes
}

/// The same to everyone.
func broadcast(from source: UInt8, number: Int = 0, length: Int = 60) -> [UInt8] {
    var bytes = frame(from: source, to: 0, number: number, length: length)
    bytes.replaceSubrange(0..<6, with: [UInt8](repeating: 0xFF, count: 6))
    return bytes
}

/// QEMU's framing.
func framed(_ frame: [UInt8]) -> [UInt8] {
    let length = frame.count
    return [UInt8(length >> 24 & 255), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255)] + frame
}
