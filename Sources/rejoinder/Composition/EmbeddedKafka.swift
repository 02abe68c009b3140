import Client
import Kafka
import KafkaTesting

/// The Kafka inside `rejoinder dev`: librdkafka's mock cluster, with the topics of a plan. It lives in memory and forgets at its end.
final class EmbeddedKafka: Sendable {
    /// What the mock cluster keeps of a partition, in bytes; older records are thrown away.
    static let partitionBytesMax = 5 << 20
    /// Bodies that `dev` takes.
    static let bodyBytesMax = 256 << 10

    private let cluster: MockCluster

    init(_ plan: TopicPlan) throws {
        cluster = try MockCluster()
        for topic in plan.topics { try cluster.createTopic(topic.name, partitions: topic.partitions) }
    }

    var bootstrapServers: String { cluster.bootstrapServers }

    func stop() { cluster.stop() }
}
