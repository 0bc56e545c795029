/// What an engine counts: frames that passed, and every reason for which one did not.
///
/// The raw value is the place in the C interface's array, where new ones come at the end.
public enum Counter: UInt8, CaseIterable, Sendable {
    // From ports.
    case framesFromPorts
    case bytesFromPorts
    /// Frames given to ports, superframes counted once.
    case framesToPorts
    case bytesToPorts
    // Underlay. A replicated frame counts once for each copy.
    case datagramsToUnderlay
    case bytesToUnderlay
    case datagramsFromUnderlay
    case bytesFromUnderlay
    /// Frames that were flooded: to a group, to everyone, to an unknown station.
    case floodedFrames
    case superframesSegmented
    case superframesCoalesced
    case neighbourRequestsAnswered
    case oversizedAnswered
    case addressesLearnt
    case addressesMoved
    case addressesAged
    // Drops that either direction has.
    /// Shorter than the 14 bytes of an Ethernet header, or longer than a frame can be.
    case dropFrameLength
    /// The inner IP header does not fit into the frame.
    case dropInnerHeader
    /// The source address is a group's, the broadcast's or 0.
    case dropInvalidSource
    case dropInnerVLAN
    // Drops of frames from ports.
    case dropUnknownPort
    /// Destination unknown, and no default remote and no other port to flood to, or flooding it is not allowed.
    case dropUnknownDestination
    case dropFloodLimit
    case dropOversized
    /// The offload metadata contradict the frame.
    case dropOffload
    /// A superframe of more segments than can be sent.
    case dropTooManySegments
    /// The destination is the port the frame came from.
    case dropSamePort
    case dropNeighbourRequest
    // Drops of datagrams from the underlay.
    /// Shorter than a VXLAN header.
    case dropDatagramLength
    /// The I flag is not set.
    case dropNoVNIFlag
    case dropReservedBits
    case dropUnknownVNI
    case dropUnknownRemote
    case dropNextProtocol
    case dropOAM
    case dropECN
    /// The source address is a port's own.
    case dropOwnAddress
    /// The source address belongs to a static or sticky entry elsewhere.
    case dropStaticElsewhere
    /// The destination is reached by the underlay, where the frame came from.
    case dropSplitHorizon
    case dropNoPort
    // Not learnt, but delivered.
    case notLearntFull
    case notLearntLimit
    case notLearntRemoteLimit
    case notMoved
    // Events that were not reported.
    case eventsLost
    case eventsSuppressed

    /// How many there are.
    public static var count: Int { Int(eventsSuppressed.rawValue) + 1 }

    /// Whether it counts frames that did not pass.
    public var isDrop: Bool { rawValue >= Counter.dropFrameLength.rawValue && rawValue <= Counter.dropNoPort.rawValue }
}
