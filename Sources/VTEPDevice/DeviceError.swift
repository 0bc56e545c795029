internal import Glibc
internal import VTEPWire

/// What is being opened, in the words of its error: "open the TAP", "tap0".
struct Attempt {
    let verb: StaticString
    let subject: String

    init(_ verb: StaticString, _ subject: String) {
        self.verb = verb
        self.subject = subject
    }

    /// The error for a call of ours that the kernel refused; `call` says which, as a verb phrase.
    func failed(_ call: String, _ code: Int32, remedy: String = "") -> VTEPError {
        VTEPError(
            VTEPError.Kind(errno: code), attempted: "\(verb)", subject: subject, reason: "\(call) failed",
            systemErrno: code, remedy: remedy)
    }

    /// The error for something the caller cannot mean.
    func refused(_ reason: String, remedy: String = "") -> VTEPError {
        VTEPError(.invalidArgument, attempted: "\(verb)", subject: subject, reason: reason, remedy: remedy)
    }

    /// The descriptor that a C function returned, or its error.
    func opened(_ result: Int32, _ call: String, remedy: (Int32) -> String = { _ in "" })
        throws(VTEPError) -> Descriptor
    {
        if result >= 0 { return Descriptor(owning: result) }
        let code = 0 &- result
        throw failed(call, code, remedy: remedy(code))
    }

    /// Insists on success: `code` is 0 or an errno value.
    func require(_ code: Int32, _ call: String, remedy: String = "") throws(VTEPError) {
        if code != 0 { throw failed(call, code, remedy: remedy) }
    }
}
