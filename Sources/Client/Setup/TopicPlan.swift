public import Events
public import Kafka

/// The topics of a prefix: what `topics create` makes (1-system.md, "Topics").
public struct TopicPlan: Sendable {
    public static let partitionsDefault = 12

    /// The topics, each with its partitions and its policy.
    public let topics: [NewTopic]
    /// Partitions of every topic but the two tables of one partition.
    public let partitions: Int

    private static let day: Int64 = 86_400_000

    /// - Parameter replicas: nil: the broker's default.
    public init(catalogue: Catalogue, names: TopicNames, partitions: Int = partitionsDefault, replicas: Int? = nil) {
        self.partitions = partitions
        func topic(_ name: String, days: Double? = nil, partitions count: Int? = nil) -> NewTopic {
            let policy =
                days.map { ["cleanup.policy": "delete", "retention.ms": "\(Int64($0 * Double(Self.day)))"] } ?? [
                    "cleanup.policy": "compact"
                ]
            return NewTopic(name, partitions: count ?? partitions, replicas: replicas, configuration: policy)
        }
        var topics = [
            topic(names.commands, days: 1), topic(names.heartbeats, days: 1.0 / 24), topic(names.jobs), topic(names.members, partitions: 1),
            topic(names.schemas, partitions: 1),
        ]
        for operation in catalogue.operations {
            topics.append(topic(names.requests(operation.name), days: 7))
            topics.append(topic(names.responses(operation.name), days: 7))
            topics.append(topic(names.deadLetters(operation.name), days: 30))
        }
        self.topics = topics
    }
}
