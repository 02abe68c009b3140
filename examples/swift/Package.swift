// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "own-worker",
    dependencies: [.package(name: "rejoinder", path: "../..")],
    targets: [
        .executableTarget(
            name: "OwnWorker",
            dependencies: [.product(name: "Worker", package: "rejoinder"), .product(name: "Kafka", package: "rejoinder")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
