public import CVTEP
internal import VTEP

@c @implementation
public func vtep_host_rules(
    _ host: OpaquePointer?, _ family: UInt8, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("list rules", err) { arguments throws(VTEPError) in
        try unsafe arguments.make(out) { () throws(VTEPError) in
            try unsafe ListHandle(arguments.host(host).host.rules(family: arguments.family(family)))
        }
    }
}

@c @implementation
public func vtep_rule_list_count(_ list: OpaquePointer?) -> UInt32 {
    unsafe count(list, of: RoutingRule.self)
}

@c @implementation
public func vtep_rule_list_get(
    _ list: OpaquePointer?, _ i: UInt32, _ out: UnsafeMutablePointer<vtep_rule>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of rules", err) { arguments throws(VTEPError) in
        let output = try unsafe arguments.output(out)
        output.write(vtep_rule(try unsafe arguments.element(list, i, as: RoutingRule.self)))
    }
}

@c @implementation
public func vtep_rule_list_copy(
    _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, _ out: UnsafeMutablePointer<vtep_rule>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("read a list of rules", err) { arguments throws(VTEPError) in
        try unsafe arguments.copy(list, first, count, to: out) { (rule: RoutingRule) in vtep_rule(rule) }
    }
}

@c @implementation
public func vtep_rule_list_free(_ list: OpaquePointer?) {
    unsafe end(list, ListHandle<RoutingRule>.self)
}

@c @implementation
public func vtep_host_rule_add(
    _ host: OpaquePointer?, _ rule: UnsafePointer<vtep_rule>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("add rule", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.addRule(arguments.rule(rule))
    }
}

@c @implementation
public func vtep_host_rule_delete(
    _ host: OpaquePointer?, _ rule: UnsafePointer<vtep_rule>?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("delete rule", err) { arguments throws(VTEPError) in
        try unsafe arguments.host(host).host.deleteRule(arguments.rule(rule))
    }
}
