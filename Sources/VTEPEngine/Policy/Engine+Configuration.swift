extension Engine {
    /// What an engine is made with. Its tables are allocated once, of these sizes.
    public struct Configuration: Sendable {
        /// The key of the hash tables, random and secret: who knows it can make addresses collide.
        public var seed: (UInt64, UInt64)
        /// How many FDB entries there can be, of all VNIs together. 1...16,777,216; 32 to 64 bytes are allocated for
        /// each. When there are as many, configured entries take the place of learnt ones, and of what is learnt those
        /// who have few entries take the place of those who have many.
        public var maximumFDBEntries = 65_536
        /// How many remotes can be known at once, configured or learnt. 1...1,048,576. Configured ones take the place
        /// of learnt ones.
        public var maximumRemotes = 4096
        /// 1...65,534.
        public var maximumVNIs = 4096
        /// 1...65,535.
        public var maximumPorts = 1024
        /// How many ARP and ND bindings there can be. 0...16,777,216.
        public var maximumBindings = 16_384
        /// How many sockets send to the underlay, each with a source port of its own. 1...65,535.
        public var entropySockets = 16
        /// The UDP source ports to spread flows over (RFC 7348 §5), for whoever writes the outer headers himself.
        public var sourcePorts: ClosedRange<UInt16> = 49152...65535
        /// How many datagrams one ``Transmission`` may have. 1: never more than one datagram. Linux takes 64, and 128
        /// from 6.9 on. 1...1024.
        public var maximumSegments = 64
        /// The UDP payload of one ``Transmission``, in bytes: at most 65,507 over IPv4 and 65,487 over IPv6.
        public var maximumTransmission = 65_487
        /// How many events wait to be read; more are lost, and counted. 0...65,536.
        public var maximumEvents = 1024
        /// How many events per second are reported in the long run. The rest is dropped, and counted.
        public var eventsPerSecond = 1000

        public init(seed: (UInt64, UInt64)) {
            self.seed = seed
        }
    }
}
