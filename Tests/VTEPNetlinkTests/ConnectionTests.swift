import Glibc
import TestNetwork
import Testing
import VTEPWire

@testable import VTEPNetlink

/// How answers are matched, and errors found in them.
@Suite(.inNamespaces)
struct ConnectionTests {
    private static let purpose = Purpose("try", "it")

    @Test func aDumpsErrorInsideDoneIsFound() throws {
        let kernel = try ScriptedKernel(
            Bytes.link(1, "lo") + Bytes.done(-95, flags: 0x202, Bytes.attribute(1, Array("no\0".utf8))))
        let error = #expect(throws: VTEPError.self) { try kernel.connection.links() }
        #expect(error?.kind == .notSupported)
        #expect(error?.systemErrno == EOPNOTSUPP)
        #expect(error?.kernelMessage == "no")
    }

    @Test func aDumpsErrorInsteadOfDoneIsFound() throws {
        let kernel = try ScriptedKernel(Bytes.acknowledgement(-1))
        let error = #expect(throws: VTEPError.self) { try kernel.connection.links() }
        #expect(error?.kind == .permissionDenied)
        #expect(error?.remedy.contains("CAP_NET_ADMIN") == true)
    }

    @Test func anInterruptedDumpIsReadAnew() throws {
        let kernel = try ScriptedKernel(
            Bytes.link(1, "lo") + Bytes.link(2, "old", flags: 0x12),  // NLM_F_DUMP_INTR
            Bytes.done(flags: 0x12),
            Bytes.link(1, "lo", sequence: 2), Bytes.link(3, "new", sequence: 2) + Bytes.done(sequence: 2))
        #expect(try kernel.connection.links().map(\.name) == ["lo", "new"])
    }

    /// The mark may stand in the last message alone.
    @Test func anInterruptionToldInDoneCounts() throws {
        let kernel = try ScriptedKernel(
            Bytes.link(1, "old"), Bytes.done(flags: 0x12), Bytes.link(1, "new", sequence: 2) + Bytes.done(sequence: 2))
        #expect(try kernel.connection.links().map(\.name) == ["new"])
    }

    @Test func interruptionsWithoutEndAreGivenUp() throws {
        let kernel = try ScriptedKernel()
        for attempt in 1...64 as ClosedRange<UInt32> {
            kernel.queue(Bytes.done(flags: 0x12, sequence: attempt))
        }
        let error = #expect(throws: VTEPError.self) { try kernel.connection.links() }
        #expect(error?.kind == .interrupted)
        #expect(error?.description.contains("kept changing") == true)
    }

    @Test func staleAnswersAreSkipped() throws {
        let kernel = try ScriptedKernel(
            Bytes.acknowledgement(-1, sequence: 0) + Bytes.acknowledgement(-1, sequence: 77),
            Bytes.link(9, "stale", sequence: 0) + Bytes.done(-1, sequence: 0),
            Bytes.link(1, "lo") + Bytes.done())
        #expect(try kernel.connection.links().map(\.name) == ["lo"])
    }

    /// An answer that comes after its caller has given up is not the next caller's.
    @Test func aLateAnswerIsSkipped() throws {
        let kernel = try ScriptedKernel()
        let error = #expect(throws: VTEPError.self) { try kernel.connection.links() }
        #expect(error?.systemErrno == EAGAIN)
        #expect(error?.remedy.contains("lost") == true)
        kernel.queue(Bytes.link(1, "late") + Bytes.done())
        kernel.queue(Bytes.link(1, "lo", sequence: 2) + Bytes.done(sequence: 2))
        #expect(try kernel.connection.links().map(\.name) == ["lo"])
    }

    @Test(arguments: [
        Bytes.message(2, []), Bytes.message(2, [0, 0]), Bytes.acknowledgement(0, sequence: 1).dropLast(20) + [],
    ])
    func anAnswerTooShortIsNoSuccess(_ reply: [UInt8]) throws {
        let kernel = try ScriptedKernel(reply)
        #expect(throws: VTEPError.self) { try kernel.connection.deleteLink(5, ConnectionTests.purpose) }
    }

    @Test func anAnswerTooLongIsNoSuccess() throws {
        let kernel = try ScriptedKernel(
            Bytes.message(16, [UInt8](repeating: 0, count: 140_000)) + Bytes.acknowledgement(0))
        let error = #expect(throws: VTEPError.self) { try kernel.connection.deleteLink(5, ConnectionTests.purpose) }
        #expect(error?.kind == .protocolViolation)
    }

    /// With the real kernel: a request that somebody forgot to read the answer of.
    @Test func anUnreadAnswerDoesNoHarm() throws {
        let namespace = try TestNamespace()
        let connection = try namespace.connection()
        let setNothing = [UInt8](repeating: 0, count: 16)
        let forgotten = Bytes.message(19, flags: 5, sequence: 1, setNothing)  // RTM_SETLINK
        for _ in 0..<100 {
            #expect(unsafe send(connection.descriptorNumber, forgotten, forgotten.count, 0) == forgotten.count)
        }
        _ = try? connection.links()  // has sequence number 1, too: takes the first of the forgotten errors
        #expect(try connection.links().map(\.name) == ["lo"])
        #expect(try connection.link(named: "lo")?.index == 1)
    }

    /// Any process may send to a netlink port; only the kernel's word counts.
    @Test func aForgedAnswerIsIgnored() throws {
        let namespace = try TestNamespace()
        let connection = try namespace.connection()
        let forger = try RawNetlink(in: namespace)
        let forged = Bytes.acknowledgement(-1) + Bytes.link(1, "forged") + Bytes.done()
        #expect(forger.send(forged, toPortOf: connection.descriptorNumber) == forged.count)
        #expect(try connection.links().map(\.name) == ["lo"])
    }

    /// The kernel tells at which byte of the request it stumbled.
    @Test func theOffendingAttributeIsPointedAt() throws {
        let connection = try TestNamespace().connection()
        var request = try Request(type: 16, flags: 5)
        request.append(header: (UInt64(0), UInt64(0)))
        request.put(3, "eth0")  // IFLA_IFNAME: 16 + 16 bytes of headers stand before it
        request.put(4, UInt8(1))  // IFLA_MTU is four bytes: this one, after 12 more, is wrong
        let error = #expect(throws: VTEPError.self) { try connection.change(request, ConnectionTests.purpose) }
        #expect(error?.systemErrno == ERANGE || error?.systemErrno == EINVAL)
        #expect(error?.attributeOffset == 44)
        #expect(error?.kernelMessage?.isEmpty == false)
    }

    /// A dump of many datagrams: 300 links, and as many addresses.
    @Test(.using("ip")) func longDumpsAreWhole() throws {
        let namespace = try TestNamespace()
        try namespace.ip(
            (0..<300).map { "link add b\($0) type bridge\naddress add 10.\($0 / 256).\($0 % 256).1/24 dev b\($0)" }
                .joined(separator: "\n"))
        let connection = try namespace.connection()
        #expect(Set(try connection.links().map(\.name)) == Set((0..<300).map { "b\($0)" } + ["lo"]))
        #expect(try connection.addresses(linkIndex: nil).filter { $0.label?.hasPrefix("b") == true }.count == 300)
    }

    @Test func aRequestThatDoesNotFitIsNotSent() throws {
        let kernel = try ScriptedKernel()
        var request = try Request(capacity: 64)
        request.restart(type: 16, flags: 5)
        for _ in 0..<100 { request.put(4, UInt32(1)) }
        let error = #expect(throws: VTEPError.self) { try kernel.connection.change(request, ConnectionTests.purpose) }
        #expect(error?.systemErrno == EMSGSIZE)
        #expect(kernel.request() == [])
    }
}

extension TestNamespace {
    fileprivate func connection() throws(VTEPError) -> Connection {
        try withExtendedLifetime(self) { () throws(VTEPError) in try Connection(in: .descriptor(descriptor)) }
    }
}
