internal import Glibc

/// The time that the engine and the pump go by.
package enum MonotonicClock {
    /// Milliseconds since the system started.
    package static var milliseconds: UInt64 {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1000 + UInt64(now.tv_nsec) / 1_000_000
    }
}
