internal import CLibNL

/// How old a neighbour or an FDB entry is, in hundredths of a second (`NDA_CACHEINFO`, `struct nda_cacheinfo`). They
/// count on in the kernel, and stop at 2³² − 1, after 497 days.
public struct EntryAges: Hashable, Sendable {
    /// Since it was last confirmed to be reachable; of neighbours.
    public var confirmed: UInt32
    /// Since a packet last used it; a VXLAN device counts what it receives from the address, too.
    public var used: UInt32
    /// Since it was made or last changed.
    public var updated: UInt32
    /// How many users within the kernel hold it; of neighbours.
    public var references: UInt32

    public init(confirmed: UInt32 = 0, used: UInt32 = 0, updated: UInt32 = 0, references: UInt32 = 0) {
        self.confirmed = confirmed
        self.used = used
        self.updated = updated
        self.references = references
    }
}

extension AttributePayload {
    var entryAges: EntryAges? {
        load(nda_cacheinfo.self).map {
            EntryAges(
                confirmed: $0.ndm_confirmed, used: $0.ndm_used, updated: $0.ndm_updated, references: $0.ndm_refcnt)
        }
    }
}
