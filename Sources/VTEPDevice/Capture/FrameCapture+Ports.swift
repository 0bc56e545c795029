internal import VTEPEngine

extension FrameCapture {
    /// What came in by a port.
    func record(_ frame: Frame, from port: PortID) {
        let slice = unsafe Slice(frame.base, Int(frame.length))
        unsafe withUnsafePointer(to: slice) {
            unsafe record(
                .port(port), isOutbound: false, UnsafeBufferPointer(start: $0, count: 1), length: Int(frame.length))
        }
    }

    /// What leaves by a port.
    func record(_ delivery: Delivery, _ slices: UnsafeMutableBufferPointer<Slice>) {
        unsafe record(
            .port(delivery.port), isOutbound: true, UnsafeBufferPointer(slices), length: Int(delivery.length))
    }
}
