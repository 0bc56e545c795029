internal import VTEPWire

extension Engine.Configuration {
    /// - Throws: ``VTEPError/Kind/invalidArgument``, naming the limit that is out of range.
    func check() throws(VTEPError) {
        try Self.check("maximumFDBEntries", maximumFDBEntries, 1...16_777_216)
        try Self.check("maximumRemotes", maximumRemotes, 1...1_048_576)
        try Self.check("maximumVNIs", maximumVNIs, 1...65_534)
        try Self.check("maximumPorts", maximumPorts, 1...65_535)
        try Self.check("maximumBindings", maximumBindings, 0...16_777_216)
        try Self.check("entropySockets", entropySockets, 1...65_535)
        try Self.check("maximumSegments", maximumSegments, 1...1024)
        try Self.check("maximumTransmission", maximumTransmission, 1...65_507)
        try Self.check("maximumEvents", maximumEvents, 0...65_536)
        try Self.check("eventsPerSecond", eventsPerSecond, 0...1_000_000)
    }

    private static func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(VTEPError) {
        guard !range.contains(value) else { return }
        throw VTEPError(
            .invalidArgument, attempted: "make the engine", subject: name, reason: "\(value) is out of range",
            remedy: "choose a number from \(range.lowerBound) to \(range.upperBound)")
    }
}
