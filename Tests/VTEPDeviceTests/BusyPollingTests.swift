import Testing
import VTEPDevice

/// When a worker looks for more before it sleeps.
struct BusyPollingTests {
    @Test func withoutPatienceItIsNeverTried() {
        var polling = BusyPolling(microseconds: 0)
        let isTried = polling.isWorthwhile()
        #expect(!isTried)
    }

    @Test func whatNeverPaysIsHardlyTried() {
        var polling = BusyPolling(microseconds: 50)
        var tried = 0
        for _ in 0..<1000 where polling.isWorthwhile() {
            tried += 1
            polling.took(false)
        }
        // Until it is known, and then every 64th time.
        #expect((32 + 10...32 + 20).contains(tried))
        // It is noticed that it pays.
        while !polling.isWorthwhile() {}
        polling.took(true)
        let isTried = polling.isWorthwhile()
        #expect(isTried)
    }

    /// A request and its answer: the answer comes in time, the next request does not.
    @Test func whatPaysHalfOfTheTimeGoesOn() {
        var polling = BusyPolling(microseconds: 50)
        for round in 0..<1000 {
            let isTried = polling.isWorthwhile()
            #expect(isTried)
            polling.took(round % 2 == 0)
        }
    }
}
