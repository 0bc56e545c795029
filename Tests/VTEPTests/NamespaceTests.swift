import Glibc
import TestNetwork
import Testing
import VTEP

/// Connections into network namespaces.
@Suite(.inNamespaces)
struct NamespaceTests {
    @Test func theCallersThreadStaysWhereItIs() throws {
        let (one, other) = (try TestNamespace(), try TestNamespace())
        defer { withExtendedLifetime((one, other)) {} }
        let moved = ThisProcess.onNewThread { () -> [UInt64] in
            var seen = [ThisProcess.threadNamespace()]
            for namespace in [one, other] {
                guard let host = try? namespace.host() else { return [] }
                seen.append(ThisProcess.threadNamespace())
                _ = try? host.createVeth(VethConfiguration(name: "v0", peerName: "v1"))
                seen.append(ThisProcess.threadNamespace())
            }
            return seen
        }
        #expect(moved.count == 5)
        #expect(Set(moved) == [ThisProcess.threadNamespace()])
        #expect(try one.host().links().map(\.name) == ["lo", "v1", "v0"])
    }

    @Test(.using("sleep"))
    func isNamedByDescriptorPathAndProcess() throws {
        let namespace = try TestNamespace()
        try namespace.host().createBridge(BridgeConfiguration(name: "here"))
        let process = try Tool(["sleep", "30"], in: namespace)
        defer { withExtendedLifetime((namespace, process)) {} }
        let path = "/proc/self/fd/\(namespace.descriptor)"
        let names: [NetworkNamespace] = [
            .descriptor(namespace.descriptor), .path(path), .path("/proc/\(process.id)/ns/net"), .process(process.id),
        ]
        for name in names { #expect(try Host(in: name).link(named: "here").kind == .bridge, "\(name)") }
        let own = try Host().links().map(\.name)
        #expect(!own.contains("here"))
        #expect(try Host(in: .process(getpid())).links().map(\.name) == own)
    }

    @Test(arguments: [
        (NetworkNamespace.path("/nowhere/at/all"), VTEPError.Kind.notFound, "ip netns list"),
        (.path("/etc/passwd/x"), .notFound, "ENOTDIR"),
        (.path(""), .notFound, "ENOENT"),
        (.path("/etc/passwd"), .invalidArgument, "not a network namespace"),
        (.path("/tmp"), .invalidArgument, "not a network namespace"),
        (.path("/dev/null"), .invalidArgument, "not a network namespace"),
        (.path("/proc/self/ns/uts"), .invalidArgument, "not a network namespace"),
        (.path("/proc/self/ns/net\0"), .invalidArgument, "not a network namespace"),
        (.descriptor(-1), .invalidArgument, "pass an open descriptor"),
        (.descriptor(1_000_000), .invalidArgument, "EBADF"),
        (.process(0), .invalidArgument, "greater than 0"),
        (.process(-1), .invalidArgument, "greater than 0"),
        (.process(.max), .notFound, "no such process"),
    ])
    func whatIsNoneIsRefused(_ namespace: NetworkNamespace, _ kind: VTEPError.Kind, _ word: String) {
        let error = #expect(throws: VTEPError.self) { try Host(in: namespace).close() }
        #expect(error?.kind == kind)
        #expect(error?.description.hasPrefix("cannot open a netlink connection") == true)
        #expect(error?.description.contains(word) == true)
        if word != "ENOENT" { #expect(error?.subject.isEmpty == false) }
    }

    /// A FIFO nobody writes to must not hang the caller, by path or by descriptor.
    @Test(.timeLimit(.minutes(1)))
    func pipesAreRefused() throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        for namespace in [NetworkNamespace.descriptor(ends[0]), .path("/proc/self/fd/\(ends[0])")] {
            let error = #expect(throws: VTEPError.self) { try Host(in: namespace).close() }
            #expect(error?.kind == .invalidArgument)
            #expect(error?.description.contains("not a network namespace") == true)
        }
    }

    /// Without CAP_NET_ADMIN the library reads; a change is refused, with the remedy, and does nothing.
    @Test func changingNeedsTheCapability() throws {
        let namespace = try TestNamespace()
        try namespace.host().createBridge(BridgeConfiguration(name: "br0"))
        let errors = ThisProcess.without(capabilities: [ThisProcess.adminCapability]) {
            Mistake.unprivileged.compactMap { change -> VTEPError? in
                do { try change.make(namespace.host()) } catch { return error as? VTEPError }
                return nil
            }
        }
        #expect(errors.count == Mistake.unprivileged.count)
        for error in errors {
            #expect(error.kind == .permissionDenied, "\(error)")
            #expect(error.systemErrno == EPERM)
            for word in ["CAP_NET_ADMIN", "run as root", "setcap", "unshare"] {
                #expect(error.description.contains(word))
            }
        }
        #expect(try namespace.host().links().map(\.name) == ["lo", "br0"])
    }

    @Test func enteringNeedsTheCapability() throws {
        let namespace = try TestNamespace()
        let error = ThisProcess.without(capabilities: [ThisProcess.systemCapability]) { () -> VTEPError? in
            do throws(VTEPError) { try namespace.host().close() } catch { return error }
            return nil
        }
        #expect(error?.kind == .permissionDenied)
        #expect(error?.description.contains("CAP_SYS_ADMIN") == true)
    }

    @Test func aVethReachesIntoAnotherNamespace() throws {
        let (one, other) = (try TestNamespace(), try TestNamespace())
        defer { withExtendedLifetime((one, other)) {} }
        var veth = VethConfiguration(name: "v0", peerName: "v1")
        veth.peerNamespace = other.namespace
        veth.peerMACAddress = try mac("02:00:00:00:00:01")
        veth.up = true
        let here = try one.host()
        let there = try other.host()
        let link = try here.createVeth(veth)
        let peer = try there.link(named: "v1")
        #expect(link.isUp && peer.isUp)
        #expect(link.lowerIndex == peer.index && peer.lowerIndex == link.index)
        #expect(link.lowerNamespaceID != nil)
        #expect(peer.macAddress == (try mac("02:00:00:00:00:01")))
        #expect(try View.disagreements(in: one, here) == [])
        #expect(try View.disagreements(in: other, there) == [])
        try here.deleteLink("v0", kind: .veth)
        #expect(try there.links().map(\.name) == ["lo"])
    }

    @Test func aLinkMovesIntoAnotherNamespace() throws {
        let (one, other) = (try TestNamespace(), try TestNamespace())
        defer { withExtendedLifetime((one, other)) {} }
        let here = try one.host()
        try here.createVXLAN(VXLANConfiguration(name: "vxlan0", vni: VNI(120)))
        try here.moveLink("vxlan0", to: other.namespace)
        #expect(try here.links(kind: .vxlan) == [])
        #expect(try other.host().link(named: "vxlan0").kind == .vxlan)
        // Its VNI is still taken here, where its socket is; the error has to say so.
        let error = #expect(throws: VTEPError.self) {
            try here.createVXLAN(VXLANConfiguration(name: "vxlan1", vni: VNI(120)))
        }
        #expect(error?.kind == .exists)
        #expect(error?.remedy.contains("moved into another network namespace") == true)
    }

    @Test(.using("ping"), .using("ip"))
    func statisticsCount() throws {
        let (one, other) = (try TestNamespace(), try TestNamespace())
        defer { withExtendedLifetime((one, other)) {} }
        var veth = VethConfiguration(name: "v0", peerName: "v1")
        veth.peerNamespace = other.namespace
        veth.up = true
        let here = try one.host()
        try here.createVeth(veth)
        try here.addAddress(prefix("10.0.0.1/24"), to: "v0")
        try other.host().addAddress(prefix("10.0.0.2/24"), to: "v1")
        let before = try here.link(named: "v0").statistics
        try one.run("ping -n -c 3 -i 0.01 -W 5 -s 1000 10.0.0.2")
        let after = try here.link(named: "v0").statistics
        #expect(after.transmittedPackets >= before.transmittedPackets + 3)
        #expect(after.transmittedBytes >= before.transmittedBytes + 3 * 1042)
        #expect(after.receivedBytes >= before.receivedBytes + 3 * 1042)

        // Read by ip between two readings of ours that are equal: then all three must be.
        let words = ["bytes", "packets", "errors", "dropped"]
        let agreed = try eventually {
            let first = try here.link(named: "v0").statistics
            let shown = try one.json("ip -j -s link show dev v0").elements[0]
            guard try here.link(named: "v0").statistics == first else { return false }
            let theirs = ["rx", "tx"].flatMap { side in words.map { shown["stats64", side, $0]?.word } }
            let received = [first.receivedBytes, first.receivedPackets, first.receiveErrors, first.receiveDropped]
            let sent = [first.transmittedBytes, first.transmittedPackets, first.transmitErrors, first.transmitDropped]
            return theirs == (received + sent).map { "\($0)" }
        } until: {
            $0
        }
        #expect(agreed)
    }
}
