internal import CVTEP
internal import VTEP

extension vtep_encapsulation: @unsafe InputStruct {
    static var knownBits: UInt32 { (UInt32(VTEP_ENCAPSULATION_HAS_GROUP_POLICY) << 1) - 1 }
    var reservedIsZero: Bool { true }

    init(_ encapsulation: RouteEncapsulation, _ memory: ListMemory) {
        unsafe self.init()
        unsafe size = UInt32(MemoryLayout<vtep_encapsulation>.size)
        let octets: [UInt8]
        switch encapsulation {
        case .tunnel(let key):
            unsafe fill(key)
            octets = key.otherOptions
        case .other(let kind, let attributes):
            unsafe type = kind
            octets = attributes
        }
        unsafe attributes = memory.store(octets)
        unsafe attributes_length = UInt32(clamping: octets.count)
    }

    private mutating func fill(_ key: TunnelKey) {
        unsafe type = UInt16(key.family == .v4 ? VTEP_ENCAPSULATION_IP : VTEP_ENCAPSULATION_IP6)
        unsafe id = key.id
        unsafe flags = key.flags.rawValue
        unsafe ttl = key.timeToLive
        unsafe tos = key.typeOfService
        unsafe destination = vtep_ip(key.destination)
        unsafe source = vtep_ip(key.source)
        guard let policy = key.groupPolicy else { return }
        unsafe has.set(VTEP_ENCAPSULATION_HAS_GROUP_POLICY)
        unsafe group_policy = policy
    }
}

extension ListMemory {
    func store(_ encapsulation: RouteEncapsulation?) -> UnsafePointer<vtep_encapsulation>? {
        guard let encapsulation else { return nil }
        return unsafe store([vtep_encapsulation(encapsulation, self)])
    }
}

extension Arguments {
    /// Bounds what is read of the caller's bytes.
    private static var mostAttributes: UInt32 { 4096 }

    /// `nil` where the pointer is.
    func encapsulation(_ pointer: UnsafePointer<vtep_encapsulation>?) throws(VTEPError) -> RouteEncapsulation? {
        guard let pointer = unsafe pointer else { return nil }
        let input = try unsafe self.input(pointer, "encapsulation")
        let octets = try unsafe attributes(input.attributes, input.attributes_length)
        switch unsafe Int(input.type) {
        case VTEP_ENCAPSULATION_IP, VTEP_ENCAPSULATION_IP6:
            return .tunnel(try unsafe tunnel(input, octets))
        default:
            if unsafe input.type == 0 { throw invalid("the type of the encapsulation is 0") }
            return unsafe .other(type: input.type, attributes: octets)
        }
    }

    private func tunnel(_ input: vtep_encapsulation, _ octets: [UInt8]) throws(VTEPError) -> TunnelKey {
        var key = TunnelKey(
            id: unsafe input.id, destination: try unsafe address(input.destination, "destination"),
            source: try unsafe address(input.source, "source"))
        key.family = unsafe Int(input.type) == VTEP_ENCAPSULATION_IP ? .v4 : .v6
        for address in [key.destination, key.source] {
            if let address, address.family != key.family {
                throw invalid("\(address) is of another family than the encapsulation")
            }
        }
        key.flags = unsafe TunnelFlags(rawValue: input.flags)
        key.timeToLive = unsafe input.ttl
        key.typeOfService = unsafe input.tos
        key.otherOptions = octets
        if unsafe input.has.sets(VTEP_ENCAPSULATION_HAS_GROUP_POLICY) { key.groupPolicy = unsafe input.group_policy }
        return key
    }

    private func attributes(_ start: UnsafePointer<UInt8>?, _ count: UInt32) throws(VTEPError) -> [UInt8] {
        if count == 0 { return [] }
        guard let start = unsafe start else { throw invalid("attributes is NULL and attributes_length is \(count)") }
        guard count <= Arguments.mostAttributes else {
            throw invalid("attributes_length is \(count); at most \(Arguments.mostAttributes) are possible")
        }
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
