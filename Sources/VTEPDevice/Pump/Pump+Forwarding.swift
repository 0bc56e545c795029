internal import CVTEPLinux
internal import VTEPEngine

extension Pump {
    /// How often one source may fill the worker's memory before the others get their turn.
    private static let fillings = 4
    /// Between two look-ups of the paths in use, in milliseconds.
    private static let pathInterval: UInt64 = 60_000

    func handleEvents(of worker: Worker, _ number: Int) {
        for index in 0..<worker.eventCount {
            let event = worker.event(index)
            let token = PollToken(rawValue: event.token)
            switch token.kind {
            case .stop: return
            case .end: worker.hasToEnd = true
            case .wake: worker.wasWoken()
            case .underlay: receive(underlays[token.index >> 16], socket: token.index & 0xFFFF, worker, number)
            case .port, .listener: handle(token, event.events, worker, number)
            }
        }
        worker.eventCount = 0
        for stream in worker.streams where stream.hasLeftovers {
            handle(stream.token, UInt32(CVTEP_POLL_IN), worker, number)
        }
        let now = MonotonicClock.milliseconds
        for stream in worker.streams { stream.tick(now: now) }
        if now >= worker.nextTick { tick(worker, number, now) }
    }

    private func handle(_ token: PollToken, _ events: UInt32, _ worker: Worker, _ number: Int) {
        let place = token.index & 0xFFFF
        // It may have been removed since it said something.
        guard let slot = unsafe ports[place] else { return }
        if let stream = unsafe slot.pointee.port.stream {
            if token.kind == .listener { return stream.accept() }
            if events & UInt32(CVTEP_POLL_OUT) != 0 { stream.becameWritable() }
        }
        let queue = token.index >> 16
        // Another port, with fewer queues, may have its place by now.
        guard unsafe queue < slot.pointee.port.queueCount else { return }
        if events & UInt32(CVTEP_POLL_IN) != 0 { unsafe receive(slot, queue: queue, worker, number) }
    }

    private func tick(_ worker: Worker, _ number: Int, _ now: UInt64) {
        worker.nextTick = now + tickInterval
        if now >= worker.nextPathLookUp {
            worker.nextPathLookUp = now + Pump.pathInterval
            worker.senders.forgetPaths()
        }
        if number == 0 { withEngine { $0.advance(to: now) } }
    }
}

// MARK: - Both ways

extension Pump {
    /// From a port's queue to the underlay and to other ports.
    private func receive(_ slot: UnsafeMutablePointer<PortSlot>, queue: Int, _ worker: Worker, _ number: Int) {
        for _ in 0..<Pump.fillings {
            worker.intake.removeAll()
            let reception = unsafe slot.pointee.port.receive(queue: queue, into: &worker.intake)
            unsafe forward(worker.intake.all, from: slot.pointee.id, worker, number)
            if reception == .more { continue }
            if reception == .ended {
                unsafe worker.entry(.port).remove(slot.pointee.port.descriptor(queue: queue))
            }
            return
        }
    }

    private func forward(
        _ frames: UnsafeMutableBufferPointer<Frame>, from port: PortID, _ worker: Worker, _ number: Int
    ) {
        var rest = unsafe frames
        if let capture = worker.capture, capture.points.contains(.ports) {
            for index in 0..<frames.count { unsafe capture.record(frames[index], from: port) }
        }
        while !rest.isEmpty {
            let now = MonotonicClock.milliseconds
            let taken = withEngine { engine in
                worker.senders.report(to: &engine)
                return unsafe engine.encapsulate(rest, from: port, now: now, into: &worker.batch)
            }
            passOn(worker, number)
            guard taken > 0 else { return }
            unsafe rest = UnsafeMutableBufferPointer(rebasing: rest[taken...])
        }
    }

    /// From the underlay to ports.
    private func receive(_ underlay: Underlay, socket: Int, _ worker: Worker, _ number: Int) {
        let descriptor = underlay.receivers[socket]
        for _ in 0..<Pump.fillings {
            let reception = worker.datagrams.fill(from: descriptor, of: underlay)
            var rest = unsafe worker.datagrams.all
            if let capture = worker.capture, capture.points.contains(.underlay) {
                for index in 0..<rest.count { unsafe capture.record(rest[index], to: underlay) }
            }
            while !rest.isEmpty {
                let now = MonotonicClock.milliseconds
                let taken = withEngine { unsafe $0.decapsulate(rest, now: now, into: &worker.batch) }
                let hasOutput = worker.batch.deliveryCount + worker.batch.transmissionCount > 0
                passOn(worker, number)
                // What was taken in part only is shorter now; an empty batch takes at least some of it.
                guard taken > 0 || hasOutput else { break }
                unsafe rest = UnsafeMutableBufferPointer(rebasing: rest[taken...])
            }
            if reception == .more { continue }
            if reception == .ended { worker.entry(.underlay).remove(descriptor) }
            return
        }
    }

    /// Sends and delivers what the engine put into the worker's batch, and empties it.
    private func passOn(_ worker: Worker, _ number: Int) {
        if worker.batch.transmissionCount > 0 {
            let capture = worker.capture
            worker.senders.send(worker.batch, capture: capture?.points.contains(.underlay) == true ? capture : nil)
        }
        if worker.batch.deliveryCount > 0 { deliver(worker, number) }
        worker.batch.clear()
    }

    private func deliver(_ worker: Worker, _ number: Int) {
        let deliveries = unsafe worker.batch.deliveries
        var current: UnsafeMutablePointer<PortSlot>?
        var queue = 0
        for index in 0..<deliveries.count {
            let delivery = unsafe deliveries[index]
            if unsafe current?.pointee.id != delivery.port {
                if let previous = unsafe current { unsafe worker.writer.flush(previous.pointee.port) }
                unsafe current = ports[delivery.port]
                queue = worker.queue(of: delivery.port, number, of: workers.count)
            }
            guard let slot = unsafe current else { continue }
            if let capture = worker.capture, capture.points.contains(.ports) {
                unsafe capture.record(delivery, worker.batch.slices(of: delivery))
            }
            unsafe worker.writer.write(delivery, worker.batch.slices(of: delivery), to: slot.pointee.port, queue: queue)
        }
        if let last = unsafe current { unsafe worker.writer.flush(last.pointee.port) }
    }
}
