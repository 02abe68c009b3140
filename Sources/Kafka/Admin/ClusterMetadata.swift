/// What a broker knows of the cluster.
public struct ClusterMetadata: Sendable {
    /// One broker.
    public struct Broker: Sendable, Hashable {
        /// Its number.
        public let id: Int32
        /// Its advertised host.
        public let host: String
        /// Its advertised port.
        public let port: Int32
    }
    /// One topic.
    public struct TopicState: Sendable {
        /// Its name.
        public let name: String
        /// Its partitions, by number.
        public let partitions: [PartitionState]
        /// Why nothing is known of it: it does not exist, or may not be seen.
        public let error: KafkaError?
    }
    /// One partition.
    public struct PartitionState: Sendable, Hashable {
        /// Its number.
        public let id: Int32
        /// The broker that leads it; -1: none.
        public let leader: Int32
        /// The brokers that keep it.
        public let replicas: [Int32]
        /// Those of them that keep up.
        public let inSync: [Int32]
    }

    /// Every broker.
    public let brokers: [Broker]
    /// Every topic, or those asked for.
    public let topics: [TopicState]

    /// A topic by its name.
    public func topic(_ name: String) -> TopicState? { topics.first { $0.name == name } }
}
