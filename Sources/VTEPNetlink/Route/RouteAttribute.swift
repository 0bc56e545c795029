internal import CLibNL

/// `RTA_*`, which Swift imports as a type of its own rather than as numbers.
enum RouteAttribute {
    static let destination = Int(RTA_DST.rawValue)
    static let gateway = Int(RTA_GATEWAY.rawValue)
    static let via = Int(RTA_VIA.rawValue)
    static let outputLink = Int(RTA_OIF.rawValue)
    static let priority = Int(RTA_PRIORITY.rawValue)
    static let table = Int(RTA_TABLE.rawValue)
    static let preferredSource = Int(RTA_PREFSRC.rawValue)
    static let multipath = Int(RTA_MULTIPATH.rawValue)
}
