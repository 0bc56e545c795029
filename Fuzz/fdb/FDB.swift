import TestRandom
import VTEPEngine
import VTEPWire

/// Any order of changes to the tables, by configuration and by learning; the engine's own count and its list must agree
/// after each, and in the end nothing may be left.
@c(LLVMFuzzerTestOneInput)
public func fuzzFDB(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = unsafe InputBytes(start, count)
    var configuration = Engine.Configuration(seed: (UInt64(input.u8()), 2))
    configuration.maximumFDBEntries = 24
    configuration.maximumRemotes = 6
    configuration.maximumVNIs = 3
    configuration.maximumPorts = 4
    configuration.maximumBindings = 4
    configuration.maximumEvents = 8
    guard var engine = try? Engine(configuration) else { return 0 }
    var steps = Steps()
    while !input.isEmpty {
        steps.take(&input, &engine)
        var listed = 0
        for vni in engine.vniNumbers {
            try? engine.forEachFDBEntry(of: vni, now: steps.now) { _, _ in listed += 1 }
        }
        precondition(listed == engine.fdbCount && listed <= 24)
    }
    for vni in engine.vniNumbers { try? engine.removeVNI(vni) }
    precondition(engine.fdbCount == 0)
    return 0
}

// One for all inputs: it is large.
nonisolated(unsafe) private var batch = Batch()

private struct Steps: ~Copyable {
    var now: Milliseconds = 0
    private var ports: [PortID] = []

    mutating func take(_ input: inout InputBytes, _ engine: inout Engine) {
        guard let vni = VNI(exactly: input.u8() % 4) else { return }
        let address = MACAddress(2, 0, 0, 0, 0, input.u8() & 31)
        let remote = IPAddress.v4(IPv4Address(192, 0, 2, input.u8() & 7))
        switch input.u8() % 16 {
        case 0: try? engine.addVNI(vni, policy: policy(&input))
        case 1: try? engine.removeVNI(vni)
        case 2: try? engine.setPolicy(policy(&input), of: vni)
        case 3: if let port = try? engine.addPort(to: vni) { ports.append(port) }
        case 4: if let port = ports.popLast() { try? engine.removePort(port) }
        case 5: try? engine.setFDBEntry(entry(&input, vni, address, remote), now: now)
        case 6: try? engine.appendFDBEntry(entry(&input, vni, address, remote), now: now)
        case 7: try? engine.removeFDBEntry(address, of: vni)
        case 8: try? engine.flushLearnt(of: vni)
        case 9: try? engine.addPeer(remote)
        case 10: try? engine.removePeer(remote)
        case 11: try? engine.addDefaultRemote(remote, sendVNI: input.u8() & 1 == 0 ? nil : vni, to: vni)
        case 12: try? engine.removeDefaultRemote(remote, sendVNI: input.u8() & 1 == 0 ? nil : vni, from: vni)
        case 13: try? engine.setBinding(remote, to: address, in: vni)
        case 14:
            now += Milliseconds(input.u16()) * 10
            engine.advance(to: now)
        default: learn(vni, address, remote, &input, &engine)
        }
    }

    private func policy(_ input: inout InputBytes) -> VNIPolicy {
        var policy = VNIPolicy()
        let choices = input.u8()
        policy.acceptsUnknownRemotes = choices & 1 == 0
        policy.learningLimit = choices & 2 == 0 ? nil : 3
        policy.learningLimitPerRemote = choices & 4 == 0 ? nil : 2
        policy.ageing = choices & 8 == 0 ? 300 : 1
        policy.moveLimit = choices & 16 == 0 ? 0 : 1
        policy.learning = choices & 32 == 0
        return policy
    }

    private func entry(
        _ input: inout InputBytes, _ vni: VNI, _ address: MACAddress, _ remote: IPAddress
    ) -> Engine.FDBEntry {
        let choices = input.u8()
        let target: Engine.FDBEntry.Target
        if choices & 1 == 0, let port = ports.last {
            target = .port(port)
        } else {
            var remotes = [Engine.FDBRemote(remote)]
            if choices & 2 != 0 { remotes.append(Engine.FDBRemote(remote, port: 8472)) }
            if choices & 4 != 0 { remotes.append(Engine.FDBRemote(.v4(IPv4Address(192, 0, 2, 1)), sendVNI: vni)) }
            target = .remotes(remotes)
        }
        return Engine.FDBEntry(
            vni: vni, address: address, target: target,
            kind: Engine.FDBEntry.Kind(rawValue: choices >> 3 & 3) ?? .permanent, isSticky: choices & 32 != 0)
    }

    /// A frame from a station, behind a remote or behind a port.
    private mutating func learn(
        _ vni: VNI, _ address: MACAddress, _ remote: IPAddress, _ input: inout InputBytes, _ engine: inout Engine
    ) {
        let to = MACAddress(2, 0, 0, 0, 0, input.u8() & 31).octets
        let from = address.octets
        var frame: [UInt8] = [0x08, 0, 0, 0, 0, 0, UInt8(vni.rawValue), 0]
        frame += [to.0, to.1, to.2, to.3, to.4, to.5, from.0, from.1, from.2, from.3, from.4, from.5, 0x88, 0xB5]
        let port = input.u8() & 1 == 0 ? nil : ports.last
        unsafe frame.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            if let port {
                var frame = unsafe Frame(base + 8, length: 14, headroom: 8)
                unsafe withUnsafeMutablePointer(to: &frame) {
                    _ = unsafe engine.encapsulate(.init(start: $0, count: 1), from: port, now: now, into: &batch)
                }
            } else {
                var datagram = unsafe Datagram(base, length: bytes.count, source: UnderlayAddress(remote))
                unsafe withUnsafeMutablePointer(to: &datagram) {
                    _ = unsafe engine.decapsulate(.init(start: $0, count: 1), now: now, into: &batch)
                }
            }
            unsafe batch.clear()
        }
        while engine.nextEvent() != nil {}
    }
}
