/// What went wrong, on what, what the kernel said about it and what to do.
///
/// Every throwing function of this library throws exactly this type. Its parts stay apart, so that a program can
/// decide by ``kind`` or ``systemErrno`` and a person can read ``description``.
public struct VTEPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The class of failure to decide by.
    public var kind: Kind
    /// What was attempted, as a verb phrase without a subject: `create VXLAN link`.
    public var attempted: String
    /// What it was attempted on, such as `vxlan0`. Empty if there is nothing to name.
    public var subject: String
    /// What is wrong, in this library's words. Empty if the kernel's answer says it all.
    public var reason: String
    /// The positive `errno` value that the kernel or the C library answered, unchanged.
    public var systemErrno: Int32?
    /// The kernel's extended-acknowledgement text (`NLMSGERR_ATTR_MSG`), verbatim.
    public var kernelMessage: String?
    /// Where in the request the offending attribute starts, in bytes from the start of its netlink header
    /// (`NLMSGERR_ATTR_OFFS`). It is for whoever debugs the request, so ``description`` leaves it out.
    public var attributeOffset: UInt32?
    /// What to do about it. Empty if there is nothing to advise.
    public var remedy: String

    public init(
        _ kind: Kind,
        attempted: String,
        subject: String = "",
        reason: String = "",
        systemErrno: Int32? = nil,
        kernelMessage: String? = nil,
        attributeOffset: UInt32? = nil,
        remedy: String = ""
    ) {
        self.kind = kind
        self.attempted = attempted
        self.subject = subject
        self.reason = reason
        self.systemErrno = systemErrno
        self.kernelMessage = kernelMessage
        self.attributeOffset = attributeOffset
        self.remedy = remedy
    }
}
