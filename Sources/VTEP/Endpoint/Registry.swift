internal import VTEPEngine
internal import VTEPWire

/// What an endpoint was told to have. The engine forwards by it, and does not remember who said so.
struct Registry {
    struct Segment {
        var remotes: [Engine.FDBRemote] = []
        var ports: [PortID] = []
    }

    var segments: [VNI: Segment] = [:]
    var peers: Set<IPAddress> = []
    /// How many remotes are that group, and how many underlays joined it by themselves.
    var memberships: [IPAddress: Int] = [:]

    func segment(_ vni: VNI, attempted: String) throws(VTEPError) -> Segment {
        if let segment = segments[vni] { return segment }
        throw VTEPError(
            .notFound, attempted: attempted, subject: "\(vni)", reason: "the endpoint has no such VNI",
            remedy: "add it first")
    }
}
