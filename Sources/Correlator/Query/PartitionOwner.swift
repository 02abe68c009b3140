/// Which node answers for a partition.
public enum PartitionOwner: Sendable, Equatable {
    /// This one.
    case here
    /// Another one, whose HTTP side is at `address` (`host:port`).
    case node(address: String)
    /// No node has claimed it.
    case nobody
}
