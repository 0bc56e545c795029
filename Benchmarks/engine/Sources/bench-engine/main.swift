import VTEPEngine

// bench-engine FILE [NAME [ours|theirs]]: only what contains NAME, and of that only one side, for a profiler.
let arguments = CommandLine.arguments
guard arguments.count >= 2 else { fatalError("usage: bench-engine FILE [NAME [ours|theirs]]") }
let path = arguments[1]
let wanted = arguments.count > 2 ? arguments[2] : ""
if arguments.count > 3 { Measurement.side = arguments[3] }

func isWanted(_ name: String) -> Bool { wanted.isEmpty || name == wanted }

for (entries, label) in [(1000, "1k"), (1_000_000, "1M")] {
    var sides: Sides?
    for length in [64, 1450] {
        let packets = Packets(length: length)
        for (work, name) in [(encapsulate, "encapsulate"), (decapsulate, "decapsulate")] {
            let name = "\(name)-\(length)-\(label)"
            guard isWanted(name) else { continue }
            let made = try sides ?? Sides(entries: entries)
            sides = made
            work(packets, made, entries, 5000, name, path)
        }
    }
}
for remotes in [100, 1000] where isWanted("flood-\(remotes)") { try flood(remotes: remotes, path: path) }
