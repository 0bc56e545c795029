internal import VTEPWire

extension VTEPError {
    /// The error for a request that the kernel refused.
    init(_ answer: ExtendedAck, _ purpose: Purpose) {
        self.init(
            Kind(errno: answer.errno), attempted: "\(purpose.attempted)", subject: purpose.subject,
            systemErrno: answer.errno, kernelMessage: answer.message, attributeOffset: answer.offset)
        if let missing = answer.missingType { reason = "the kernel misses attribute \(missing)" }
        if kind == .permissionDenied { remedy = VTEPError.permissionRemedy }
    }

    /// The error for a system call that failed.
    init(systemCall name: StaticString, errno code: Int32, _ purpose: Purpose) {
        self.init(
            Kind(errno: code), attempted: "\(purpose.attempted)", subject: purpose.subject,
            reason: "\(name) failed", systemErrno: code)
        if kind == .permissionDenied { remedy = VTEPError.permissionRemedy }
    }

    static let permissionRemedy = """
        changing the network needs CAP_NET_ADMIN in this network namespace: run as root, give the program the \
        capability (setcap cap_net_admin+ep PROGRAM), or try it in a namespace of your own (unshare -Urn)
        """
}
