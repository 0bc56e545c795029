public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The VNIs that VXLAN devices with a VNI filter carry, or one of them, in their order (`bridge vni show`).
    ///
    /// - Parameters:
    ///   - name: the device; `nil`: all that there are.
    ///   - statistics: count per VNI; then each has an entry of its own (`bridge -s vni show`).
    /// - Throws: kind `notFound`; `foreign` where the link is no VXLAN device with a VNI filter.
    public func vniFilter(of name: String? = nil, statistics: Bool = false) throws(VTEPError) -> [VNIFilterEntry] {
        guard let name else {
            return try connection.vniFilter(nil, statistics: statistics, Purpose("list VNIs"))
        }
        let purpose = Purpose("list VNIs of VXLAN link", name)
        let link = try findFiltered(name, purpose)
        return try connection.vniFilter(link.index, statistics: statistics, purpose)
    }

    /// Has a device carry these VNIs, too (`bridge vni add dev NAME vni FIRST-LAST`). Where it carries some of them to the
    /// same destination already, that is no error.
    ///
    /// - Parameter destination: the remote or the group of each of these VNIs; `nil`: the device's own.
    /// - Throws: kind `exists` for a VNI that it carries to another destination, with nothing changed, or that another
    ///   device on that port carries; `invalidArgument`; `notFound`; `foreign` where the link is no VXLAN device with a VNI
    ///   filter; `permissionDenied`.
    public func addVNIs(
        _ vnis: ClosedRange<VNI>, destination: VXLANDestination? = nil, to name: String
    ) throws(VTEPError) {
        let purpose = Purpose("add VNIs to VXLAN link", name)
        let link = try findFiltered(name, purpose)
        let entry = VNIFilterEntry(linkIndex: link.index, vnis: vnis, destination: destination)
        try check(entry, link, purpose)
        // The kernel would keep the old destination in the FDB, or leave the range half changed.
        let other = try connection.vniFilter(link.index, statistics: false, purpose).first {
            $0.vnis.overlaps(vnis) && $0.destination != destination
        }
        if let other {
            throw VTEPError(
                .exists, attempted: "\(purpose.attempted)", subject: name,
                reason: "it carries \(other.words) already", remedy: "delete those first")
        }
        do {
            try connection.addVNIs(entry, purpose)
        } catch {
            var error = error
            if error.kind == .exists {
                error.reason = "another VXLAN device on that port carries one of them; those below it have been added"
                error.remedy = "see which with \"bridge vni show\" and \"ip -d link show type vxlan\""
            }
            throw error
        }
    }

    /// Has a device carry these VNIs no longer (`bridge vni delete dev NAME vni FIRST-LAST`); those of the range that it
    /// does not carry are passed over.
    ///
    /// - Throws: kind `notFound` for the link, or where it carries none of them; `foreign` where the link is no VXLAN device
    ///   with a VNI filter; `permissionDenied`.
    public func deleteVNIs(_ vnis: ClosedRange<VNI>, from name: String) throws(VTEPError) {
        let purpose = Purpose("delete VNIs of VXLAN link", name)
        let link = try findFiltered(name, purpose)
        // The kernel would stop at the first that is not there.
        let present = try connection.vniFilter(link.index, statistics: false, purpose)
            .filter { $0.vnis.overlaps(vnis) }
            .map { VNIFilterEntry(linkIndex: link.index, vnis: $0.vnis.clamped(to: vnis)) }
        if present.isEmpty {
            throw VTEPError(
                .notFound, attempted: "\(purpose.attempted)", subject: name,
                reason: "it does not carry \(wordsOf(vnis))")
        }
        try connection.deleteVNIs(present, from: link.index, purpose)
    }
}

extension Host {
    private func findFiltered(_ name: String, _ purpose: Purpose) throws(VTEPError) -> Link {
        let link = try find(name, attempted: purpose.attempted)
        if case .vxlan(let vxlan) = link.details, vxlan.vniFilter { return link }
        throw notA("VXLAN device with a VNI filter", link, purpose.attempted)
    }

    private func check(_ entry: VNIFilterEntry, _ link: Link, _ purpose: Purpose) throws(VTEPError) {
        guard case .vxlan(let vxlan) = link.details else { return }
        do throws(BadOption) {
            if entry.vnis.upperBound == .first {
                throw BadOption(reason: "the kernel cannot tell VNI 0 alone from no VNI")
            }
            // The name serves for "there is one" only.
            try entry.destination?.check(device: vxlan.deviceIndex.map { "index \($0)" })
        } catch {
            throw VTEPError(
                .invalidArgument, attempted: "\(purpose.attempted)", subject: purpose.subject, reason: error.reason,
                remedy: error.remedy)
        }
    }
}

extension VNI {
    fileprivate static let first = VNI(exactly: 0)
}

private func wordsOf(_ vnis: ClosedRange<VNI>) -> String {
    let (first, last) = (vnis.lowerBound, vnis.upperBound)
    return first == last ? "VNI \(first)" : "VNIs \(first) to \(last)"
}

extension VNIFilterEntry {
    fileprivate var words: String {
        "\(wordsOf(vnis)) to \(destination.map { "\($0)" } ?? "the device's own destination")"
    }
}
