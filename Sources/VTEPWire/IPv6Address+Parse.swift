extension IPv6Address {
    static func parse(_ bytes: ArraySlice<UInt8>) throws(MalformedText) -> IPv6Address {
        if bytes.contains(UInt8(ascii: "%")) {
            throw MalformedText(
                "it has a zone (the part from \"%\"), which is not part of an address",
                remedy: "leave the zone out and name the device separately")
        }
        var reader = GroupReader(rest: bytes)
        try reader.readAll()
        return try reader.finish()
    }
}

/// Takes an IPv6 address' text group by group.
private struct GroupReader {
    private static let colon = UInt8(ascii: ":")

    private var rest: ArraySlice<UInt8>
    /// The groups read so far, the last one lowest.
    private var value: UInt128 = 0
    private var count = 0
    /// How many groups stand before `::`, once it was seen.
    private var groupsBeforeGap: Int?

    init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    mutating func readAll() throws(MalformedText) {
        if rest.first == GroupReader.colon {
            rest.removeFirst()
            if rest.first != GroupReader.colon { throw MalformedText("it starts with a single \":\"") }
            try skipGap()
        }
        while !rest.isEmpty {
            try readGroup()
            try skipSeparator()
        }
    }

    func finish() throws(MalformedText) -> IPv6Address {
        guard let groupsBeforeGap else {
            if count != 8 {
                throw MalformedText("it has \(count) group\(count == 1 ? "" : "s"); eight, or \"::\", are needed")
            }
            return IPv6Address(rawValue: value)
        }
        if count > 7 { throw MalformedText("its \"::\" stands for no group, as all eight are written") }
        let tailBits = UInt128(16 * (count - groupsBeforeGap))
        let tail = value & ((1 << tailBits) - 1)
        let head = (value >> tailBits) << UInt128(128 - 16 * groupsBeforeGap)
        return IPv6Address(rawValue: head | tail)
    }

    private mutating func readGroup() throws(MalformedText) {
        let token = rest.prefix { $0 != GroupReader.colon }
        rest = rest.dropFirst(token.count)
        if token.contains(UInt8(ascii: ".")) {
            if !rest.isEmpty { throw MalformedText("its IPv4 part is not the last part") }
            let embedded = try IPv4Address.parse(token).rawValue
            try append(UInt16(truncatingIfNeeded: embedded >> 16))
            try append(UInt16(truncatingIfNeeded: embedded))
        } else {
            try append(hexGroup(token))
        }
    }

    private mutating func skipSeparator() throws(MalformedText) {
        if rest.isEmpty { return }
        rest.removeFirst()
        if rest.isEmpty { throw MalformedText("it ends with a single \":\"") }
        if rest.first == GroupReader.colon { try skipGap() }
    }

    /// Takes the second colon of `::`.
    private mutating func skipGap() throws(MalformedText) {
        if groupsBeforeGap != nil { throw MalformedText("it has \"::\" more than once") }
        groupsBeforeGap = count
        rest.removeFirst()
        if rest.first == GroupReader.colon { throw MalformedText("it has three colons in a row") }
    }

    private mutating func append(_ group: UInt16) throws(MalformedText) {
        if count == 8 { throw MalformedText("it has more than eight groups") }
        value = value << 16 | UInt128(group)
        count += 1
    }

    private func hexGroup(_ token: ArraySlice<UInt8>) throws(MalformedText) -> UInt16 {
        var group: UInt16 = 0
        for byte in token {
            guard let digit = byte.hexDigit else {
                throw MalformedText(
                    "group \(count + 1) contains \(byte.nameInErrors), which is not a hexadecimal digit")
            }
            group = group << 4 | UInt16(digit)
        }
        if token.count > 4 { throw MalformedText("group \(count + 1) has more than four digits") }
        return group
    }
}
