/// `RTA_*` (linux/rtnetlink.h), which Swift imports as a type of its own rather than as numbers.
enum RouteAttribute {
    static let destination = 1
    static let source = 2
    static let inputLink = 3
    static let outputLink = 4
    static let gateway = 5
    static let priority = 6
    static let preferredSource = 7
    static let metrics = 8
    static let multipath = 9
    static let flow = 11
    static let cacheInfo = 12
    static let table = 15
    static let mark = 16
    static let via = 18
    static let preference = 20
    static let encapsulationType = 21
    static let encapsulation = 22
    static let expires = 23
    static let user = 25
    static let ipProtocol = 27
    static let sourcePort = 28
    static let destinationPort = 29
    static let nextHopID = 30
    static let flowLabel = 31
}
