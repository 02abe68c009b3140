// swift-tools-version: 6.2
// No package dependency: the toolchain and Debian's C libraries are all that a build needs (DESIGN.md, "What it stands on").
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]
/// Targets without any C and without unsafe code: the compiler says so.
let pure = settings + [.strictMemorySafety()]
/// Readers and writers that lend their bytes as spans say how long those live.
let lending = settings + [.enableExperimentalFeature("Lifetimes")]

func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}
func target(_ name: String, _ imports: [String] = [], _ swiftSettings: [SwiftSetting] = settings) -> Target {
    .target(name: name, dependencies: imports.map { .byName(name: $0) }, swiftSettings: swiftSettings)
}
func test(_ name: String, _ imports: [String]) -> Target {
    .testTarget(name: name, dependencies: imports.map { .byName(name: $0) }, swiftSettings: settings)
}

let package = Package(
    name: "rejoinder",
    products: [
        .executable(name: "rejoinder", targets: ["rejoinder"]),
        .library(name: "Kafka", targets: ["Kafka"]),
        .library(name: "KafkaTesting", targets: ["KafkaTesting"]),
        .library(name: "Avro", targets: ["Avro"]),
        .library(name: "Worker", targets: ["Worker"]),
        .library(name: "Client", targets: ["Client"]),
        // For the benchmarks, which are a package of their own.
        .library(name: "HTTPServer", targets: ["HTTPServer"]),
    ],
    targets: [
        // C libraries: a module map and a shim of what Swift cannot call. No logic.
        system("CRdKafka", pkgConfig: "rdkafka", apt: "librdkafka-dev"),
        system("CAvro", pkgConfig: "avro-c", apt: "libavro-dev"),
        system("CCodecs", apt: "zlib1g-dev libsnappy-dev liblzma-dev libzstd-dev libssl-dev"),
        system("CLMDB", pkgConfig: "lmdb", apt: "liblmdb-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CWslay", apt: "libwslay-dev"),
        system("CCurl", apt: "libcurl4-openssl-dev"),
        system("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        .target(name: "CSys"),

        // Small modules that import nothing of ours.
        target("Telemetry", ["CSys"]),
        target("CommandLine", ["CSys"]),
        target("Core", [], pure),

        // Edges: the only targets that see C; no pointer in their public interface.
        target("Kafka", ["CRdKafka", "Telemetry"]),
        target("KafkaTesting", ["CRdKafka", "Kafka"]),
        target("Avro", ["CAvro", "CCodecs", "Telemetry"], lending),
        target("Store", ["CLMDB", "CSys", "Telemetry"]),
        target("HTTPServer", ["CMicroHTTPD", "CWslay", "CSys", "Telemetry"]),
        target("HTTPClient", ["CCurl", "Telemetry"]),
        target("Signing", ["COpenSSL"]),

        target("Events", ["Avro", "Core", "Telemetry"], lending),

        // Shells: read, fold, perform effects, commit. They hold no rules.
        target("Correlator", ["Kafka", "Avro", "Store", "Events", "Core", "Telemetry"]),
        target("Gateway", ["Kafka", "Avro", "Events", "Core", "HTTPServer", "HTTPClient", "Signing", "Telemetry"]),
        target("Worker", ["Kafka", "Avro", "Events", "Core", "CSys", "Telemetry"]),
        target("Client", ["Kafka", "Avro", "Events", "Core", "HTTPClient", "Telemetry"]),

        // The program: the only place that builds the graph and reads flags and environment.
        .executableTarget(
            name: "rejoinder",
            dependencies: [
                "CommandLine", "Telemetry", "Core", "Avro", "Events", "Kafka", "KafkaTesting", "Store", "HTTPServer", "HTTPClient",
                "Signing",
                "Correlator", "Gateway", "Worker", "Client", "CSys",
            ],
            swiftSettings: settings),

        .target(name: "TestSupport", dependencies: ["Core"], path: "Tests/TestSupport", swiftSettings: settings),
        test("ArchitectureTests", []),
        test("TelemetryTests", ["Telemetry"]),
        test("CommandLineTests", ["CommandLine"]),
        test("CoreTests", ["Core", "TestSupport"]),
        test("KafkaTests", ["Kafka", "KafkaTesting", "Telemetry", "TestSupport"]),
        test("AvroTests", ["Avro", "CAvro", "Telemetry", "TestSupport"]),
        test("StoreTests", ["Store"]),
        test("HTTPServerTests", ["HTTPServer", "Telemetry"]),
        test("HTTPClientTests", ["HTTPClient", "HTTPServer", "Telemetry"]),
        test("SigningTests", ["Signing"]),
        test("EventsTests", ["Events", "Avro", "Core", "TestSupport"]),
        test("CorrelatorTests", ["Correlator", "KafkaTesting", "Kafka", "Events", "Avro", "Core", "Store", "Telemetry", "TestSupport"]),
        test("GatewayTests", ["Gateway", "KafkaTesting", "Kafka", "Events", "Avro", "Core", "HTTPServer", "HTTPClient", "Telemetry"]),
        test("WorkerTests", ["Worker", "KafkaTesting", "Kafka", "Events", "Avro", "Core", "Telemetry"]),
        test("ClientTests", ["Client", "KafkaTesting", "Kafka", "Events", "Avro", "Core", "HTTPClient", "HTTPServer", "Telemetry"]),
        test("ProgramTests", ["rejoinder", "CommandLine", "KafkaTesting", "Kafka", "Events", "Avro", "Core"]),
        test("BrokerTests", ["Kafka", "Events", "Avro", "Core", "HTTPClient", "Telemetry", "CSys"]),
    ]
)
