/// A point of monotonic time, in milliseconds since whatever moment the caller chose. The engine has no clock: every
/// call that needs the time is given it, and it must never run backwards.
public typealias Milliseconds = UInt64
