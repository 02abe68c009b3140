import Glibc
import Kafka

/// A real Kafka for tests that need nothing but a broker: the one that `KAFKA_BOOTSTRAP_SERVERS` names, else a node of their own.
struct RealBroker {
    static let named = getenv("KAFKA_BOOTSTRAP_SERVERS").map { String(cString: $0) }
    static var isThere: Bool { named != nil || RealKafkaCluster.isThere }

    let configuration: KafkaConfiguration
    /// Others may use the broker: every name begins with this.
    private let prefix = "rejoinder-test-\(getpid())-\(UInt32.random(in: .min ... .max))-"

    /// A topic's, group's or transaction's name that is this test's alone.
    func name(_ word: String) -> String { prefix + word }

    static func with<Result>(_ body: (RealBroker) async throws -> Result) async throws -> Result {
        guard let named else { return try await RealKafkaCluster.with { try await body(RealBroker(configuration: $0.configuration)) } }
        let broker = RealBroker(configuration: KafkaConfiguration(bootstrapServers: named, clientID: "test"))
        do {
            let result = try await body(broker)
            try await broker.clear()
            return result
        } catch {
            try await broker.clear()
            throw error
        }
    }

    /// Deletes the topics that the test made.
    private func clear() async throws {
        let admin = try Admin(configuration)
        _ = try await admin.deleteTopics(try await admin.metadata().topics.map(\.name).filter { $0.hasPrefix(prefix) })
        await admin.close()
    }
}
