/// How the VTEP under test is configured for a case; what is not said is as with `ip link add … type vxlan`.
struct Settings: Sendable {
    enum Choice<Value: Sendable>: Sendable {
        case fixed(Value)
        case inherit
    }
    enum DontFragment: String, Sendable { case unset, set, inherit }

    var vni: UInt32 = 120
    var isIPv6 = false
    var learning = true
    var ageing: UInt32?
    /// More default remotes than ``Underlay/peer``.
    var otherRemotes: [String] = []
    /// No default remote at all.
    var withoutRemotes = false
    /// Peers that may send but get nothing by default; for the kernel that is everybody.
    var alsoHears: [String] = Underlay.others
    var group: String?
    var ttl: Choice<UInt8>?
    var tos: Choice<UInt8>?
    var dontFragment: DontFragment?
    var limit: UInt32?
    var acceptsZeroChecksum6 = false
    var zeroChecksum = false
    var sourcePorts: ClosedRange<UInt16>?
    /// RFC 7348 §5: reserved bits are ignored on receipt. Otherwise the kernel's way: they must be zero.
    var ignoresReservedBits = false
    /// RFC 7348 §6.1: a VLAN tag inside is discarded. Otherwise the kernel's way: it passes.
    var discardsVLAN = false
    var reportsMisses = false
    var proxy = false
    var shortCircuit = false
    var gbp = false
    var gpe = false
    /// The port's MTU where it is not the underlay's less the overhead; no underlay link is named then.
    var mtu: UInt32?
}

/// An FDB entry of a case.
struct Entry: Sendable {
    var mac: String
    var remote = Underlay.peer
    var port: UInt16?
    var vni: UInt32?
    var router = false
}
