internal import Glibc

/// Asks until the answer is there or the time is up; then the last answer counts.
package func eventually<Value>(
    within seconds: Double = 5, _ ask: () throws -> Value, until accepted: (Value) -> Bool
) rethrows -> Value {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
        let value = try ask()
        if accepted(value) || ContinuousClock.now > end { return value }
        usleep(20_000)
    }
}
