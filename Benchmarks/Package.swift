// swift-tools-version: 6.2
// A package of its own, so that who uses ours builds none of it.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "rejoinder-benchmarks",
    dependencies: [.package(name: "rejoinder", path: "..")],
    targets: [
        // What typed coding is measured against: straight C, and a count of allocations.
        .target(name: "AvroBound", path: "AvroBenchmark/Bound", linkerSettings: [.linkedLibrary("avro")]),
        .executableTarget(
            name: "AvroBenchmark", dependencies: ["AvroBound", .product(name: "Avro", package: "rejoinder")], path: "AvroBenchmark/Sources",
            swiftSettings: settings),
        .executableTarget(
            name: "HTTPBenchmark", dependencies: [.product(name: "HTTPServer", package: "rejoinder")], path: "HTTPBenchmark/Sources",
            swiftSettings: settings),
        .executableTarget(
            name: "WorkerBenchmark",
            dependencies: [
                .product(name: "Worker", package: "rejoinder"), .product(name: "Kafka", package: "rejoinder"),
                .product(name: "Avro", package: "rejoinder"),
            ],
            path: "WorkerBenchmark/Sources", swiftSettings: settings),
        // All of it at once against a real broker: `SystemBenchmark/run` starts the program and what it is measured against.
        .executableTarget(
            name: "SystemBenchmark",
            dependencies: [
                .product(name: "Client", package: "rejoinder"), .product(name: "Kafka", package: "rejoinder"),
                .product(name: "Avro", package: "rejoinder"),
            ],
            path: "SystemBenchmark/Sources", swiftSettings: settings),
        // Mutated inputs to every decoder; its sources are those of the tests' short form (links). `scripts/fuzz-avro` builds it.
        .executableTarget(
            name: "AvroFuzz", dependencies: [.product(name: "Avro", package: "rejoinder")], path: "AvroFuzz", swiftSettings: settings),
        // What KafkaBenchmark is measured against: the same work straight on librdkafka's C interface, and a count of allocations.
        .target(name: "KafkaBound", path: "KafkaBenchmark/Bound", linkerSettings: [.linkedLibrary("rdkafka")]),
        .executableTarget(
            name: "KafkaBenchmark", dependencies: ["KafkaBound", .product(name: "Kafka", package: "rejoinder")],
            path: "KafkaBenchmark/Sources",
            swiftSettings: settings),
        .executableTarget(
            name: "KafkaProducerExample", dependencies: [.product(name: "Kafka", package: "rejoinder")],
            path: "Examples/KafkaProducerExample",
            swiftSettings: settings),
        .executableTarget(
            name: "KafkaConsumerExample", dependencies: [.product(name: "Kafka", package: "rejoinder")],
            path: "Examples/KafkaConsumerExample",
            swiftSettings: settings),
    ]
)
