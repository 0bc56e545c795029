/// When a worker looks for more before it sleeps, and when it leaves that be because it does not pay.
///
/// To wake a sleeping thread takes the kernel longer than to forward a frame: a few microseconds, tens on a virtual machine
/// whose processor has gone idle. So after work, a worker may look again and again for a while. Where that has failed as
/// often as it succeeded for long, only every 64th time is tried.
package struct BusyPolling {
    /// How long to look, in nanoseconds; 0: never.
    let patience: UInt64
    private var credit = BusyPolling.most
    private var passes = 0

    private static let most = 32
    private static let passesBetweenTrials = 64

    /// - Parameter microseconds: how long to look.
    package init(microseconds: UInt32) { patience = UInt64(microseconds) * 1000 }

    /// Whether to look this time, after work has been done.
    package mutating func isWorthwhile() -> Bool {
        if patience == 0 { return false }
        if credit > 0 { return true }
        passes += 1
        guard passes >= BusyPolling.passesBetweenTrials else { return false }
        passes = 0
        return true
    }

    /// Notes how it went.
    package mutating func took(_ hasFound: Bool) {
        credit = hasFound ? min(credit + 2, BusyPolling.most) : max(credit - 1, 0)
    }
}
