extension VTEPError {
    /// A class of failure. The set is open: a later version may add kinds, so handle the ones you know and
    /// treat the rest as failures.
    ///
    /// The raw values are the status codes of the C interface (`VTEP_E_*` in `vtep.h`).
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The status code of the C interface. Negative for every kind named here.
        public let rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// The caller passed a value that can't be meant, or the kernel refused one.
        public static let invalidArgument = Kind(rawValue: -1)
        /// The caller's buffer is too small for the result.
        public static let noSpace = Kind(rawValue: -2)
        /// What was named doesn't exist.
        public static let notFound = Kind(rawValue: -3)
        /// What was to be made exists already.
        public static let exists = Kind(rawValue: -4)
        /// The process lacks the right, usually `CAP_NET_ADMIN` in the network namespace.
        public static let permissionDenied = Kind(rawValue: -5)
        /// The kernel or the C library failed in another way; see ``VTEPError/systemErrno``.
        public static let system = Kind(rawValue: -6)
        /// A callback of the caller asked to stop.
        public static let callback = Kind(rawValue: -7)
        /// The running kernel, or this build, lacks the feature.
        public static let notSupported = Kind(rawValue: -8)
        /// What was named is in use; try again later or release it first.
        public static let busy = Kind(rawValue: -9)
        /// It exists, but isn't what the caller said it is, so it isn't ours to change.
        public static let foreign = Kind(rawValue: -10)
        /// No memory left, in the process or in the kernel.
        public static let outOfMemory = Kind(rawValue: -11)
        /// The kernel's tables kept changing while they were listed, beyond the retries allowed.
        public static let interrupted = Kind(rawValue: -12)
        /// The kernel's reply doesn't have the form that its protocol prescribes.
        public static let protocolViolation = Kind(rawValue: -13)
    }
}

extension VTEPError.Kind: CustomStringConvertible {
    /// A few words for people: `not found`.
    public var description: String {
        switch self {
        case .invalidArgument: "invalid argument"
        case .noSpace: "not enough space"
        case .notFound: "not found"
        case .exists: "already exists"
        case .permissionDenied: "permission denied"
        case .system: "system error"
        case .callback: "stopped by the callback"
        case .notSupported: "not supported"
        case .busy: "busy"
        case .foreign: "exists but isn't ours"
        case .outOfMemory: "out of memory"
        case .interrupted: "interrupted by changes"
        case .protocolViolation: "malformed reply"
        default: "error code \(rawValue)"
        }
    }
}
