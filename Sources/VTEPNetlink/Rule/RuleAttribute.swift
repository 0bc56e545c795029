/// `FRA_*` and `FIB_RULE_*` (linux/fib_rules.h), and the messages' types; Debian 12's header ends at the ports.
enum RuleAttribute {
    static let destination = 1
    static let source = 2
    static let inputLink = 3
    static let target = 4
    static let priority = 6
    static let mark = 10
    static let flow = 11
    static let tunnelID = 12
    static let suppressedGroup = 13
    static let suppressedPrefixLength = 14
    static let table = 15
    static let markMask = 16
    static let outputLink = 17
    static let l3Master = 19
    static let users = 20
    static let origin = 21
    static let ipProtocol = 22
    static let sourcePorts = 23
    static let destinationPorts = 24
    static let dscp = 25
    static let flowLabel = 26
    static let flowLabelMask = 27
    static let sourcePortMask = 28
    static let destinationPortMask = 29
    static let dscpMask = 30
}

enum RuleMessage {
    static let new = 32
    static let delete = 33
    static let get = 34
    /// `FIB_RULE_INVERT`.
    static let invert: UInt32 = 2
}
