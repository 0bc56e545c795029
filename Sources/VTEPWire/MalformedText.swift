/// Why a text isn't what it should be. The parsers throw this; the public initialisers turn it into a ``VTEPError``
/// that also names the text and what it was taken for.
struct MalformedText: Error {
    var reason: String
    /// A better advice than the type's usual one, if the mistake was recognised.
    var remedy: String?

    init(_ reason: String, remedy: String? = nil) {
        self.reason = reason
        self.remedy = remedy
    }

    func error(attempted: String, text: String, remedy usualRemedy: String) -> VTEPError {
        // Not the whole text: it may be megabytes that somebody pasted or sent.
        var subject = String(String.UnicodeScalarView(text.unicodeScalars.prefix(64)))
        if subject.utf8.count < text.utf8.count { subject += "…" }
        return VTEPError(
            .invalidArgument, attempted: attempted, subject: subject, reason: reason, remedy: remedy ?? usualRemedy)
    }
}

/// The text as bytes, or a refusal if it is empty or longer than any text of its type can be.
func boundedBytes(of text: String, limit: Int) throws(MalformedText) -> [UInt8] {
    if text.utf8.isEmpty { throw MalformedText("the text is empty") }
    // Checked before copying, so that a huge text costs nothing.
    if text.utf8.count > limit { throw MalformedText("the text is too long; at most \(limit) characters are possible") }
    return Array(text.utf8)
}
