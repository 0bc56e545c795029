internal import Glibc
internal import VTEPWire

/// The kernel's form of a Unix socket's path.
struct UnixAddress {
    private(set) var address = sockaddr_un()
    private(set) var length: socklen_t = 0
    private let isAbstract: Bool

    /// Nobody's address.
    init() { isAbstract = true }

    init(_ path: String, _ attempt: Attempt) throws(VTEPError) {
        isAbstract = path.utf8.first == UInt8(ascii: "@")
        var bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else {
            throw attempt.refused("a Unix socket's path has 1 to \(room - 1) bytes")
        }
        if isAbstract { bytes[0] = 0 }
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let header = MemoryLayout.size(ofValue: address.sun_family)
        length = socklen_t(header + bytes.count + (isAbstract ? 0 : 1))
    }

    /// 0, or the errno value.
    func bind(_ socket: Int32) -> Int32 { unsafe call(socket, Glibc.bind) }

    /// 0, or the errno value.
    func connect(_ socket: Int32) -> Int32 { unsafe call(socket, Glibc.connect) }

    /// Lends it to `sendmsg`.
    func withAddress<Result>(_ body: (UnsafeRawPointer, socklen_t) -> Result) -> Result {
        let length = length
        return unsafe withUnsafePointer(to: address) { unsafe body(UnsafeRawPointer($0), length) }
    }

    private func call(_ socket: Int32, _ body: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32) -> Int32 {
        let length = length
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe body(socket, address, length) == 0 ? 0 : errno
            }
        }
    }

    /// Removes a socket that was left behind by somebody who listens no more; never one that is in use, and never
    /// another kind of file.
    func removeStale(probe: borrowing Descriptor) {
        let probe = probe.number
        if isAbstract { return }
        unsafe withPath { path in
            var status = stat()
            guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
            if connect(probe) == ECONNREFUSED { unsafe unlink(path) }
        }
    }

    /// Removes our own socket from the file system.
    func remove() {
        if !isAbstract { unsafe withPath { _ = unsafe unlink($0) } }
    }

    private func withPath(_ body: (UnsafePointer<CChar>) -> Void) {
        unsafe withUnsafeBytes(of: address.sun_path) { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe body(base.assumingMemoryBound(to: CChar.self))
        }
    }
}
