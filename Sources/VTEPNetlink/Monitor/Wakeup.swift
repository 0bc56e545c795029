internal import CVTEPLinux
internal import Glibc
internal import VTEPWire

/// What a poll loop waits for: readable while a socket is, or from a time on.
final class Wakeup {
    /// Belongs to this; for `poll`, `select`, `epoll` only.
    let descriptor: Int32
    private let timer: Int32
    private var time: Int64 = 0

    init(_ socket: Int32, _ purpose: Purpose) throws(VTEPError) {
        var timer: Int32 = -1
        descriptor = unsafe cvtep_wakeup_open(socket, &timer)
        self.timer = timer
        guard descriptor >= 0 else { throw VTEPError(systemCall: "epoll_create1", errno: 0 &- descriptor, purpose) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        close(timer)
    }

    /// Makes it readable from that time on, in nanoseconds of the monotonic clock; `nil`: by the socket only.
    func set(_ time: Int64?) {
        let time = time ?? 0
        if time == self.time { return }
        self.time = time
        _ = cvtep_wakeup_set(timer, time)
    }

    /// Sleeps until it is readable, or until that time. Whether it is.
    func wait(until deadline: Int64?) -> Bool {
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let left = Swift.max(0, deadline - Wakeup.now)
                milliseconds = Int32(clamping: (left + 999_999) / 1_000_000)
            }
            var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&wanted, 1, milliseconds)
            if count > 0 { return true }
            if count == 0, let deadline, Wakeup.now >= deadline { return false }
            if count < 0, errno != EINTR { return false }
        }
    }

    /// Nanoseconds of the monotonic clock.
    static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
