internal import VTEPEngine

extension PortOffloads {
    /// The engine's words for it.
    var support: OffloadSupport {
        var support: OffloadSupport = []
        if contains(.checksum) { support.insert(.checksum) }
        if contains(.tcp) { support.formUnion([.tcp4, .tcp6]) }
        if contains(.ecn) { support.insert(.ecn) }
        if contains(.udp) { support.insert(.udp) }
        return support
    }
}
