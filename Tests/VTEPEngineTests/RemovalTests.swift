import TestRandom
import Testing
import VTEPEngine
import VTEPWire

/// What is taken out of a table leaves the others findable, though they had made way for it: each table against a set of
/// what should be in it, filled to its limit and emptied, over and over.
@Suite struct RemovalTests {
    /// Adds and removes at random, and looks for everything after each removal.
    private func walk<Key: Hashable>(
        _ keys: [Key], _ add: (Key) throws(VTEPError) -> Void, _ remove: (Key) throws(VTEPError) -> Void,
        isThere: (Key) throws -> Bool
    ) throws {
        var random = SeededRandom(seed: 23)
        var present = Set<Key>()
        for turn in 0..<600 {
            // It swells for a while, and then shrinks for a while.
            let swells = turn / 100 % 2 == 0
            for _ in 0..<8 {
                guard let key = keys.randomElement(using: &random) else { return }
                if swells, present.insert(key).inserted { try add(key) }
                if !swells, present.remove(key) != nil { try remove(key) }
            }
            let wrong = try keys.filter { try isThere($0) != present.contains($0) }
            try #require(wrong.isEmpty, "turn \(turn), \(present.count) present")
        }
    }

    @Test func stations() throws {
        let test = try TestEngine { $0.maximumFDBEntries = 64 }
        let addresses = (1...64).map { MACAddress(2, 0, 0, 0, 0, $0) }
        try walk(addresses) { address throws(VTEPError) in
            let target = Engine.FDBEntry.Target.remotes([Engine.FDBRemote(TestEngine.remote)])
            try test.engine.setFDBEntry(
                Engine.FDBEntry(vni: TestEngine.vni, address: address, target: target), now: 0)
        } _: { address throws(VTEPError) in
            try test.engine.removeFDBEntry(address, of: TestEngine.vni)
        } isThere: {
            try test.engine.fdbEntry($0, of: TestEngine.vni) != nil
        }
    }

    @Test func bindings() throws {
        let test = try TestEngine { $0.maximumBindings = 64 }
        let addresses = (1...64).map { IPAddress.v4(IPv4Address(10, 16, 0, $0)) }
        try walk(addresses) { address throws(VTEPError) in
            try test.engine.setBinding(address, to: MACAddress(2, 0, 0, 0, 0, 1), in: TestEngine.vni)
        } _: { address throws(VTEPError) in
            try test.engine.removeBinding(address, from: TestEngine.vni)
        } isThere: {
            try test.engine.binding(of: $0, in: TestEngine.vni) != nil
        }
    }

    @Test func remotes() throws {
        var policy = VNIPolicy()
        policy.learning = false  // a remote that was learnt from would stay
        let test = try TestEngine(policy: policy) { $0.maximumRemotes = 64 }
        let addresses = (1...64).map { IPAddress.v4(IPv4Address(192, 0, 2, $0)) }
        try walk(addresses) { address throws(VTEPError) in
            try test.engine.addPeer(address)
        } _: { address throws(VTEPError) in
            try test.engine.removePeer(address)
        } isThere: { address in
            // Only a peer's frames are delivered.
            let frame = Frames.vxlan(Frames.plain(to: Frames.broadcast, from: Frames.station(1)))
            return !test.decapsulate([frame], from: address).frames.isEmpty
        }
    }
}
