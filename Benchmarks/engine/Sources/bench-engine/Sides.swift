import CReference
import VTEPEngine
import VTEPWire

/// The same network in the engine and in the C version: a VNI, a port, some remotes, and stations spread over them.
final class Sides {
    static let remotes = 4
    static let vni: UInt32 = 120

    var engine: Engine
    var batch = Batch()
    let port: PortID
    let reference: OpaquePointer
    let referenceBatch = UnsafeMutablePointer<ref_batch>.allocate(capacity: 1)

    static func remote(_ number: Int) -> IPv4Address { IPv4Address(rawValue: 0x0A01_0001 + UInt32(number)) }

    init(entries: Int) throws {
        var configuration = Engine.Configuration(seed: (0x1234_5678_9ABC_DEF0, 0x0FED_CBA9_8765_4321))
        configuration.maximumFDBEntries = entries
        let vni = try VNI(Sides.vni)
        var engine = try Engine(configuration)
        try engine.addVNI(vni)
        port = try engine.addPort(to: vni)
        reference = ref_new(Sides.vni, UInt32(entries), 0x1234_5678_9ABC_DEF0)
        for number in 0..<Sides.remotes {
            try engine.addPeer(.v4(Sides.remote(number)))
            ref_add_remote(reference, Sides.remote(number).rawValue)
        }
        for number in 0..<entries {
            let address = Packets.station(number)
            guard let station = MACAddress(rawValue: address) else { continue }
            let target = Engine.FDBRemote(.v4(Sides.remote(number % Sides.remotes)))
            try engine.setFDBEntry(
                Engine.FDBEntry(vni: vni, address: station, target: .remotes([target]), kind: .learnt), now: 0)
            ref_add_entry(reference, address, Int32(number % Sides.remotes))
        }
        self.engine = engine
    }

    deinit {
        ref_free(reference)
        referenceBatch.deallocate()
    }
}
