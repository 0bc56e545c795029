import Foundation
import TestNetwork
import VTEPDevice
import VTEPEngine
import VTEPWire

/// A pump whose workers run on threads of the test's, until the test lets go of it.
final class RunningPump {
    let pump: Pump
    static let vni = VNI.test
    private var threads: [(thread: Thread, ended: DispatchSemaphore)] = []

    /// - Parameter remotes: where frames to unknown stations go: a VTEP, a group, or several.
    init(
        _ underlays: [Underlay] = [], remotes: [String] = [], workers: Int = 1, busyPoll: UInt32 = 0,
        port: UInt16 = 4789, policy change: (inout VNIPolicy) -> Void = { _ in }
    ) throws {
        var configuration = Engine.Configuration(seed: (1, 2))
        configuration.maximumFDBEntries = 1024
        var engine = try Engine(configuration)
        var policy = VNIPolicy()
        policy.destinationPort = port
        change(&policy)
        try engine.addVNI(RunningPump.vni, policy: policy)
        for remote in remotes { try engine.addDefaultRemote(IPAddress(parsing: remote), to: RunningPump.vni) }
        pump = try Pump(engine, underlays: underlays, workers: workers, busyPoll: busyPoll)
        for worker in 0..<workers { start(worker) }
    }

    private func start(_ worker: Int) {
        let ended = DispatchSemaphore(value: 0)
        let pump = pump
        let thread = Thread {
            pump.run(worker: worker)
            ended.signal()
        }
        thread.start()
        threads.append((thread, ended))
    }

    deinit { _ = stop() }

    /// Stops it. False: it did not end within a second.
    func stop() -> Bool {
        pump.stop()
        defer { threads = [] }
        return threads.allSatisfy { $0.ended.wait(timeout: .now() + 1) == .success }
    }

    @discardableResult
    func add(_ port: consuming VTEPDevice.Port) throws -> PortID { try pump.add(port, to: RunningPump.vni) }

    func counter(_ counter: Counter) -> UInt64 { pump.withEngine { $0.counter(counter) } }

    func statistics(of port: PortID) -> PortStatistics { pump.withPort(port) { $0.statistics } ?? PortStatistics() }
}

extension VNI {
    /// The VNI of all tests.
    static let test = VNI(exactly: 120) ?? .max
}

extension TestNamespace {
    /// Opens a TAP here, sets it up, and gives it an address.
    func addTAP(_ options: TAPOptions = TAPOptions(name: "tap0"), mtu: Int = 1450, address: String) throws -> TAP {
        let tap = try withExtendedLifetime(self) { try TAP(options, netns: descriptor) }
        try ip(
            """
            link set \(tap.name) mtu \(mtu) up
            address add \(address) dev \(tap.name)\(address.contains(":") ? " nodad" : "")
            """)
        return tap
    }

    func underlay(_ options: UnderlayOptions) throws -> Underlay {
        try withExtendedLifetime(self) { try Underlay(options, netns: descriptor) }
    }
}

/// Two hosts with a wire between them, `u0` on both sides.
struct Wire {
    let hosts: [TestNamespace]
    let family: IPAddress.Family
    var addresses: [String] { family == .v4 ? ["192.168.50.233", "192.168.50.29"] : ["fd50::233", "fd50::29"] }

    /// - Parameter finishes: whether checksums and segments are made before a packet goes over the wire, as by a real
    ///   one's driver. A veth pair leaves both to whoever receives.
    init(_ family: IPAddress.Family = .v4, finishes: Bool = false) throws {
        hosts = [try TestNamespace(), try TestNamespace()]
        self.family = family
        // The name of a namespace that has none: one of our descriptors.
        let other = "/proc/\(getpid())/fd/\(hosts[1].descriptor)"
        try hosts[0].ip("link add u0 type veth peer name u0 netns \(other)")
        for side in 0...1 {
            try hosts[side].ip(
                """
                link set u0 addrgenmode none
                link set u0 up
                address add \(addresses[side])/\(family == .v4 ? "24" : "64 nodad") dev u0
                """)
            // Without this a veth pair joins no datagrams.
            try hosts[side].run("ethtool -K u0 gro on\(finishes ? " tx off" : "")")
        }
    }

    /// What our side opens on the wire.
    func options(side: Int, _ change: (inout UnderlayOptions) throws -> Void = { _ in }) throws -> UnderlayOptions {
        var options = UnderlayOptions(family: family)
        options.localAddress = try IPAddress(parsing: addresses[side])
        options.transmitSockets = 4
        options.socketBuffer = 4 << 20
        try change(&options)
        return options
    }

    /// A kernel's VXLAN device on a side, to the other one.
    func addKernelVTEP(side: Int, address: String, arguments: String = "") throws {
        try hosts[side].ip(
            """
            link add vxlan0 type vxlan id 120 dstport 4789 dev u0 local \(addresses[side]) remote \(addresses[1 - side]) \
            \(arguments)
            link set vxlan0 up
            address add \(address) dev vxlan0\(address.contains(":") ? " nodad" : "")
            """)
    }
}
