extension Engine {
    /// Something that happened to the FDB, or that it lacks.
    public struct Event: BitwiseCopyable, Sendable {
        public var kind: Kind
        /// When, as the engine was told.
        public var time: Milliseconds
        /// The VNI.
        public var vni: UInt32
        /// The station's address, a 48-bit number. 0 for ``Kind/neighbourMiss``.
        public var address: UInt64
        /// Where it is, or was last in the case of ``Kind/aged``.
        public var place: Place
        /// Where it was before, for ``Kind/moved``, and where it wanted to go, for ``Kind/moveRefused``.
        public var otherPlace: Place
        /// The IP address that was asked for, with ``Kind/neighbourMiss``.
        public var internetAddress: UnderlayAddress

        public enum Kind: UInt8, BitwiseCopyable, Sendable {
            /// A unicast frame had an unknown destination and no default remote to go to.
            case destinationMiss = 1
            /// A neighbour was asked for that no binding knows (``VNIPolicy/NeighbourHandling/proxy``).
            case neighbourMiss = 2
            case learnt = 3
            case moved = 4
            case aged = 5
            /// A station would have moved more often than ``VNIPolicy/moveLimit`` lets it, or from a static entry.
            case moveRefused = 6
        }

        /// Where a station is.
        @frozen
        public enum Place: Equatable, BitwiseCopyable, Sendable {
            case nowhere
            case port(PortID)
            case remote(UnderlayAddress)
        }
    }
}
