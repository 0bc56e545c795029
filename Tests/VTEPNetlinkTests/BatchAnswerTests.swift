import Glibc
import TestNetwork
import Testing
import VTEPWire

@testable import VTEPNetlink

/// What the kernel may answer to a batch, half-way through it: 100 changes, which travel as 64 and 36.
@Suite struct BatchAnswerTests {
    private static func apply(_ answers: [UInt8]...) throws -> (Result<[ChangeFailure], VTEPError>, ScriptedKernel) {
        let kernel = try ScriptedKernel()
        for answer in answers { kernel.queue(answer) }
        let result = Result { () throws(VTEPError) in
            try kernel.connection.apply(count: 100) { .deleteNextHop(id: UInt32($0 + 1)) }
        }
        return (result, kernel)
    }

    private static func refusal(_ code: Int32, at place: UInt32, _ rest: [UInt8] = []) -> [UInt8] {
        // NLM_F_CAPPED, and NLM_F_ACK_TLVS where something follows.
        Bytes.acknowledgement(code, flags: rest.isEmpty ? 0x100 : 0x300, sequence: place + 1, rest)
    }

    private static func accepted(upTo place: UInt32) -> [UInt8] { Bytes.acknowledgement(0, sequence: place + 1) }

    /// Alone, several in a datagram, of the acknowledged change, and with the kernel's words.
    @Test func failuresAreFoundWhereverTheyStand() throws {
        let words = Bytes.attribute(1, Array("no such nexthop\0".utf8))
        let (result, kernel) = try BatchAnswerTests.apply(
            BatchAnswerTests.refusal(-2, at: 2),
            BatchAnswerTests.refusal(-1, at: 59) + BatchAnswerTests.accepted(upTo: 63),
            BatchAnswerTests.refusal(-2, at: 64, words),
            BatchAnswerTests.refusal(-16, at: 99))
        let failures = try result.get()
        #expect(failures.map(\.index) == [2, 59, 64, 99])
        #expect(failures.map(\.error.systemErrno) == [2, 1, 2, 16])
        #expect(failures.map(\.error.kernelMessage) == [nil, nil, "no such nexthop", nil])
        #expect(failures[0].error.subject == "3")
        #expect(kernel.request().count > kernel.request().count, "64 messages, then 36")
        #expect(kernel.request() == [], "nothing was sent twice")
    }

    /// The answer to the second half never comes: what is thrown says so, and nothing claims success.
    @Test func aMissingAnswerIsAnError() throws {
        let (result, _) = try BatchAnswerTests.apply(BatchAnswerTests.accepted(upTo: 63))
        let error = #expect(throws: VTEPError.self) { try result.get() }
        #expect(error?.systemErrno == EAGAIN)
        #expect(error?.remedy.contains("read the state back") == true)
    }

    /// Of the second half only refusals come, and no end.
    @Test func anUnfinishedAnswerIsAnError() throws {
        let (result, _) = try BatchAnswerTests.apply(
            BatchAnswerTests.accepted(upTo: 63), BatchAnswerTests.refusal(-2, at: 70))
        #expect(throws: VTEPError.self) { try result.get() }
    }

    @Test func nonsenseIsAnError() throws {
        let short = Bytes.message(2, sequence: 64, [0, 0])
        let foreign = Bytes.message(16, sequence: 64, [UInt8](repeating: 0, count: 16))
        for answer in [short, foreign] {
            let (result, _) = try BatchAnswerTests.apply(answer)
            let error = #expect(throws: VTEPError.self) { try result.get() }
            #expect(error?.kind == .protocolViolation)
        }
    }

    /// Answers to what was asked before, and to what never was, are no answers.
    @Test func foreignNumbersAreSkipped() throws {
        let (result, _) = try BatchAnswerTests.apply(
            Bytes.acknowledgement(-2, sequence: 0) + Bytes.acknowledgement(-2, sequence: 4711)
                + BatchAnswerTests.accepted(upTo: 63),
            BatchAnswerTests.accepted(upTo: 99))
        #expect(try result.get().isEmpty)
    }
}
