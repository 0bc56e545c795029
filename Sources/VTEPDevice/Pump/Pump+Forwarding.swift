internal import CVTEPLinux
internal import VTEPEngine
internal import VTEPWire

extension Pump {
    /// How often one source may fill the worker's memory before the others get their turn.
    private static let fillings = 4
    /// Between two look-ups of the paths in use, in milliseconds.
    private static let pathInterval: UInt64 = 60_000
    /// The same for remotes that had no route.
    private static let routeInterval: UInt64 = 1000

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
            if token.kind == .listener { return stream.accept(now: MonotonicClock.milliseconds) }
            if events & UInt32(CVTEP_POLL_OUT) != 0 { stream.becameWritable() }
        }
        let queue = token.index >> 16
        // Another port, with fewer queues, may have its place by now.
        guard unsafe queue < slot.pointee.port.queueCount else { return }
        if events & UInt32(CVTEP_POLL_IN) != 0 { unsafe receive(slot, queue: queue, worker, number) }
    }

    private func tick(_ worker: Worker, _ number: Int, _ now: UInt64) {
        worker.nextTick = now + tickInterval
        if now >= worker.nextRouteLookUp {
            worker.nextRouteLookUp = now + Pump.routeInterval
            worker.senders.forgetFailures()
        }
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
            passOn(worker, number, isFromUnderlay: false)
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
                passOn(worker, number, isFromUnderlay: true)
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
    private func passOn(_ worker: Worker, _ number: Int, isFromUnderlay: Bool) {
        if worker.batch.transmissionCount > 0 {
            let capture = worker.capture
            worker.senders.send(worker.batch, capture: capture?.points.contains(.underlay) == true ? capture : nil)
        }
        if worker.batch.deliveryCount > 0 { deliver(worker, number, isFromUnderlay) }
        worker.batch.clear()
    }

    private func deliver(_ worker: Worker, _ number: Int, _ isFromUnderlay: Bool) {
        let deliveries = unsafe worker.batch.deliveries
        var current: UnsafeMutablePointer<PortSlot>?
        var queue = 0
        for index in 0..<deliveries.count {
            var delivery = unsafe deliveries[index]
            if unsafe current?.pointee.id != delivery.port {
                if let previous = unsafe current { unsafe worker.writer.flush(previous.pointee.port) }
                unsafe current = ports[delivery.port]
                queue = worker.queue(of: delivery.port, number, of: workers.count)
            }
            guard let slot = unsafe current else { continue }
            let slices = unsafe worker.batch.slices(of: delivery)
            if let capture = worker.capture, capture.points.contains(.ports) {
                unsafe capture.record(delivery, slices)
            }
            // Superframes are finished, or marked; a frame of the underlay's own is in one piece.
            if isFromUnderlay, slices.count == 1, delivery.offload == .none,
                unsafe writeUnfinished(&delivery, slices, to: slot, queue: queue, worker)
            {
                continue
            }
            unsafe worker.writer.write(delivery, slices, to: slot.pointee.port, queue: queue)
        }
        if let last = unsafe current { unsafe worker.writer.flush(last.pointee.port) }
    }

    /// Makes a frame from the underlay right for its port, where somebody left that to a driver that there is not: by a
    /// mark, where the port takes such frames, or by finishing it. True: it has been written.
    @inline(__always)
    private func writeUnfinished(
        _ delivery: inout Delivery, _ slices: UnsafeMutableBufferPointer<Slice>,
        to slot: UnsafeMutablePointer<PortSlot>,
        queue: Int, _ worker: Worker
    ) -> Bool {
        let frame = unsafe PacketBytes(slices[0].base, count: slices[0].length)
        let segment = unsafe worker.datagrams.innerSegment(at: slices[0].base)
        guard let offload = UnfinishedFrame.find(frame, segment: segment) else { return false }
        if unsafe slot.pointee.port.offloads.takes(offload) {
            delivery.offload = offload
            return false
        }
        if !offload.isSuperframe {
            var sum = InternetChecksum()
            sum.add(frame.dropping(Int(offload.checksumStart)))
            frame.set(u16: sum.udpValue, at: Int(offload.checksumStart) + Int(offload.checksumOffset))
            return false
        }
        // The headers of the segments before this one's may still wait for a stream port.
        unsafe worker.writer.flush(slot.pointee.port)
        var piece = delivery
        let isSplit = unsafe worker.splitter.split(frame, offload) { slices in
            piece.length = unsafe UInt32(truncatingIfNeeded: slices[0].length + slices[1].length)
            unsafe worker.writer.write(piece, slices, to: slot.pointee.port, queue: queue)
        }
        unsafe worker.writer.flush(slot.pointee.port)
        return isSplit
    }
}
