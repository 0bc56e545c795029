/// What a bridge tells about the use of an FDB entry (`NDA_FDB_EXT_ATTRS`).
public struct FDBActivity: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// It announces when the entry becomes inactive, and when it is used again (`FDB_NOTIFY_BIT`).
    public static let notify = FDBActivity(rawValue: 0x01)
    /// The entry is inactive (`FDB_NOTIFY_INACTIVE_BIT`); a static entry, too, can be set so.
    public static let inactive = FDBActivity(rawValue: 0x02)
    /// Writing the entry leaves its age as it is (`NFEA_DONT_REFRESH`); never read.
    public static let keepAge = FDBActivity(rawValue: 0x80)
}
