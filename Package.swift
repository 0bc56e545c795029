// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "VTEP",
    products: [
        .library(name: "VTEP", targets: ["VTEP"]),
        // The forwarding alone: pure, without libnl.
        .library(name: "VTEPEngine", targets: ["VTEPEngine", "VTEPWire"]),
        // The C library. The Makefile links it with the version map, the soname and the static Swift runtime.
        .library(name: "vtep", type: .dynamic, targets: ["VTEPCABI"]),
    ],
    targets: [
        .systemLibrary(
            name: "CLibNL",
            pkgConfig: "libnl-route-3.0",
            providers: [.apt(["libnl-3-dev", "libnl-route-3-dev"])]
        ),
        .systemLibrary(name: "CVTEP", path: "include"),
        .target(name: "CVTEPLinux"),
        .target(name: "VTEPWire", swiftSettings: settings),
        .target(name: "VTEPEngine", dependencies: ["VTEPWire"], swiftSettings: settings),
        .target(name: "VTEPNetlink", dependencies: ["VTEPWire", "CLibNL", "CVTEPLinux"], swiftSettings: settings),
        .target(name: "VTEPDevice", dependencies: ["VTEPEngine", "VTEPWire", "CVTEPLinux"], swiftSettings: settings),
        .target(
            name: "VTEP", dependencies: ["VTEPDevice", "VTEPEngine", "VTEPNetlink", "VTEPWire"], swiftSettings: settings
        ),
        .target(name: "VTEPCABI", dependencies: ["CVTEP", "VTEP", "VTEPEngine"], swiftSettings: settings),

        // Tests. The network they use is the real kernel's, in namespaces that TestNetwork makes.
        .target(name: "TestRandom", path: "Tests/TestRandom", swiftSettings: settings),
        .testTarget(name: "VTEPWireTests", dependencies: ["VTEPWire", "TestRandom"], swiftSettings: settings),
        .testTarget(
            name: "VTEPEngineTests", dependencies: ["VTEPEngine", "VTEPWire", "TestRandom"], swiftSettings: settings),
        .target(name: "CTestNetwork", path: "Tests/CTestNetwork"),
        .target(
            name: "TestNetwork", dependencies: ["CTestNetwork", "CVTEPLinux", "VTEP"], path: "Tests/TestNetwork",
            swiftSettings: settings),
        .testTarget(
            name: "VTEPNetlinkTests", dependencies: ["VTEPNetlink", "VTEPWire", "CVTEPLinux", "TestNetwork"],
            swiftSettings: settings),
        .testTarget(
            name: "VTEPDeviceTests",
            dependencies: ["VTEPDevice", "VTEPEngine", "VTEPWire", "CVTEPLinux", "CTestNetwork", "TestNetwork"],
            swiftSettings: settings),
        .testTarget(name: "VTEPTests", dependencies: ["VTEP", "TestNetwork"], swiftSettings: settings),
        .testTarget(name: "ConformanceTests", dependencies: ["VTEP", "TestNetwork"], swiftSettings: settings),
        .testTarget(name: "EndpointTests", dependencies: ["VTEP", "TestNetwork"], swiftSettings: settings),
        .testTarget(name: "InteroperabilityTests", dependencies: ["VTEP", "TestNetwork"], swiftSettings: settings),
        .testTarget(name: "EndToEndTests", dependencies: ["VTEP", "TestNetwork"], swiftSettings: settings),
    ]
)

// Fuzz targets are part of the package only where `make fuzz` asks for them: they must see the parsers, which no nested
// package could, and nobody who depends on VTEP should.
if Context.environment["VTEP_FUZZ"] != nil {
    package.targets += [
        fuzzTarget("netlink-reply", ["VTEPNetlink", "VTEPWire"]),
        fuzzTarget("netlink-events", ["VTEPNetlink", "VTEPWire"]),
        fuzzTarget("qemu-framing", ["VTEPDevice"]),
        fuzzTarget("decapsulate", ["VTEPEngine", "VTEPWire", "TestRandom"]),
        fuzzTarget("encapsulate", ["VTEPEngine", "VTEPWire", "TestRandom"]),
        fuzzTarget("superframe", ["VTEPEngine", "VTEPWire", "TestRandom"]),
        fuzzTarget("fdb", ["VTEPEngine", "VTEPWire", "TestRandom"]),
        fuzzTarget("engine-abi", ["VTEPCABI", "CVTEP", "TestRandom"]),
        fuzzTarget("host-abi", ["VTEPCABI", "CVTEP", "TestRandom"]),
    ]
}

/// `Fuzz/NAME`, a file with `LLVMFuzzerTestOneInput`; `Fuzz/corpus/NAME` is what it starts from.
func fuzzTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Fuzz/\(name)",
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}
