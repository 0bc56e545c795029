internal import CLibNL
internal import VTEPWire

/// A listing under way: the kernel hands it over one datagram at a time, and makes the next while it hands one over.
struct Dump {
    fileprivate let sequence: UInt32
    /// The table changed under it: something may be missing. Said by the kernel of some tables only, not of FDB entries
    /// and neighbours (`NLM_F_DUMP_INTR`).
    fileprivate(set) var wasInterrupted = false
}

extension Connection {
    func beginDump(_ request: borrowing Request, _ purpose: Purpose) throws(VTEPError) -> Dump {
        if !isPrimed { try prime(purpose) }
        return Dump(sequence: try send(request, flags: 0, purpose))
    }

    /// Takes one datagram. Whether there is more.
    func continueDump(
        _ dump: inout Dump, _ purpose: Purpose, _ visit: (Reply) throws(VTEPError) -> Void
    ) throws(VTEPError) -> Bool {
        var interrupted = false
        var verdict: ExtendedAck?
        let finished = try receiveOne(from: dump.sequence, count: 1, purpose) { reply throws(VTEPError) in
            if reply.flags & UInt16(NLM_F_DUMP_INTR) != 0 { interrupted = true }
            switch Int32(reply.type) {
            case NLMSG_DONE: verdict = ExtendedAck(done: reply)
            case NLMSG_ERROR: verdict = ExtendedAck(error: reply)
            default:
                try visit(reply)
                return false
            }
            return true
        }
        if interrupted { dump.wasInterrupted = true }
        if finished { try check(verdict, purpose) }
        return !finished
    }

    /// Hands out the objects of a table one by one; at no time are more in memory than one datagram holds. What `visit`
    /// throws ends it. The connection can be asked nothing else meanwhile.
    ///
    /// - Throws: kind `interrupted`, after the last object, where the kernel says that the table changed meanwhile.
    func stream(
        _ request: borrowing Request, _ purpose: Purpose, _ visit: (Reply) throws(VTEPError) -> Void
    ) throws(VTEPError) {
        var dump = try beginDump(request, purpose)
        isStreaming = true
        defer { isStreaming = false }
        var stop: VTEPError?
        var goesOn = true
        while goesOn {
            goesOn = try continueDump(&dump, purpose) { reply throws(VTEPError) in
                if stop != nil { return }
                // The rest is read, nevertheless: the kernel makes one dump at a time for a socket.
                do throws(VTEPError) { try visit(reply) } catch { stop = error }
            }
        }
        if let stop { throw stop }
        if dump.wasInterrupted { throw interrupted(purpose, "the table changed while it was read") }
    }

    func interrupted(_ purpose: Purpose, _ reason: String) -> VTEPError {
        VTEPError(
            .interrupted, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: reason,
            remedy: "try again when fewer changes are under way")
    }

    /// The kernel makes a dump's datagrams as large as the largest receive so far, 4 KiB before the first. It silently
    /// leaves out an object that does not fit, such as a route of 300 next hops. So something is received first: the
    /// acknowledgement of a message that says nothing.
    private func prime(_ purpose: Purpose) throws(VTEPError) {
        try change(Request(type: Int(NLMSG_NOOP), flags: 0), purpose)
    }
}
