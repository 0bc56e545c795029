import Glibc
import Testing
import VTEPWire

struct VTEPErrorTests {
    @Test func `one line with every part`() {
        let error = VTEPError(
            .exists, attempted: "create VXLAN link", subject: "vxlan0", reason: "vxlan7 holds VNI 120",
            systemErrno: EEXIST, kernelMessage: "A VXLAN device with the specified VNI already exists",
            attributeOffset: 52, remedy: "delete vxlan7 first")
        #expect(
            error.description
                == "cannot create VXLAN link \"vxlan0\": File exists (EEXIST, errno 17); "
                + "the kernel says \"A VXLAN device with the specified VNI already exists\"; "
                + "vxlan7 holds VNI 120; delete vxlan7 first")
        #expect(error.attributeOffset == 52)
    }

    @Test func `absent parts leave no trace`() {
        #expect(VTEPError(.busy, attempted: "list links").description == "cannot list links: busy")
        #expect(
            VTEPError(.busy, attempted: "list links", remedy: "wait").description == "cannot list links: busy; wait")
        #expect(
            VTEPError(.system, attempted: "list links", kernelMessage: "no").description
                == "cannot list links: the kernel says \"no\"")
        #expect(
            VTEPError(.system, attempted: "list links", systemErrno: EPERM, kernelMessage: "").description
                == "cannot list links: Operation not permitted (EPERM, errno 1)")
    }

    /// A name or a kernel text must not forge log lines or steer a terminal.
    @Test func `stays one line whatever the parts hold`() {
        let nasty = "a\nb\r\t\u{1B}[31m\"\\\u{85}\u{2028}\u{202E}\u{7F}\0"
        let error = VTEPError(
            .notFound, attempted: nasty, subject: nasty, reason: nasty, kernelMessage: nasty, remedy: nasty)
        let forbidden = error.description.unicodeScalars.filter {
            $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x2028...0x202E).contains($0.value)
        }
        #expect(forbidden.isEmpty)
        #expect(error.description.contains(#""a\nb\r\t\u{1b}[31m\"\\\u{85}\u{2028}\u{202e}\u{7f}\u{0}""#))
        #expect(error.kernelMessage == nasty, "the parts themselves stay verbatim")
    }

    @Test func `a long text is named by its start only`() {
        let text = String(repeating: "é", count: 1_000_000)
        let error = #expect(throws: VTEPError.self) { try IPAddress(parsing: text) }
        #expect(error?.subject == String(repeating: "é", count: 64) + "…")
        let exact = String(repeating: "z", count: 64)
        #expect(throws: VTEPError.self) { try IPAddress(parsing: exact) }
        let exactError = #expect(throws: VTEPError.self) { try IPAddress(parsing: exact) }
        #expect(exactError?.subject == exact)
    }

    @Test func `kinds have the C interface's codes`() {
        let kinds: [VTEPError.Kind] = [
            .invalidArgument, .noSpace, .notFound, .exists, .permissionDenied, .system, .callback, .notSupported, .busy,
            .foreign, .outOfMemory, .interrupted, .protocolViolation,
        ]
        #expect(kinds.map(\.rawValue) == (1...13).map { -$0 })
        #expect(Set(kinds.map(\.description)).count == 13)
        #expect(kinds.allSatisfy { !$0.description.contains("code") })
        #expect(VTEPError.Kind(rawValue: -99).description == "error code -99")
    }

    /// Each errno of the table against glibc's own name and text; the others say so by number.
    @Test func `errno names and texts are the system's`() throws {
        let systemName = try #require(SystemErrnoName())
        var named: Set<Int32> = []
        for code in Int32(-2)...200 {
            let text = VTEPError(.system, attempted: "test", systemErrno: code).description
            if text == "cannot test: errno \(code)" { continue }
            named.insert(code)
            let name = systemName(code) ?? "?"
            let message = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "?"
            #expect(text == "cannot test: \(message) (\(name), errno \(code))")
        }
        let needed = [
            EPERM, ENOENT, ESRCH, EINTR, EBADF, EAGAIN, ENOMEM, EACCES, EFAULT, EBUSY, EEXIST, EXDEV, ENODEV, ENOTDIR,
            EISDIR, EINVAL, ENFILE, EMFILE, ENOTTY, ENOSPC, EROFS, EPIPE, ERANGE, ENAMETOOLONG, ENOSYS, ELOOP, EPROTO,
            EBADMSG, EOVERFLOW, ENOTUNIQ, ENOTSOCK, EMSGSIZE, ENOPROTOOPT, EPROTONOSUPPORT, EOPNOTSUPP, EAFNOSUPPORT,
            EADDRINUSE, EADDRNOTAVAIL, ENETDOWN, ENETUNREACH, ENOBUFS, EISCONN, ENOTCONN, ETIMEDOUT, ECONNREFUSED,
            EHOSTUNREACH, EALREADY, EINPROGRESS,
        ]
        #expect(named.isSuperset(of: needed), "missing: \(Set(needed).subtracting(named))")
        #expect(VTEPError(.system, attempted: "test", systemErrno: .min).description.hasSuffix("errno -2147483648"))
    }
}

/// `strerrorname_np` of glibc 2.32 and later, which the `Glibc` module hides as it is behind `_GNU_SOURCE`.
@safe private struct SystemErrnoName {
    private typealias Function = @convention(c) (Int32) -> UnsafePointer<CChar>?
    private let function: Function

    init?() {
        guard let address = unsafe dlsym(dlopen(nil, RTLD_NOW), "strerrorname_np") else { return nil }
        unsafe function = unsafe unsafeBitCast(address, to: Function.self)
    }

    func callAsFunction(_ code: Int32) -> String? {
        unsafe function(code).map { unsafe String(cString: $0) }
    }
}
