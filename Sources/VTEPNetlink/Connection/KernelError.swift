internal import Glibc
internal import VTEPWire

extension VTEPError {
    /// The error for a request that the kernel refused.
    init(_ answer: ExtendedAck, _ purpose: Purpose) {
        self.init(
            VTEPError.kind(ofErrno: answer.errno), attempted: "\(purpose.attempted)", subject: purpose.subject,
            systemErrno: answer.errno, kernelMessage: answer.message, attributeOffset: answer.offset)
        if let missing = answer.missingType { reason = "the kernel misses attribute \(missing)" }
        if kind == .permissionDenied { remedy = VTEPError.permissionRemedy }
    }

    /// The error for a system call that failed.
    init(systemCall name: StaticString, errno code: Int32, _ purpose: Purpose) {
        self.init(
            VTEPError.kind(ofErrno: code), attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "\(name) failed", systemErrno: code)
        if kind == .permissionDenied { remedy = VTEPError.permissionRemedy }
    }

    static let permissionRemedy = """
        changing the network needs CAP_NET_ADMIN in this network namespace: run as root, give the program the \
        capability (setcap cap_net_admin+ep PROGRAM), or try it in a namespace of your own (unshare -Urn)
        """

    private static func kind(ofErrno code: Int32) -> Kind {
        switch code {
        case EPERM, EACCES: .permissionDenied
        case EEXIST: .exists
        case ENODEV, ENOENT, ESRCH, ENXIO, EADDRNOTAVAIL: .notFound
        case EINVAL, ERANGE, EAFNOSUPPORT: .invalidArgument
        case EOPNOTSUPP, EPROTONOSUPPORT, ENOSYS: .notSupported
        case EBUSY, EADDRINUSE: .busy
        case ENOMEM: .outOfMemory
        default: .system
        }
    }
}
