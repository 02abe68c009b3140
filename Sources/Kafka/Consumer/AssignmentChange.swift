/// A change of what a member of a group reads, as `Consumer.batches` tells it.
public enum AssignmentChange: Sendable, Equatable {
    /// These are read from now on.
    case assigned([TopicPartition])
    /// These are given back: another member reads on from what was committed.
    case revoked([TopicPartition])
    /// These were taken away already: what is in hand of them is being done elsewhere, commits are refused.
    case lost([TopicPartition])
}
