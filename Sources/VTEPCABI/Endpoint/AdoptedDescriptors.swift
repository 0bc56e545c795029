internal import CVTEP
internal import Glibc
internal import VTEP

/// Descriptors that a port is to take over. Whoever adopts descriptors closes them, also where adopting fails; the C
/// caller is to keep his then. So the port gets copies, and the caller's are closed once it is there.
struct AdoptedDescriptors {
    private let callers: [Int32]

    init() { callers = [] }

    /// - Parameter most: how many there may be.
    @unsafe
    init(
        _ options: vtep_endpoint_port_options, _ most: UInt32, _ arguments: borrowing Arguments
    ) throws(VTEPError) {
        let count = unsafe options.fd_count
        guard (1...most).contains(count) else {
            throw arguments.invalid("fd_count is \(count); 1...\(most) are possible")
        }
        guard let first = unsafe options.fds else { throw arguments.null("fds") }
        callers = unsafe Array(UnsafeBufferPointer(start: first, count: Int(count)))
        guard Set(callers).count == callers.count else { throw arguments.invalid("fds names a descriptor twice") }
    }

    /// The port's own, to be handed to who adopts them and nobody else.
    func copies(_ arguments: borrowing Arguments) throws(VTEPError) -> [Int32] {
        var copies: [Int32] = []
        for descriptor in callers {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            if copy < 0 {
                let code = errno
                for copy in copies { close(copy) }
                if code == EBADF { throw arguments.invalid("fds has \(descriptor), which is no open descriptor") }
                throw VTEPError(
                    .system, attempted: "add a port to the VNI", reason: "no more descriptors", systemErrno: code)
            }
            copies.append(copy)
        }
        return copies
    }

    /// The port has them now.
    func closeCallers() {
        for descriptor in callers { close(descriptor) }
    }
}
