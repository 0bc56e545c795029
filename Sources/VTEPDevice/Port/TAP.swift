internal import Glibc
internal import VTEPEngine

/// A TAP device: frames to and from the kernel's network stack, superframes where it can (`IFF_VNET_HDR`).
///
/// Any number of workers may use it at once; each reads and writes its own queue.
package struct TAP: ~Copyable {
    let queues: Descriptors
    /// Its interface's name.
    package let name: String
    /// Bytes of the virtio-net header in front of each frame; 0 for none.
    let headerSize: Int
    /// What it hands over and takes unfinished.
    package let offloads: PortOffloads
    let counters = PortCounters()

    init(_ queues: consuming Descriptors, name: String, headerSize: Int, wants: PortOffloads) {
        offloads = headerSize == 0 ? .none : TAP.negotiate(wants, queues)
        self.queues = queues
        self.name = name
        self.headerSize = headerSize
    }

    /// How many frames that cannot be read may follow each other before others get their turn.
    private static let mostFailures = 256

    /// Reads frames until there are no more, or no room for more.
    func receive(queue: Int, into intake: inout FrameIntake) -> Reception {
        let descriptor = queues[queue]
        var failures = 0
        while intake.hasRoom {
            let start = unsafe intake.next - headerSize
            let length = unsafe read(descriptor, start, headerSize + FrameIntake.longestFrame)
            if length < headerSize {
                if length >= 0 || errno == EINTR { continue }
                if errno == EAGAIN { return .drained }
                // The kernel could not describe this frame, which is gone: that says nothing about the next one.
                guard errno == EINVAL else { return .ended }
                counters.refused.count()
                failures += 1
                if failures == TAP.mostFailures { return .more }
                continue
            }
            let offload = headerSize == 0 ? .none : unsafe VirtioHeader.read(start)
            intake.append(length: length - headerSize, offload: offload)
        }
        return .more
    }

    /// Writes one frame. `parts` has one element before the frame's, which is free to use.
    func send(_ parts: UnsafeMutablePointer<iovec>, count: Int, offload: Offload, queue: Int) {
        let descriptor = queues[queue % queues.count]
        // The longest header, on the stack.
        var header: (UInt64, UInt64, UInt64) = (0, 0, 0)
        unsafe withUnsafeMutableBytes(of: &header) { header in
            guard headerSize > 0, let base = header.baseAddress else { return }
            unsafe VirtioHeader.write(offload, to: base, size: headerSize)
        }
        let size = headerSize
        let code = unsafe withUnsafeMutableBytes(of: &header) { header -> Int32 in
            unsafe parts[0] = iovec(iov_base: header.baseAddress, iov_len: size)
            let first = size == 0 ? 1 : 0
            while unsafe writev(descriptor, parts + first, Int32(count + 1 - first)) < 0 {
                if errno != EINTR { return errno }
            }
            return 0
        }
        switch code {
        case 0: break
        case EAGAIN, ENOBUFS, ENOMEM: counters.congested.count()
        case EMSGSIZE, EINVAL: counters.oversized.count()
        default: counters.refused.count()
        }
    }
}
