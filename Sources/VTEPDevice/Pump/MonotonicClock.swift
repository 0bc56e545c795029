internal import Glibc

/// The time that the engine and the pump go by.
package enum MonotonicClock {
    /// Milliseconds since the system started.
    package static var milliseconds: UInt64 { nanoseconds / 1_000_000 }

    /// Nanoseconds since the system started.
    static var nanoseconds: UInt64 {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }
}
