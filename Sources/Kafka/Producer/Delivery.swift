/// Where a record lies.
public struct Delivery: Sendable, Hashable {
    /// The partition's number.
    public let partition: Int32
    /// The record's offset.
    public let offset: Int64
    /// Milliseconds since 1970.
    public let timestamp: Int64
}
