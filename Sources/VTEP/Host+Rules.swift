public import VTEPNetlink
public import VTEPWire

extension Host {
    /// The rules of one family, or of both, in the order in which they are tried (`ip rule`).
    public func rules(family: IPAddress.Family? = nil) throws(VTEPError) -> [RoutingRule] {
        try connection.rules(family: family)
    }

    /// Adds a rule (`ip rule add`).
    ///
    /// - Throws: kind `exists` where there is one like it; `invalidArgument`; `notSupported` where this kernel lacks rules.
    public func addRule(_ rule: RoutingRule) throws(VTEPError) {
        try check(rule)
        do {
            try connection.write(rule, .add, Purpose("add rule", rule.subject))
        } catch {
            throw error.explainingRule(rule)
        }
    }

    /// Deletes the first rule that is like this one in all that is set (`ip rule del`).
    ///
    /// - Throws: kind `notFound`.
    public func deleteRule(_ rule: RoutingRule) throws(VTEPError) {
        try check(rule)
        try connection.delete(rule, Purpose("delete rule", rule.subject))
    }

    func check(_ rule: RoutingRule) throws(VTEPError) {
        func invalid(_ reason: String, _ remedy: String = "") -> VTEPError {
            VTEPError(
                .invalidArgument, attempted: "write rule", subject: rule.subject, reason: reason, remedy: remedy)
        }
        for prefix in [rule.source, rule.destination] {
            if let prefix, prefix.address.family != rule.family { throw invalid("\(prefix) is of the other family") }
        }
        for name in [rule.inputLink, rule.outputLink] {
            if let name, name.isEmpty || name.utf8.count > 15 { throw invalid("\"\(name)\" is no name of a link") }
        }
        if rule.table != nil, rule.isL3Master { throw invalid("it has a table, and one of the VRF", "leave out one") }
        if rule.action == .goto {
            guard let target = rule.target else { throw invalid("nothing says where it goes on", "set the target") }
            if let priority = rule.priority, target <= priority {
                throw invalid("it goes back to \(target)", "rules go on to a higher priority only")
            }
        } else if rule.target != nil {
            throw invalid("it has a target, and does not go there")
        }
        if rule.family == .v4, rule.flowLabel != nil { throw invalid("IPv4 has no flow label") }
        if let label = rule.flowLabel, max(label.value, label.mask ?? 0) > 0xF_FFFF {
            throw invalid("the flow label \(label.value) has over 20 bits")
        }
        if let dscp = rule.dscp, max(dscp.value, dscp.mask ?? 0) > 0x3F { throw invalid("a DSCP has six bits") }
        if rule.dscp != nil, rule.typeOfService != 0 { throw invalid("it has both a TOS and a DSCP") }
        for (ports, mask) in [
            (rule.sourcePorts, rule.sourcePortMask), (rule.destinationPorts, rule.destinationPortMask),
        ] {
            if let ports, ports.lowerBound == 0 || ports.upperBound == .max {
                throw invalid("ports \(ports) are outside 1...65534")
            }
            if mask != nil, ports.map({ $0.count }) != 1 { throw invalid("a mask of ports is for a single port") }
        }
    }
}

extension VTEPError {
    fileprivate func explainingRule(_ rule: RoutingRule) -> VTEPError {
        var error = self
        if kind == .exists {
            error.reason = "there is one like it"
            error.remedy = "give it another priority, or leave it"
        } else if kernelMessage == "Invalid uid range" {
            error.remedy = "name users that this user namespace has (/proc/self/uid_map)"
        } else if kind == .invalidArgument,
            rule.dscp?.mask != nil || rule.sourcePortMask != nil || rule.destinationPortMask != nil
        {
            error.remedy = "masks of DSCP and ports need Linux 6.15"
        } else if kind == .invalidArgument, rule.dscp != nil || rule.flowLabel != nil {
            error.remedy = "rules with a DSCP need Linux 6.13, with a flow label 6.14"
        }
        return error
    }
}
