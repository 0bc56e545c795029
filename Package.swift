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
        .target(name: "VTEPNetlink", dependencies: ["VTEPWire", "CLibNL", "CVTEPLinux"], swiftSettings: settings),
        .target(name: "VTEP", dependencies: ["VTEPNetlink", "VTEPWire"], swiftSettings: settings),
        .target(name: "VTEPCABI", dependencies: ["CVTEP", "VTEP"], swiftSettings: settings),
        .testTarget(name: "VTEPWireTests", dependencies: ["VTEPWire"], swiftSettings: settings),
    ]
)
