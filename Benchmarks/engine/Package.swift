// swift-tools-version: 6.2
import PackageDescription

// The engine in memory, against a C version. Its own package, so that the root manifest knows nothing of it.
let package = Package(
    name: "bench-engine",
    dependencies: [.package(name: "VTEP", path: "../..")],
    targets: [
        // Built by `run`, with gcc.
        .systemLibrary(name: "CReference", path: "reference"),
        .executableTarget(
            name: "bench-engine",
            dependencies: ["CReference", .product(name: "VTEPEngine", package: "VTEP")]),
    ]
)
