/// A place in a partition: where to begin, or the next offset to read (what a commit stores).
public struct TopicPartitionOffset: Sendable, Hashable, CustomStringConvertible {
    /// The topic's name.
    public let topic: String
    /// The partition's number.
    public let partition: Int32
    /// An offset, or one of the named places below zero.
    public let offset: Int64

    /// The first offset that the log still has.
    public static let beginning: Int64 = -2
    /// Behind the last record.
    public static let end: Int64 = -1
    /// What the group committed.
    public static let committed: Int64 = -1000
    /// None (a partition without a committed offset has this).
    public static let none: Int64 = -1001

    /// Names a place.
    public init(_ topic: String, _ partition: Int32, _ offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }

    /// Names a place in a partition.
    public init(_ partition: TopicPartition, _ offset: Int64) {
        self.init(partition.topic, partition.partition, offset)
    }

    /// Without the offset.
    public var topicPartition: TopicPartition { TopicPartition(topic, partition) }

    /// `topic/partition@offset`.
    public var description: String {
        switch offset {
        case Self.beginning: "\(topic)/\(partition)@beginning"
        case Self.end: "\(topic)/\(partition)@end"
        case Self.committed: "\(topic)/\(partition)@committed"
        case Self.none: "\(topic)/\(partition)@none"
        default: "\(topic)/\(partition)@\(offset)"
        }
    }
}
