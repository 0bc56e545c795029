internal import Glibc
package import VTEPWire

/// Follows tables of one network namespace: what it tells, applied in order, gives the kernel's tables, also after
/// notifications were lost.
///
/// **Reading and following.** Notifications are subscribed to first. Then the tables are read; the notifications that
/// arrive meanwhile wait in the socket and are taken in afterwards, in order. They may be older than what was read. That
/// does no harm: each one tells an object's whole state, or that it is gone, and for each change after the subscription
/// there is one, so that the last one about an object is right; of an object without any, what was read is right. To
/// take in a notification *between* two datagrams of a reading would do harm: the kernel makes the next datagram in
/// advance, and an object deleted since would come back for good.
///
/// **Notifications before the deed.** The kernel announces some deletions a moment before they happen, under
/// `rtnl_lock`. A request that waits for that lock goes before each reading. (VXLAN's ageing timer does so without the
/// lock, for the few instructions between announcing and unlinking; the notification then comes before the reading, and
/// is taken in after it, unless just this one was lost.)
///
/// **Readings that miss something.** The kernel resumes a reading of FDB entries and of neighbours by counting: delete
/// one that was told, and another one is skipped. So what a reading lacks is gone for certain only where no notification
/// for that table came while it was read. Otherwise it is believed at the second time, and read once more.
///
/// **Losses.** On `ENOBUFS` everything unread is dropped, which makes the kernel deliver again, and all tables are read
/// anew: once nothing has come for 10 ms, after 200 ms at the latest. So a table that never rests is not read all the
/// time: between two readings lies three times what the last one took.
///
/// **Memory.** Each known object is held once; besides, the events of one system call's notifications, or of one
/// datagram of a reading, and those objects that a reading found gone.
package final class TableMonitor {
    let connection: Connection
    private let subscription: Subscription
    private let wakeup: Wakeup
    private let wanted: WatchedTables
    let followed: WatchedTables
    var tables = KnownTables()
    var agenda: Agenda
    /// Links whose last notification did not tell all.
    var portsToLookAt: Set<UInt32> = []
    var devicesToLookAt: Set<UInt32> = []
    var unannounced = UnannouncedChanges()
    private var reading: Reading?
    private var pending = PendingEvents()
    private var isSilent = false
    private let purpose = Purpose("monitor tables")

    /// - Parameters:
    ///   - snapshot: whether what is there already is told first, as added.
    ///   - bufferSize: bytes for notifications that have not been read yet.
    package init(
        in namespace: NetworkNamespace, watching tables: WatchedTables, snapshot: Bool, bufferSize: Int32
    ) throws(VTEPError) {
        wanted = tables
        followed = tables.withTheirCauses
        let purpose = Purpose("open a monitor", "\(namespace)")
        subscription = try Subscription(in: namespace, followed, bufferSize: bufferSize, purpose)
        connection = try Connection(in: namespace)
        wakeup = try Wakeup(subscription.descriptor, purpose)
        agenda = Agenda(reading: followed)
        if !snapshot { try learn() }
        updateWakeup()
    }

    /// Readable while ``next(until:)`` has something to tell or to do.
    package var descriptor: Int32 { wakeup.descriptor }

    /// Reads the tables once without telling.
    private func learn() throws(VTEPError) {
        isSilent = true
        while agenda.readings == 0 {
            if try !goOn() { _ = wakeup.wait(until: agenda.due) }
        }
        isSilent = false
    }

    /// Nanoseconds that a call may work, rather than wait: an event loop is not to stand still while a large table is read.
    private static let workLimit: Int64 = 10_000_000

    /// The next event; `nil` if there is none within that time. `nil` waits for ever, zero not at all.
    package func next(timeout: Duration?) throws(VTEPError) -> HostEvent? {
        let now = Wakeup.now
        let deadline = timeout.map { now &+ $0.nanoseconds }
        defer { updateWakeup() }
        while true {
            if let event = pending.takeFirst() { return event }
            if try goOn() {
                guard let deadline, pending.isEmpty else { continue }
                if Wakeup.now >= max(deadline, now + TableMonitor.workLimit) { return nil }
            } else {
                updateWakeup()
                if timeout == .zero || !wakeup.wait(until: deadline) { return nil }
            }
        }
    }

    private func updateWakeup() {
        if !pending.isEmpty || reading != nil { return wakeup.set(1) }  // long past: at once
        let look = followed.contains(.vnis) ? unannounced.due : nil
        wakeup.set([agenda.due, look].compactMap { $0 }.min())
    }

    func emit(_ event: HostEvent, of table: WatchedTables) {
        if !isSilent, wanted.contains(table) { pending.append(event) }
    }
}

// MARK: - One step after the other

extension TableMonitor {
    /// Whether there was anything to do. After an error all is in doubt, and will be read again.
    private func goOn() throws(VTEPError) -> Bool {
        do throws(VTEPError) {
            return try advance()
        } catch {
            reading = nil
            agenda.noteLoss(of: followed, now: Wakeup.now)
            throw error
        }
    }

    private func advance() throws(VTEPError) -> Bool {
        if try readOn() { return true }
        switch try subscription.receive(purpose, { reply throws(VTEPError) in take(reply) }) {
        case .lost:
            try subscription.discard(purpose)
            reading = nil
            agenda.noteLoss(of: followed, now: Wakeup.now)
            return true
        case .some:
            agenda.noteActivity(now: Wakeup.now)
            // A flood must not keep us from reading what we know to be wrong.
            if let reading, reading.ended + 1_000_000_000 < Wakeup.now { conclude(reading, isQuiet: false) }
            if !agenda.isOverdue(now: Wakeup.now) { return true }
        case .nothing:
            if let reading {
                conclude(reading, isQuiet: true)
                return true
            }
        }
        if try lookAgain() { return true }
        guard reading == nil, agenda.isDue(now: Wakeup.now) else { return !pending.isEmpty }
        try beginReading()
        return true
    }

    private func take(_ reply: Reply) {
        let table = takeNotification(reply)
        reading?.disturbed.formUnion(table)
    }

    private func beginReading() throws(VTEPError) {
        // Waits for `rtnl_lock`: whoever held it has done what was announced.
        _ = try connection.link(index: 1)
        let tables = agenda.takeNeeded()
        for table in tables.each { self.tables.beginRound(table) }
        reading = Reading(tables, began: Wakeup.now)
    }

    /// Reads one datagram of the tables to be read. Whether there was one.
    private func readOn() throws(VTEPError) -> Bool {
        guard var reading, let table = reading.current else { return false }
        var dump: Dump
        if let begun = reading.dump {
            dump = begun
        } else {
            dump = try connection.beginDump(Request(listing: table), purpose)
        }
        let goesOn = try continueDump(&dump, of: table)
        if dump.wasInterrupted { reading.disturbed.formUnion(table) }
        reading.dump = goesOn ? dump : nil
        if !goesOn { reading.finishTable(now: Wakeup.now) }
        self.reading = reading
        return true
    }

    private func continueDump(_ dump: inout Dump, of table: WatchedTables) throws(VTEPError) -> Bool {
        do {
            return try connection.continueDump(&dump, purpose) { reply in
                tables.see(reply, of: table) { note($0, of: table) }
            }
        } catch {
            guard WatchedTables.optional.contains(table), error.saysThereIsNoSuchTable else { throw error }
            return false
        }
    }

    /// What a reading found, or found gone.
    private func note(_ event: HostEvent, of table: WatchedTables) {
        switch event {
        case .link(.removed(let link)): unannounced.forget(link)
        case .link(let change): unannounced.note(change.value, now: Wakeup.now)
        default: break
        }
        emit(event, of: table)
    }

    /// All that arrived while the tables were read has been taken in.
    private func conclude(_ reading: Reading, isQuiet: Bool) {
        let doubtful = isQuiet ? reading.disturbed.intersection(reading.tables) : reading.tables
        for table in reading.tables.each {
            tables.sweep(table, rounds: doubtful.contains(table) ? 2 : 1) { note($0, of: table) }
        }
        self.reading = nil
        let isSynchronised = agenda.conclude(reading, doubtful: doubtful, now: Wakeup.now)
        if isSynchronised, !isSilent { pending.append(.synchronised) }
    }
}

extension Duration {
    /// At most some 146 years, so that it can be added to any time.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        if seconds < 0 { return 0 }
        return seconds > 4_600_000_000 ? .max / 2 : seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
