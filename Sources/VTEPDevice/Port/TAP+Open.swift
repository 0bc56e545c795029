internal import CVTEPLinux
internal import Glibc
package import VTEPWire

extension TAP {
    /// Opens the TAP device, and makes it where there is none: it goes when its last queue closes, unless it was made
    /// persistent before.
    ///
    /// - Parameter netns: the network namespace it is to be in; nil for the caller's.
    /// - Throws: ``VTEPError/Kind/permissionDenied`` without `CAP_NET_ADMIN` or access to `/dev/net/tun`;
    ///   ``VTEPError/Kind/busy`` where somebody else has its only queue.
    package init(_ options: TAPOptions, netns: Int32? = nil) throws(VTEPError) {
        let attempt = Attempt("open the TAP", options.name.isEmpty ? "(any)" : options.name)
        guard (1...256).contains(options.queues) else {
            throw attempt.refused("\(options.queues) queues are outside 1 to 256")
        }
        guard options.name.utf8.count < Int(IFNAMSIZ), !options.name.utf8.contains(0) else {
            throw attempt.refused("an interface's name has at most 15 bytes")
        }
        var name = options.name
        var header = options.offloads.contains(.header)
        let queues = try Descriptors(count: options.queues) { _ throws(VTEPError) in
            var result = unsafe cvtep_tap_open(netns ?? -1, name, header ? 1 : 0, options.queues > 1 ? 1 : 0)
            if result == 0 &- EINVAL, header {
                // Perhaps it exists already, made to have none.
                result = unsafe cvtep_tap_open(netns ?? -1, name, 0, options.queues > 1 ? 1 : 0)
                if result >= 0 { header = false }
            }
            let queue = try attempt.opened(result, "opening /dev/net/tun", remedy: TAP.remedy)
            // The further queues go to the device that the kernel named.
            name = try TAP.facts(of: queue, attempt).name
            return queue
        }
        self.init(queues, name: name, headerSize: header ? VirtioHeader.size : 0, wants: options.offloads)
    }

    /// Takes over queues of a TAP device that the caller opened: with any flags, as long as they are a TAP's.
    ///
    /// - Parameter descriptors: one or more, all of the same device. They are the port's from now on, also where this
    ///   throws.
    package init(adopting descriptors: [Int32], offloads: PortOffloads = .all) throws(VTEPError) {
        let attempt = Attempt("adopt the TAP descriptor", descriptors.map(String.init).joined(separator: ", "))
        var common: Facts?
        var refusal: VTEPError?
        // One that is named twice is closed once.
        var owned: [Int32] = []
        for descriptor in descriptors where !owned.contains(descriptor) { owned.append(descriptor) }
        let queues = Descriptors(count: owned.count) { Descriptor(owning: owned[$0]) }
        guard owned.count == descriptors.count else { throw attempt.refused("a descriptor is named twice") }
        for index in 0..<queues.count {
            do throws(VTEPError) {
                let facts = try Descriptor.borrowing(queues[index]) { queue throws(VTEPError) in
                    try TAP.checked(queue, attempt)
                }
                if let common, common != facts {
                    throw attempt.refused("descriptor \(descriptors[index]) is of another device, or of another kind")
                }
                common = facts
            } catch {
                refusal = error
            }
        }
        if let refusal { throw refusal }
        guard let common else { throw attempt.refused("there is no descriptor") }
        self.init(queues, name: common.name, headerSize: common.headerSize, wants: offloads)
    }

    private struct Facts: Equatable {
        var name: String
        var headerSize: Int
    }

    private static func facts(of queue: borrowing Descriptor, _ attempt: Attempt) throws(VTEPError) -> Facts {
        var facts = cvtep_tap_facts()
        let result = unsafe cvtep_tap_inspect(queue.number, &facts)
        guard result == 0 else {
            throw attempt.failed("asking what it is", 0 &- result, remedy: "pass a descriptor of /dev/net/tun")
        }
        guard facts.is_tap == 1 else { throw attempt.refused("it is a TUN device: VXLAN carries Ethernet frames") }
        guard facts.has_packet_information == 0 else {
            throw attempt.refused("its frames have packet information in front", remedy: "open it with IFF_NO_PI")
        }
        let name = unsafe withUnsafePointer(to: &facts.name.0) { unsafe String(cString: $0) }
        return Facts(name: name, headerSize: facts.has_vnet_header == 1 ? Int(facts.vnet_header_size) : 0)
    }

    private static func checked(_ queue: borrowing Descriptor, _ attempt: Attempt) throws(VTEPError) -> Facts {
        let facts = try facts(of: queue, attempt)
        if facts.headerSize != 0, !VirtioHeader.sizes.contains(facts.headerSize) {
            throw attempt.refused("its virtio-net header has \(facts.headerSize) bytes; 10 to 24 are possible")
        }
        try attempt.require(queue.setNonBlocking(), "O_NONBLOCK")
        return facts
    }

    /// Asks for what is wanted and steps down, from UDP superframes to none, until the kernel agrees.
    static func negotiate(_ wanted: PortOffloads, _ queues: borrowing Descriptors) -> PortOffloads {
        for step in wanted.ladder where TAP.set(step, queues) { return step }
        _ = TAP.set(.none, queues)
        return .header
    }

    private static func set(_ offloads: PortOffloads, _ queues: borrowing Descriptors) -> Bool {
        var flags = 0
        if offloads.contains(.checksum) { flags |= CVTEP_TUN_CSUM }
        if offloads.contains(.tcp) { flags |= CVTEP_TUN_TSO4 | CVTEP_TUN_TSO6 }
        if offloads.contains(.ecn) { flags |= CVTEP_TUN_TSO_ECN }
        // The kernel takes both or none.
        if offloads.contains(.udp) { flags |= CVTEP_TUN_USO4 | CVTEP_TUN_USO6 }
        for index in 0..<queues.count where cvtep_tap_set_offload(queues[index], UInt32(flags)) < 0 { return false }
        return true
    }

    private static func remedy(_ code: Int32) -> String {
        switch code {
        case EPERM, EACCES:
            "it needs CAP_NET_ADMIN in that network namespace and access to /dev/net/tun; or have somebody who has "
                + "both open it, and adopt the descriptor"
        case EBUSY: "another program has it open"
        case ENOENT, ENODEV: "load the kernel module: modprobe tun"
        case EINVAL: "a device of that name exists and is of another kind, or has another number of queues"
        default: ""
        }
    }
}
