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
    ],
    targets: [
        .systemLibrary(
            name: "CLibNL",
            pkgConfig: "libnl-route-3.0",
            providers: [.apt(["libnl-3-dev", "libnl-route-3-dev"])]
        ),
        .target(name: "CVTEPLinux"),
        .target(name: "VTEPWire", swiftSettings: settings),
        .target(name: "VTEPNetlink", dependencies: ["VTEPWire", "CLibNL", "CVTEPLinux"], swiftSettings: settings),
        .testTarget(name: "VTEPWireTests", dependencies: ["VTEPWire"], swiftSettings: settings),
        .target(name: "VTEP", dependencies: ["VTEPNetlink", "VTEPWire"], swiftSettings: settings),
    ]
)
