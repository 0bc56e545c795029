internal import VTEPEngine

/// Which local addresses the kernel chose lately for packets to a few remotes, or that it had none: a capture asks for each
/// packet.
struct KnownSources: ~Copyable {
    private var remotes = InlineArray<64, UnderlayAddress>(repeating: .unspecified)
    private var sources = InlineArray<64, UnderlayAddress>(repeating: .unspecified)

    /// The address, asked of `underlay` where it is not known.
    mutating func source(to remote: UnderlayAddress, of underlay: Underlay) -> UnderlayAddress {
        let place = Int(truncatingIfNeeded: remote.mixed >> 58)
        if remotes[place] == remote { return sources[place] }
        let source = underlay.source(to: remote)
        remotes[place] = remote
        sources[place] = source
        return source
    }

    mutating func removeAll() {
        for place in remotes.indices { remotes[place] = .unspecified }
    }
}
