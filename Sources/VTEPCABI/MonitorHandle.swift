public import CVTEP
internal import VTEP

/// What a `vtep_monitor *` points to: the one owner of a ``Monitor``, and the event that was told last.
@safe final class MonitorHandle {
    private var monitor: Monitor
    private(set) var event: HostEvent?
    /// The next hops that C reads through the event's routes.
    private var routes: ListHandle<vtep_route>?
    /// One of the caller's functions is running.
    fileprivate var isDispatching = false

    init(_ tables: WatchedTables, in namespace: NetworkNamespace, snapshot: Bool, bufferSize: Int) throws(VTEPError) {
        monitor = try Monitor(tables, in: namespace, snapshot: snapshot, bufferSize: bufferSize)
    }

    var descriptor: Int32 { monitor.descriptor }

    func next(timeout: Duration?) throws(VTEPError) -> HostEvent? {
        unsafe routes = nil
        event = nil
        event = try monitor.next(timeout: timeout)
        return event
    }

    /// The route as C sees it; valid until the next event.
    func route(_ route: Route, isBefore: Bool) -> vtep_route {
        if unsafe routes == nil, case .route(let change) = event {
            switch change {
            case .added(let value), .removed(let value): unsafe routes = ListHandle(routes: [value])
            case .changed(from: let before, to: let value): unsafe routes = ListHandle(routes: [value, before])
            }
        }
        return unsafe routes?.elements[isBefore ? 1 : 0] ?? vtep_route()
    }
}

extension Arguments {
    func monitor(_ pointer: OpaquePointer?) throws(VTEPError) -> MonitorHandle {
        try unsafe handle(pointer, "monitor")
    }

    fileprivate func idleMonitor(_ pointer: OpaquePointer?) throws(VTEPError) -> MonitorHandle {
        let handle = try unsafe monitor(pointer)
        if handle.isDispatching {
            throw VTEPError(
                .busy, attempted: "\(attempted)", reason: "vtep_monitor_dispatch of this monitor is running")
        }
        return handle
    }

    fileprivate func timeout(_ milliseconds: Int32) throws(VTEPError) -> Duration? {
        if milliseconds == -1 { return nil }
        if milliseconds < 0 { throw invalid("timeout_ms is \(milliseconds); -1, 0 and more are possible") }
        return .milliseconds(milliseconds)
    }

    fileprivate func namespace(_ options: vtep_monitor_options) throws(VTEPError) -> NetworkNamespace {
        var named: [NetworkNamespace] = []
        if unsafe options.netns_path != nil { named.append(.path(try unsafe path(options.netns_path, "netns_path"))) }
        if unsafe options.has.sets(VTEP_MONITOR_HAS_NETNS_FD) { named.append(unsafe .descriptor(options.netns_fd)) }
        if unsafe options.has.sets(VTEP_MONITOR_HAS_NETNS_PID) { named.append(unsafe .process(options.netns_pid)) }
        if named.count > 1 { throw invalid("the network namespace is named in \(named.count) ways; one is possible") }
        return named.first ?? .current
    }
}

extension vtep_monitor_options: @unsafe InputStruct {
    static var knownBits: UInt32 { UInt32(VTEP_MONITOR_HAS_NETNS_FD | VTEP_MONITOR_HAS_NETNS_PID) }
    var reservedIsZero: Bool { unsafe isZero(reserved) }
}

extension vtep_event: SizedStruct {
    fileprivate init(_ event: HostEvent?) {
        self.init()
        guard let event else { return }
        switch event {
        case .link(let change): set(change, VTEP_OBJECT_LINK)
        case .address(let change): set(change, VTEP_OBJECT_ADDRESS)
        case .route(let change): set(change, VTEP_OBJECT_ROUTE)
        case .neighbour(let change): set(change, VTEP_OBJECT_NEIGHBOUR)
        case .fdb(let change): set(change, VTEP_OBJECT_FDB)
        case .nextHop(let change): set(change, VTEP_OBJECT_NEXT_HOP)
        case .rule(let change): set(change, VTEP_OBJECT_RULE)
        case .vni(let change): set(change, VTEP_OBJECT_VNI)
        case .vlan(let change): set(change, VTEP_OBJECT_VLAN)
        case .vlanTunnel(let change): set(change, VTEP_OBJECT_VLAN_TUNNEL)
        case .synchronised: self.event = UInt32(VTEP_EVENT_SYNCHRONISED)
        }
    }

    private mutating func set<Value>(_ change: TableChange<Value>, _ object: Int) {
        self.object = UInt32(object)
        switch change {
        case .added: event = UInt32(VTEP_EVENT_ADDED)
        case .changed: event = UInt32(VTEP_EVENT_CHANGED)
        case .removed: event = UInt32(VTEP_EVENT_REMOVED)
        }
    }
}

@c @implementation
public func vtep_monitor_open(
    _ options: UnsafePointer<vtep_monitor_options>?, _ out: UnsafeMutablePointer<OpaquePointer?>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("open a monitor", err) { arguments throws(VTEPError) in
        let reader = arguments
        try unsafe arguments.make(out) { () throws(VTEPError) in
            var input = unsafe vtep_monitor_options()
            if let options = unsafe options { unsafe input = try reader.input(options, "options") }
            return try unsafe MonitorHandle(
                input.objects == 0 ? .all : WatchedTables(rawValue: input.objects),
                in: reader.namespace(input), snapshot: reader.truth(input.snapshot, "snapshot"),
                bufferSize: input.buffer_size == 0 ? Monitor.usualBufferSize : Int(input.buffer_size))
        }
    }
}

@c @implementation
public func vtep_monitor_close(_ monitor: OpaquePointer?) {
    unsafe end(monitor, MonitorHandle.self)
}

@c @implementation
public func vtep_monitor_fd(_ monitor: OpaquePointer?) -> Int32 {
    guard let monitor = unsafe monitor else { return -1 }
    return unsafe Unmanaged<MonitorHandle>.fromOpaque(UnsafeRawPointer(monitor)).takeUnretainedValue().descriptor
}

@c @implementation
public func vtep_monitor_next_event(
    _ monitor: OpaquePointer?, _ timeout_ms: Int32, _ out: UnsafeMutablePointer<vtep_event>?,
    _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("wait for an event", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.idleMonitor(monitor)
        let output = try unsafe arguments.output(out)
        output.write(vtep_event(try handle.next(timeout: arguments.timeout(timeout_ms))))
    }
}

@c @implementation
public func vtep_monitor_dispatch(
    _ monitor: OpaquePointer?, _ timeout_ms: Int32, _ callback: vtep_event_callback?,
    _ context: UnsafeMutableRawPointer?, _ err: UnsafeMutablePointer<vtep_error>?
) -> vtep_status {
    unsafe attempt("dispatch events", err) { arguments throws(VTEPError) in
        let handle = try unsafe arguments.idleMonitor(monitor)
        guard let callback = unsafe callback else { throw arguments.null("callback") }
        let timeout = try arguments.timeout(timeout_ms)
        while let event = try handle.next(timeout: timeout) {
            var told = vtep_event(event)
            told.size = UInt32(MemoryLayout<vtep_event>.size)
            handle.isDispatching = true
            let answer = unsafe callback(context, monitor, &told)
            handle.isDispatching = false
            if answer != 0 {
                throw VTEPError(
                    .callback, attempted: "\(arguments.attempted)", reason: "the caller's function asked to stop")
            }
        }
    }
}
