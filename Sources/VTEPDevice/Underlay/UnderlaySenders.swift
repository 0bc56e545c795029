internal import VTEPEngine

/// One worker's senders, at most one for each IP version.
@safe final class UnderlaySenders {
    private let senders: UnsafeMutablePointer<UnderlaySender>
    private let count: Int

    init(_ underlays: [Underlay], maximumRemotes: Int) {
        count = underlays.count
        unsafe senders = .allocate(capacity: max(count, 1))
        for (index, underlay) in underlays.enumerated() {
            unsafe (senders + index).initialize(to: UnderlaySender(underlay, maximumRemotes: maximumRemotes))
        }
    }

    deinit {
        unsafe senders.deinitialize(count: count)
        unsafe senders.deallocate()
    }

    func send(_ batch: borrowing Batch, capture: FrameCapture?) {
        for index in 0..<count {
            let others = unsafe senders[index].send(batch, capture: capture)
            // With two underlays these are the other one's.
            if count == 1, others > 0 { unsafe senders[index].underlay.counters.otherFamily.count(others) }
        }
    }

    /// Tells the engine what was found out about paths.
    @inline(__always)
    func report(to engine: inout Engine) {
        for index in 0..<count where unsafe senders[index].findings.count > 0 {
            unsafe senders[index].findings.report(to: &engine)
        }
    }

    /// To be called about once in a second.
    func forgetFailures() {
        for index in 0..<count { unsafe senders[index].forgetFailures() }
    }

    /// To be called about once in a minute.
    func forgetPaths() {
        for index in 0..<count { unsafe senders[index].forgetPaths() }
    }
}
