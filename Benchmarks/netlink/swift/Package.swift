// swift-tools-version: 6.2
import PackageDescription

// The passes of ../tables.c from Swift. Its own package, so that the root manifest knows nothing of it.
let package = Package(
    name: "bench-netlink",
    dependencies: [.package(name: "VTEP", path: "../../..")],
    targets: [
        .executableTarget(name: "tables-swift", dependencies: [.product(name: "VTEP", package: "VTEP")])
    ]
)
