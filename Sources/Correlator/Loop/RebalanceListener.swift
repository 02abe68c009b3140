internal import Kafka

/// Hears on the polling thread what the group decides. It assigns nothing by itself: the loop adds the partitions of a number once it knows
/// from where to read them; until then the group's assignment is empty, which the group does not mind.
final class RebalanceListener: RebalanceHandler {
    private let mailbox: LoopMailbox
    private let readers: ReadModel

    init(_ mailbox: LoopMailbox, _ readers: ReadModel) {
        self.mailbox = mailbox
        self.readers = readers
    }

    func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
        mailbox.put { $0.changes.append(.assigned(partitions.map(\.partition).sorted())) }
        return []
    }

    /// Readers are turned away at once; the loop puts its state into the store behind this poll.
    func revoked(_ partitions: [TopicPartition]) {
        for partition in partitions { readers.close(partition.partition) }
        mailbox.put { $0.changes.append(.revoked) }
    }

    func lost(_ partitions: [TopicPartition]) { revoked(partitions) }
}
