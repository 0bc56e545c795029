internal import CLibNL

/// What the kernel says about a request: the raw errno and, with `NETLINK_EXT_ACK` on, its own words (`NLMSGERR_ATTR_*`).
struct ExtendedAck {
    /// Positive; 0 is success.
    var errno: Int32
    var message: String?
    /// Where in the request the offending attribute starts, in bytes.
    var offset: UInt32?
    /// The type of an attribute that the kernel missed.
    var missingType: UInt32?

    /// Reads an `NLMSG_ERROR`. `nil` if it is too short to be one.
    init?(error reply: Reply) {
        guard let code = unsafe AttributePayload(reply.payload).int32 else { return nil }
        errno = ExtendedAck.positive(code)
        guard reply.flags & UInt16(NLM_F_ACK_TLVS) != 0 else { return }
        // After the errno stands the request's header and, unless capped, the rest of the request.
        let headerSize = MemoryLayout<nlmsghdr>.size
        guard let echoed = unsafe AttributePayload(reply.payload).load(nlmsghdr.self, at: 4) else { return }
        let capped = reply.flags & UInt16(NLM_F_CAPPED) != 0
        let echoedLength = capped ? headerSize : (Int(echoed.nlmsg_len) + 3) & ~3
        read(reply.attributes(from: 4 + echoedLength))
    }

    /// Reads an `NLMSG_DONE`: a failed dump carries its errno there, with the same attributes after it.
    init(done reply: Reply) {
        errno = ExtendedAck.positive(unsafe AttributePayload(reply.payload).int32 ?? 0)
        if reply.flags & UInt16(NLM_F_ACK_TLVS) != 0 { read(reply.attributes(from: 4)) }
    }

    /// A dump's `NLMSG_DONE` may carry a positive length; only a negative number is an error.
    private static func positive(_ code: Int32) -> Int32 { code < 0 ? 0 &- code : 0 }

    private mutating func read(_ attributes: Attributes) {
        for attribute in attributes {
            switch attribute.type {
            case 1: message = attribute.payload.string  // NLMSGERR_ATTR_MSG
            case 2: offset = attribute.payload.uint32  // NLMSGERR_ATTR_OFFS
            case 5: missingType = attribute.payload.uint32  // NLMSGERR_ATTR_MISS_TYPE
            default: break
            }
        }
    }
}
