/// A VXLAN network identifier: the 24-bit number that tells overlay networks apart (RFC 7348 §4.1, §5).
public struct VNI: Hashable, Sendable {
    /// 0...16777215. The RFC gives 0 no special meaning on the wire.
    public let rawValue: UInt32

    /// The largest identifier, 16777215 (2²⁴ − 1).
    public static let max = VNI(uncheckedRawValue: 0xFF_FFFF)

    /// Makes an identifier of a number.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument`` if the number is above 16777215.
    public init(_ value: UInt32) throws(VTEPError) {
        guard value <= VNI.max.rawValue else {
            throw MalformedText("it is above 16777215, the largest number of 24 bits").error(
                attempted: "use the VNI", text: String(value), remedy: VNI.rangeAdvice)
        }
        self.init(uncheckedRawValue: value)
    }

    /// Makes an identifier of any integer. Nil if it is outside 0...16777215.
    public init?(exactly value: some BinaryInteger) {
        guard let value = UInt32(exactly: value), value <= VNI.max.rawValue else { return nil }
        self.init(uncheckedRawValue: value)
    }

    private init(uncheckedRawValue: UInt32) {
        rawValue = uncheckedRawValue
    }

    private static var rangeAdvice: String { "choose a number from 0 to 16777215" }
}

extension VNI: Comparable {
    public static func < (left: VNI, right: VNI) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension VNI: LosslessStringConvertible {
    /// Reads a decimal number from 0 to 16777215, without sign, leading zeros or surrounding space.
    ///
    /// - Throws: ``VTEPError/Kind/invalidArgument``, saying what is wrong with the text.
    public init(parsing text: String) throws(VTEPError) {
        do throws(MalformedText) {
            let bytes = try boundedBytes(of: text, limit: 64)
            self.init(uncheckedRawValue: try decimal(bytes[...], named: "it", limit: VNI.max.rawValue))
        } catch {
            throw error.error(attempted: "parse the VNI", text: text, remedy: VNI.rangeAdvice)
        }
    }

    /// Like ``init(parsing:)``, but nil if the text isn't a VNI.
    public init?(_ description: String) {
        do throws(VTEPError) { try self.init(parsing: description) } catch { return nil }
    }

    /// The decimal number: `120`.
    public var description: String { String(rawValue) }
}
