import CVTEP
import TestRandom

/// What structs of one input point to.
@safe final class Memory {
    private var blocks: [UnsafeMutableRawPointer] = unsafe []

    func store<Element>(_ elements: [Element]) -> UnsafePointer<Element>? {
        let block = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        unsafe block.initialize(from: elements, count: elements.count)
        unsafe blocks.append(UnsafeMutableRawPointer(block))
        return unsafe UnsafePointer(block)
    }

    func store(_ text: String) -> UnsafePointer<CChar>? {
        unsafe store(text.utf8.map { CChar(bitPattern: $0) } + [0])
    }

    deinit { unsafe blocks.forEach { unsafe $0.deallocate() } }
}

/// A struct of zeros, but for a few bytes that the input sets, and its size, which is right most of the time and never more
/// than there is.
func sparse<Value>(_ value: Value, _ input: inout InputBytes) -> Value {
    var value = value
    let size = MemoryLayout<Value>.size
    unsafe withUnsafeMutableBytes(of: &value) { memory in
        for index in memory.indices { unsafe memory[index] = 0 }
        for _ in 0..<input.u8() & 15 { unsafe memory[input.below(size)] = input.u8() }
        let claimed = input.u8() == 255 ? input.below(size + 1) : size
        if size >= 4 { unsafe memory.storeBytes(of: UInt32(claimed), as: UInt32.self) }
    }
    return value
}

extension Session {
    private static let names = [
        "vx0", "vx1", "br0", "br1", "v0", "v1", "lo", "vxlan", "bridge", "", "a/b", "sixteen-letters-", "\u{FF}\u{1}",
    ]

    /// A link's name, or a kind, most of the time.
    mutating func name() -> UnsafePointer<CChar>? {
        let choice = Int(input.u8())
        return unsafe choice < Session.names.count ? memory.store(Session.names[choice]) : nil
    }

    mutating func address() -> vtep_ip {
        var address = sparse(vtep_ip(), &input)
        address.family = [0, 4, 6, 5][Int(input.u8() & 3)]
        return address
    }

    mutating func vxlan() -> vtep_vxlan_options {
        var options = unsafe sparse(vtep_vxlan_options(), &input)
        unsafe options.name = name()
        unsafe options.device = name()
        unsafe options.master = name()
        unsafe options.remote = address()
        return unsafe options
    }

    mutating func bridge() -> vtep_bridge_options {
        var options = unsafe sparse(vtep_bridge_options(), &input)
        unsafe options.name = name()
        return unsafe options
    }

    mutating func fdbEntry() -> vtep_fdb_entry {
        var entry = sparse(vtep_fdb_entry(), &input)
        entry.destination = address()
        return entry
    }

    mutating func encapsulation() -> UnsafePointer<vtep_encapsulation>? {
        if input.u8() & 3 != 0 { return nil }
        var encapsulation = unsafe sparse(vtep_encapsulation(), &input)
        let attributes = input.take(Int(input.u8()))
        unsafe encapsulation.attributes = memory.store(attributes)
        unsafe encapsulation.attributes_length = UInt32(attributes.count)
        return unsafe memory.store([encapsulation])
    }

    mutating func route() -> vtep_route {
        var route = unsafe sparse(vtep_route(), &input)
        unsafe route.destination.address = address()
        unsafe route.gateway = address()
        unsafe route.encapsulation = encapsulation()
        unsafe route.metrics = input.u8() & 3 == 0 ? memory.store([sparse(vtep_route_metrics(), &input)]) : nil
        let hops = unsafe (0..<input.u8() & 3).map { _ in
            var hop = unsafe sparse(vtep_next_hop(), &input)
            unsafe hop.encapsulation = encapsulation()
            return unsafe hop
        }
        unsafe route.next_hops = hops.isEmpty ? nil : memory.store(hops)
        unsafe route.next_hop_count = UInt32(hops.count)
        return unsafe route
    }

    mutating func nextHop() -> vtep_nexthop {
        var hop = unsafe sparse(vtep_nexthop(), &input)
        unsafe hop.gateway = address()
        unsafe hop.encapsulation = encapsulation()
        let members = (0..<input.u8() & 3).map { _ in sparse(vtep_nexthop_member(), &input) }
        unsafe hop.members = members.isEmpty ? nil : memory.store(members)
        unsafe hop.member_count = UInt32(members.count)
        return unsafe hop
    }
}
