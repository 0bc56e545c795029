internal import CVTEP
internal import VTEP

/// What a `vtep_..._list *` points to: values as they were when they were read.
final class ListHandle<Element> {
    let elements: [Element]
    /// What the elements point to, where they do.
    private let memory: ListMemory?

    init(_ elements: [Element], _ memory: ListMemory? = nil) {
        self.elements = elements
        self.memory = memory
    }
}

extension Arguments {
    func element<Element>(
        _ list: OpaquePointer?, _ i: UInt32, as type: Element.Type = Element.self
    ) throws(VTEPError) -> Element {
        let list: ListHandle<Element> = try unsafe handle(list, "list")
        guard i < list.elements.count else { throw pastTheEnd(i, count: list.elements.count) }
        return list.elements[Int(i)]
    }

    func pastTheEnd(_ i: UInt32, count: Int) -> VTEPError {
        VTEPError(
            .notFound, attempted: "\(attempted)", subject: "element \(i)",
            reason: "the list has \(count) element\(count == 1 ? "" : "s"), counted from 0")
    }
}

func count<Element>(_ list: OpaquePointer?, of type: Element.Type) -> UInt32 {
    guard let list = unsafe list else { return 0 }
    let handle = unsafe Unmanaged<ListHandle<Element>>.fromOpaque(UnsafeRawPointer(list))
    return unsafe UInt32(clamping: handle.takeUnretainedValue().elements.count)
}
