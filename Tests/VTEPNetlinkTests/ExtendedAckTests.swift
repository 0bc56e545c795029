import Testing

@testable import VTEPNetlink

/// What the kernel says about a request, byte by byte.
struct ExtendedAckTests {
    private func read(_ message: [UInt8]) -> ExtendedAck? {
        unsafe message.withGuardedBytes { bytes in
            for reply in unsafe Replies(bytes) {
                return reply.type == 3 ? ExtendedAck(done: reply) : ExtendedAck(error: reply)
            }
            return nil
        }
    }

    private static let words = Array("VNI in use\0".utf8)

    /// NLM_F_CAPPED (0x100) and NLM_F_ACK_TLVS (0x200): the request's header alone is echoed.
    @Test func cappedErrorIsRead() {
        let attributes = Bytes.attribute(1, ExtendedAckTests.words) + Bytes.attribute(2, Bytes.u32(52))
        let ack = read(Bytes.acknowledgement(-17, flags: 0x300, attributes))
        #expect(ack?.errno == 17)
        #expect(ack?.message == "VNI in use")
        #expect(ack?.offset == 52)
        #expect(ack?.missingType == nil)
    }

    /// Without NLM_F_CAPPED the whole request, 32 bytes by its own header, stands before the attributes.
    @Test func uncappedErrorIsRead() {
        let echoed = [UInt8](repeating: 0xFF, count: 16)
        let ack = read(
            Bytes.acknowledgement(-22, flags: 0x200, echoed + Bytes.attribute(1, ExtendedAckTests.words)))
        #expect(ack?.errno == 22)
        #expect(ack?.message == "VNI in use")
    }

    @Test func withoutAttributesTheErrnoIsRead() {
        // The echoed request looks like attributes; no flag says that there are any.
        let ack = read(Bytes.acknowledgement(-1, flags: 0, Bytes.attribute(1, ExtendedAckTests.words)))
        #expect(ack?.errno == 1)
        #expect(ack?.message == nil)
    }

    @Test func missingAttributeIsNamed() {
        #expect(read(Bytes.acknowledgement(-22, flags: 0x300, Bytes.attribute(5, Bytes.u32(3))))?.missingType == 3)
    }

    @Test func doneCarriesAnError() {
        let ack = read(Bytes.done(-95, flags: 0x202, Bytes.attribute(1, ExtendedAckTests.words)))
        #expect(ack?.errno == 95)
        #expect(ack?.message == "VNI in use")
        #expect(read(Bytes.done(0))?.errno == 0)
        #expect(read(Bytes.done(4096))?.errno == 0)  // a positive number is a length
    }

    @Test func oddCodesAreRead() {
        #expect(read(Bytes.acknowledgement(0))?.errno == 0)
        #expect(read(Bytes.acknowledgement(17))?.errno == 0)
        #expect(read(Bytes.acknowledgement(.min))?.errno == .min)
        #expect(read(Bytes.message(2, [1, 2, 3])) == nil)
    }

    /// An echoed length that runs past the message, up to 2^32 − 1, finds no attributes.
    @Test(arguments: [33, 4096, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32])
    func echoedLengthIsNotBelieved(_ length: UInt32) {
        let message = Bytes.message(
            2, flags: 0x200, Bytes.i32(-22) + Bytes.u32(length) + [UInt8](repeating: 0, count: 12))
        #expect(read(message)?.errno == 22)
        #expect(read(message)?.message == nil)
    }
}
