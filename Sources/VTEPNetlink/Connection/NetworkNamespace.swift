internal import CVTEPLinux
internal import Glibc
package import VTEPWire

/// Which network namespace a connection works in.
public enum NetworkNamespace: Hashable, Sendable, CustomStringConvertible {
    /// The calling thread's, at the moment of opening.
    case current
    /// A file that refers to one, such as `/run/netns/blue` or `/proc/1234/ns/net`.
    case path(String)
    /// An open descriptor that refers to one. It is used during the call only and stays the caller's.
    case descriptor(Int32)
    /// The one a process is in, by its process id.
    case process(Int32)

    public var description: String {
        switch self {
        case .current: "the current network namespace"
        case .path(let path): path
        case .descriptor(let descriptor): "descriptor \(descriptor)"
        case .process(let id): "process \(id)"
        }
    }
}

extension NetworkNamespace {
    /// Runs `body` with a descriptor that is certain to refer to a network namespace; `nil` stands for the current one.
    package func withDescriptor<Result: ~Copyable>(
        attempted: StaticString, _ body: (Int32?) throws(VTEPError) -> Result
    ) throws(VTEPError) -> Result {
        switch self {
        case .current:
            return try body(nil)
        case .descriptor(let descriptor):
            try check(descriptor, attempted: attempted)
            return try body(descriptor)
        case .path(let path):
            return try withOpened(path, attempted: attempted, body)
        case .process(let id):
            guard id > 0 else {
                throw VTEPError(
                    .invalidArgument, attempted: "\(attempted)", subject: description,
                    reason: "a process id is greater than 0")
            }
            return try withOpened("/proc/\(id)/ns/net", attempted: attempted, body)
        }
    }

    private func withOpened<Result: ~Copyable>(
        _ path: String, attempted: StaticString, _ body: (Int32?) throws(VTEPError) -> Result
    ) throws(VTEPError) -> Result {
        // O_NONBLOCK: a path that turns out to be a FIFO must not hang the caller.
        guard !path.utf8.contains(0) else { throw notANamespace(attempted: attempted) }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw cannotOpen(errno, attempted: attempted) }
        defer { close(descriptor) }
        try check(descriptor, attempted: attempted)
        return try body(descriptor)
    }

    private func check(_ descriptor: Int32, attempted: StaticString) throws(VTEPError) {
        let answer = cvtep_is_network_namespace(descriptor)
        if answer == 1 { return }
        if answer < 0 {
            throw VTEPError(
                .invalidArgument, attempted: "\(attempted)", subject: description, systemErrno: -answer,
                remedy: "pass an open descriptor of a network namespace")
        }
        throw notANamespace(attempted: attempted)
    }

    private func notANamespace(attempted: StaticString) -> VTEPError {
        VTEPError(
            .invalidArgument, attempted: "\(attempted)", subject: description,
            reason: "it is not a network namespace",
            remedy: "name one made by \"ip netns add\" (/run/netns/NAME) or a process's /proc/PID/ns/net")
    }

    private func cannotOpen(_ code: Int32, attempted: StaticString) -> VTEPError {
        var error = VTEPError(
            .system, attempted: "\(attempted)", subject: description, systemErrno: code)
        switch (code, self) {
        case (ENOENT, .process), (ESRCH, _):
            error.kind = .notFound
            error.reason = "there is no such process"
        case (ENOENT, _), (ENOTDIR, _):
            error.kind = .notFound
            error.remedy = "list the named ones with \"ip netns list\""
        case (EACCES, _), (EPERM, _):
            error.kind = .permissionDenied
            error.remedy = "run as root, or as the user who owns that namespace"
        default: break
        }
        return error
    }
}
