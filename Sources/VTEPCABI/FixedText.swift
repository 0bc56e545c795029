/// Writes a text and its NUL to a `char` array of a struct, cut at a whole character where it is too long.
func store<Field: BitwiseCopyable>(_ text: String, in field: inout Field) {
    unsafe withUnsafeMutableBytes(of: &field) { unsafe store(text, in: $0) }
}

private func store(_ text: String, in buffer: UnsafeMutableRawBufferPointer) {
    guard buffer.count > 0 else { return }
    var text = text
    let length = text.withUTF8 { utf8 in
        var length = min(utf8.count, buffer.count - 1)
        // A continuation byte just behind the cut means that the cut is inside a character.
        while length > 0, length < utf8.count, unsafe utf8[length] & 0xC0 == 0x80 { length -= 1 }
        unsafe buffer.copyBytes(from: utf8[..<length])
        return length
    }
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[length...]).initializeMemory(as: UInt8.self, repeating: 0)
}
