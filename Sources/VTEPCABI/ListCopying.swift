internal import CVTEP
internal import VTEP

extension Arguments {
    /// Fills the caller's array with elements of a list. The first one's size is the distance between them, as in a
    /// batch; everything is checked before anything is written.
    func copy<Struct: SizedStruct>(
        _ first: UInt32, _ count: UInt32, of total: Int, to out: UnsafeMutablePointer<Struct>?,
        _ element: (Int) -> Struct
    ) throws(VTEPError) {
        try checkRange(first, count, of: total)
        if count == 0 { return }
        let outputs = try unsafe output(out)
        for position in 0..<Int(count) { outputs.write(element(Int(first) + position), at: position) }
    }

    func copy<Element, Struct: SizedStruct>(
        _ list: OpaquePointer?, _ first: UInt32, _ count: UInt32, to out: UnsafeMutablePointer<Struct>?,
        _ convert: (Element) -> Struct
    ) throws(VTEPError) {
        let list: ListHandle<Element> = try unsafe handle(list, "list")
        let elements = list.elements
        try unsafe copy(first, count, of: elements.count, to: out) { convert(elements[$0]) }
    }

    func checkRange(_ first: UInt32, _ count: UInt32, of total: Int) throws(VTEPError) {
        let end = UInt64(first) + UInt64(count)
        guard end <= UInt64(clamping: total) else { throw pastTheEnd(UInt32(clamping: end - 1), count: total) }
    }
}
