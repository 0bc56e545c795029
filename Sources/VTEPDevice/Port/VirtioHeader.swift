internal import VTEPEngine

/// `struct virtio_net_hdr` as the kernel reads and writes it in front of a frame, in the host's byte order.
///
/// Its ten bytes are those of ``Offload``. A longer one (`TUNSETVNETHDRSZ`) has a number of buffers and a hash behind
/// them, which say nothing here.
enum VirtioHeader {
    static let size = 10
    static let sizes = 10...24

    /// Reads the header at the start of `bytes`. Nothing in it is trusted: the engine checks it against the frame.
    static func read(_ bytes: UnsafeRawPointer) -> Offload {
        unsafe bytes.loadUnaligned(as: Offload.self)
    }

    /// Writes a header of `size` bytes.
    static func write(_ offload: Offload, to bytes: UnsafeMutableRawPointer, size: Int) {
        unsafe bytes.storeBytes(of: offload, as: Offload.self)
        if size > VirtioHeader.size {
            unsafe (bytes + VirtioHeader.size).initializeMemory(
                as: UInt8.self, repeating: 0, count: size - VirtioHeader.size)
        }
    }
}
