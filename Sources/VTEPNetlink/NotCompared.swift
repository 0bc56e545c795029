/// A reading that changes while its object stays the same, such as an age. It takes no part in `==` and in hashing, so
/// that an object read twice equals itself.
@propertyWrapper public struct NotCompared<Value: Sendable>: Hashable, Sendable {
    public var wrappedValue: Value
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public static func == (left: NotCompared, right: NotCompared) -> Bool { true }
    public func hash(into hasher: inout Hasher) {}
}
