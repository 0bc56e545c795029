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
    targets: [
        .target(name: "VTEPWire", swiftSettings: settings),
        .testTarget(name: "VTEPWireTests", dependencies: ["VTEPWire"], swiftSettings: settings),
    ]
)
