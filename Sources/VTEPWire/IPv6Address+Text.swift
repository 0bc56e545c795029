extension IPv6Address: LosslessStringConvertible {
    /// Reads the three text forms of RFC 4291 §2.2: eight groups of one to four hexadecimal digits, `::` once for one
    /// or more groups of zeros, and an IPv4 address for the last two groups. Either case. Zones (`%eth0`) are refused.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument``, saying which group is wrong and how.
    public init(parsing text: String) throws(VTEPError) {
        do throws(MalformedText) {
            self = try IPv6Address.parse(boundedBytes(of: text, limit: 64)[...])
        } catch {
            throw error.error(attempted: "parse the IPv6 address", text: text, remedy: "write it like 2001:db8::1")
        }
    }

    /// Like ``init(parsing:)``, but nil if the text isn't an IPv6 address.
    public init?(_ description: String) {
        do throws(VTEPError) { try self.init(parsing: description) } catch { return nil }
    }

    /// The one canonical text of RFC 5952: lower case, no leading zeros, `::` for the longest run of two or more zero
    /// groups and the first of equals. Of the mixed forms (§5) only IPv4-mapped addresses use dots: `::ffff:192.0.2.1`.
    public var description: String {
        if isIPv4Mapped {
            return "::ffff:" + IPv4Address(rawValue: UInt32(truncatingIfNeeded: rawValue)).description
        }
        let zeros = longestZeroRun
        var text = ""
        var index = 0
        while index < 8 {
            if index == zeros.lowerBound && !zeros.isEmpty {
                text += "::"
                index = zeros.upperBound
            } else {
                if index != 0 && index != zeros.upperBound { text += ":" }
                text += String(group(index), radix: 16)
                index += 1
            }
        }
        return text
    }

    /// Group 0 is the leftmost.
    private func group(_ index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: rawValue >> UInt128(112 - 16 * index))
    }

    /// The groups that `::` stands for; empty, at 0, if there is no run of two or more.
    private var longestZeroRun: Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in 0..<8 {
            if group(index) != 0 {
                start = index + 1
            } else if index + 1 - start > max(longest.count, 1) {
                longest = start..<(index + 1)
            }
        }
        return longest
    }
}
