import Foundation
import VTEPDevice

extension InProcessPort {
    /// Hands it a frame. False: its queue is full.
    func take(_ frame: [UInt8]) -> Bool { unsafe frame.withUnsafeBytes { unsafe send($0) } }

    /// The next frame out of the overlay; nil if none comes in time, in milliseconds.
    func next(within timeout: Int32 = 2000) -> [UInt8]? {
        var frame: [UInt8]?
        if unsafe receive({ frame = unsafe Array($0) }) { return frame }
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&event, 1, timeout)
        _ = unsafe receive { frame = unsafe Array($0) }
        return frame
    }
}
