/// A partition has been read to its end, for now.
public struct PartitionEnd: Sendable, Hashable {
    /// The topic's index, as in `ConsumerRecord`.
    public let topic: Int32
    /// The partition's number.
    public let partition: Int32
    /// The offset that the next record will have.
    public let offset: Int64
}
