// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

let vtep = Target.Dependency.product(name: "VTEP", package: "VTEP")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// A package of its own, so that who depends on VTEP does not get the argument parser along.
let package = Package(
    name: "VTEPExamples",
    dependencies: [
        .package(name: "VTEP", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        .target(name: "TutorialTables", dependencies: [vtep], swiftSettings: settings),
        .target(
            name: "OverlayOptions", dependencies: ["TutorialTables", vtep, argumentParser], swiftSettings: settings),
        .executableTarget(
            name: "point-to-point", dependencies: ["TutorialTables", "OverlayOptions", vtep, argumentParser],
            swiftSettings: settings),
        .executableTarget(
            name: "multicast", dependencies: ["TutorialTables", "OverlayOptions", vtep, argumentParser],
            swiftSettings: settings),
        .executableTarget(
            name: "docker-cross-host", dependencies: ["TutorialTables", "OverlayOptions", vtep, argumentParser],
            swiftSettings: settings),
        .executableTarget(
            name: "show", dependencies: ["TutorialTables", vtep, argumentParser], swiftSettings: settings),
        .executableTarget(
            name: "userspace-endpoint", dependencies: ["OverlayOptions", vtep, argumentParser], swiftSettings: settings),
        .executableTarget(
            name: "watch", dependencies: ["TutorialTables", vtep, argumentParser], swiftSettings: settings),
    ]
)
