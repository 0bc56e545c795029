internal import CVTEP
internal import VTEP

extension vtep_route_metrics: InputStruct {
    /// All that are numbers: 2 to 17 without 16.
    static var knownBits: UInt32 { 0x2_FFFC }
    var reservedIsZero: Bool { true }

    init(_ metrics: RouteMetrics) {
        self.init()
        size = UInt32(MemoryLayout<vtep_route_metrics>.size)
        locked = metrics.locks
        for (metric, value) in metrics.all where vtep_route_metrics.knownBits >> UInt32(metric.rawValue) & 1 != 0 {
            has |= 1 << UInt32(metric.rawValue)
            unsafe withUnsafeMutableBytes(of: &values) {
                unsafe $0.storeBytes(of: value, toByteOffset: Int(metric.rawValue) * 4, as: UInt32.self)
            }
        }
        store(metrics.congestionControl ?? "", in: &congestion_control)
    }
}

extension Arguments {
    func metrics(_ pointer: UnsafePointer<vtep_route_metrics>?) throws(VTEPError) -> RouteMetrics {
        var metrics = RouteMetrics()
        guard let pointer = unsafe pointer else { return metrics }
        let input = try unsafe self.input(pointer, "metrics")
        guard input.locked & ~vtep_route_metrics.knownBits == 0 else {
            throw invalid("\"metrics\" locks what this library does not know: \(input.locked)")
        }
        for number in UInt8(2)...17 {
            let metric = RouteMetrics.Metric(rawValue: number)
            metrics.setLocked(metric, input.locked >> UInt32(number) & 1 != 0)
            guard input.has >> UInt32(number) & 1 != 0 else { continue }
            metrics[metric] = unsafe withUnsafeBytes(of: input.values) {
                unsafe $0.load(fromByteOffset: Int(number) * 4, as: UInt32.self)
            }
        }
        metrics.congestionControl = try text(in: input.congestion_control, "congestion_control")
        return metrics
    }

    /// What a `char` array of a struct holds; `nil` where it is empty.
    func text<Field: BitwiseCopyable>(in field: Field, _ name: StaticString) throws(VTEPError) -> String? {
        let bytes = unsafe withUnsafeBytes(of: field) { unsafe Array($0) }
        guard let end = bytes.firstIndex(of: 0) else { throw invalid("\(name) has no NUL at its end") }
        if end == 0 { return nil }
        guard let text = String(validating: bytes[..<end], as: UTF8.self) else {
            throw invalid("\(name) is not valid UTF-8")
        }
        return text
    }
}
