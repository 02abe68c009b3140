/// Is told of the group's changes, on the polling thread, in the midst of `poll` (or of `close`). The next batch waits meanwhile.
public protocol RebalanceHandler: Sendable {
    /// The group gave these partitions. The answer is what is really assigned and from where: other, more or fewer partitions, each with
    /// an offset or one of `TopicPartitionOffset`'s named places.
    func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset]

    /// The group takes these back (all of them: the protocol is eager). Commits made here still count. Bounded: the group waits.
    func revoked(_ partitions: [TopicPartition])

    /// The group has taken these already: another member may own them. Commits would be refused.
    func lost(_ partitions: [TopicPartition])
}
