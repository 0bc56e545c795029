import CVTEP
import Glibc
import TestRandom
import VTEPCABI

// One for all inputs. It changes what this process' network namespace has, so that must be one of its own.
nonisolated(unsafe) private let host: OpaquePointer? = {
    var host: OpaquePointer?
    var list: OpaquePointer?
    _ = unsafe vtep_host_open(&host, nil)
    _ = unsafe vtep_host_links(host, nil, &list, nil)
    guard unsafe vtep_link_list_count(list) == 1 else {
        print("host-abi: run me in a network namespace of my own (unshare -Urnpf --mount-proc)")
        exit(64)
    }
    unsafe vtep_link_list_free(list)
    return unsafe host
}()

/// The host's C functions in any order, with structs of any content: what they refuse they refuse with a status, and the
/// kernel's answers are read whatever was asked.
@c(LLVMFuzzerTestOneInput)
public func fuzzHostABI(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var session = unsafe Session(host, InputBytes(start, count))
    while !session.input.isEmpty { session.step() }
    deleteLinks()
    _ = unsafe vtep_host_nexthop_flush(host, nil, nil, nil)
    return 0
}

/// The next input finds the namespace as this one did, but for what the kernel keeps without links.
private func deleteLinks() {
    var list: OpaquePointer?
    var link = vtep_link()
    link.size = UInt32(MemoryLayout<vtep_link>.size)
    _ = unsafe vtep_host_links(host, nil, &list, nil)
    let count = unsafe vtep_link_list_count(list)
    for place in 0..<count {
        _ = unsafe vtep_link_list_get(list, place, &link, nil)
        unsafe withUnsafeBytes(of: &link.name) { name in
            guard let name = unsafe name.assumingMemoryBound(to: CChar.self).baseAddress else { return }
            if unsafe strcmp(name, "lo") != 0 { _ = unsafe vtep_host_link_delete(host, name, nil, nil) }
        }
    }
    unsafe vtep_link_list_free(list)
}
