internal import CVTEP
internal import VTEP

extension Arguments {
    /// A link's name: what is longer than one can be, or has no end, is never read to its end.
    func linkName(_ text: UnsafePointer<CChar>?, _ name: StaticString) throws(VTEPError) -> String {
        guard let text = unsafe text else { throw null(name) }
        return try unsafe string(text, limit: 15, name) {
            "a link's name has at most 15 bytes; \"\(name)\" has more, or no NUL at its end"
        }
    }

    func optionalLinkName(_ text: UnsafePointer<CChar>?, _ name: StaticString) throws(VTEPError) -> String? {
        guard let text = unsafe text else { return nil }
        return try unsafe linkName(text, name)
    }

    /// The kind of a link; NULL for any.
    func kind(_ text: UnsafePointer<CChar>?) throws(VTEPError) -> LinkKind? {
        guard let text = unsafe text else { return nil }
        return LinkKind(rawValue: try unsafe string(text, limit: 31, "kind"))
    }

    /// A path, up to the longest that Linux opens.
    func path(_ text: UnsafePointer<CChar>?, _ name: StaticString) throws(VTEPError) -> String {
        guard let text = unsafe text else { throw null(name) }
        return try unsafe string(text, limit: 4095, name)
    }

    /// A text to be parsed, none of which has more than 64 bytes.
    func parsable(_ text: UnsafePointer<CChar>?) throws(VTEPError) -> String {
        guard let text = unsafe text else { throw null("text") }
        return try unsafe string(text, limit: 64, "text")
    }

    private func string(
        _ text: UnsafePointer<CChar>, limit: Int, _ name: StaticString, tooLong: (() -> String)? = nil
    ) throws(VTEPError) -> String {
        let bytes = unsafe UnsafeRawPointer(text)
        var length = 0
        while unsafe bytes.load(fromByteOffset: length, as: UInt8.self) != 0 {
            if length == limit {
                throw invalid(tooLong?() ?? "\"\(name)\" has more than \(limit) bytes, or no NUL at its end")
            }
            length += 1
        }
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: length)
        guard let string = unsafe String(validating: buffer, as: UTF8.self) else {
            throw invalid("\"\(name)\" is not valid UTF-8")
        }
        return string
    }
}
