/// A consumer group with its members.
public struct ConsumerGroupDescription: Sendable {
    /// One member.
    public struct Member: Sendable, Hashable {
        /// The id that the coordinator gave it.
        public let id: String
        /// Its `group.instance.id`, where it is a static member.
        public let instance: String?
        /// Its `client.id`.
        public let clientID: String
        /// Where it connects from.
        public let host: String
        /// What it was given.
        public let partitions: [TopicPartition]
    }

    /// Its name.
    public let name: String
    /// `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead` or `Unknown`.
    public let state: String
    /// How partitions are assigned, for example `range`.
    public let assignor: String
    /// Its members.
    public let members: [Member]
    /// Why nothing is known of it.
    public let error: KafkaError?
}
