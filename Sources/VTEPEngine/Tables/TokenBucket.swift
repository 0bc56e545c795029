/// Lets `burst` things happen at once and `rate` per second in the long run.
struct TokenBucket: BitwiseCopyable {
    /// Per second. 0: no limit.
    let rate: UInt32
    private let burst: UInt32
    /// In thousandths.
    private var tokens: UInt64
    private var filled: Milliseconds

    init(rate: UInt32, burst: UInt32) {
        self.rate = rate
        self.burst = burst
        tokens = UInt64(burst) * 1000
        filled = 0
    }

    /// Takes one token. False if there is none.
    @inline(__always)
    mutating func take(_ now: Milliseconds) -> Bool {
        rate == 0 || takeLimited(now)
    }

    private mutating func takeLimited(_ now: Milliseconds) -> Bool {
        if now > filled {
            // After a minute every bucket is as full as it gets, or has gained that many: no product overflows.
            let elapsed = min(now - filled, 60_000)
            tokens = min(tokens + elapsed * UInt64(rate), UInt64(burst) * 1000)
            filled = now
        }
        guard tokens >= 1000 else { return false }
        tokens -= 1000
        return true
    }
}
