/// `NHA_*` (linux/nexthop.h), and the messages' types; Debian 12's header ends before the statistics.
enum NextHopAttribute {
    static let id = 1
    static let group = 2
    static let groupType = 3
    static let blackhole = 4
    static let outputLink = 5
    static let gateway = 6
    static let encapsulationType = 7
    static let encapsulation = 8
    static let groups = 9
    static let master = 10
    static let fdb = 11
    static let resilientGroup = 12
    static let resilientBucket = 13
    static let operationFlags = 14
    static let groupStatistics = 15
    static let hardwareStatistics = 16

    /// `NHA_RES_GROUP_*`.
    enum Resilient {
        static let buckets = 1
        static let idleTimer = 2
        static let unbalancedTimer = 3
        static let unbalancedTime = 4
    }

    /// `NHA_RES_BUCKET_*`.
    enum Bucket {
        static let index = 1
        static let idleTime = 2
        static let nextHopID = 3
    }

    /// `NHA_GROUP_STATS_ENTRY` and what is inside.
    enum Statistics {
        static let entry = 1
        static let id = 1
        static let packets = 2
    }
}

enum NextHopMessage {
    static let new = 104
    static let delete = 105
    static let get = 106
    static let newBucket = 116
    static let getBucket = 118
}
