internal import CLibNL
package import VTEPWire

extension Connection {
    /// Sends many changes in few system calls, in order. The kernel attempts every one, whatever became of those before
    /// it; the failed ones are returned, in order.
    ///
    /// - Parameter change: makes the change of that place; asked again for one that fails. What it throws becomes that
    ///   change's failure.
    /// - Throws: only where the conversation with the kernel broke down; earlier changes have happened then.
    package func apply(
        count: Int, _ change: (Int) throws(VTEPError) -> Change
    ) throws(VTEPError) -> [ChangeFailure] {
        var batch = BatchMemory()
        var request = try Request(capacity: BatchMemory.capacity)
        var failures: [ChangeFailure] = []
        for index in 0..<count {
            do throws(VTEPError) {
                try request.write(change(index))
            } catch {
                // Numbers are consecutive within a send, so that an answer names its change: a gap ends it.
                try flush(&batch, change, into: &failures)
                failures.append(ChangeFailure(index: index, error: error))
                continue
            }
            if try append(request, index, to: &batch) { continue }
            try flush(&batch, change, into: &failures)
            if try !append(request, index, to: &batch) {
                failures.append(ChangeFailure(index: index, error: tooLarge(Purpose("apply change", "\(index)"))))
            }
        }
        try flush(&batch, change, into: &failures)
        return failures
    }

    private func append(
        _ request: borrowing Request, _ index: Int, to batch: inout BatchMemory
    ) throws(VTEPError) -> Bool {
        let number = upcomingSequence &+ batch.count
        return try unsafe request.withBytes(sequence: number) { bytes in unsafe batch.append(bytes, index) } ?? false
    }

    private func flush(
        _ batch: inout BatchMemory, _ change: (Int) throws(VTEPError) -> Change,
        into failures: inout [ChangeFailure]
    ) throws(VTEPError) {
        if batch.isEmpty { return }
        let purpose = Purpose("apply changes")
        let sequence = upcomingSequence
        skipSequence(batch.count)
        let last = sequence &+ (batch.count - 1)
        try unsafe batch.withMessages { bytes throws(VTEPError) in try unsafe send(bytes, purpose) }
        let first = batch.firstIndex
        try receive(from: sequence, count: batch.count, purpose) { reply throws(VTEPError) in
            guard reply.type == NLMSG_ERROR, let verdict = ExtendedAck(error: reply) else { throw malformed(purpose) }
            if verdict.errno != 0 {
                let index = first + Int(reply.sequence &- sequence)
                let error = VTEPError(verdict, try change(index).purpose)
                failures.append(ChangeFailure(index: index, error: error))
            }
            return reply.sequence == last
        }
        batch.removeAll()
    }
}
