public import VTEPWire

/// What the engine needs to know of a port.
public struct PortConfiguration: Sendable {
    /// Which offloads the port takes. Nothing else reaches it.
    public var offloads: OffloadSupport = []
    /// The port's own address, such as the TAP interface's. Frames from the underlay that claim to come from it are
    /// looping, and dropped.
    public var ownAddress: MACAddress?
    /// How many frames per second to groups, to everyone and to unknown stations the port may send in the long run.
    /// 0: no limit.
    public var floodLimit: UInt32 = 0
    /// How many such frames it may send at once. 0: as many as in one second.
    public var floodBurst: UInt32 = 0
    /// Whether partial checksums and superframes from the underlay may be made without verifying the checksums first.
    /// It hides corruption; only for underlays that verify themselves.
    public var trustsUnderlay = false

    public init() {}
}
