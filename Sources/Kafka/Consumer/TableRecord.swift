/// One record of a compacted topic.
public struct TableRecord: Sendable {
    /// The partition's number.
    public let partition: Int32
    /// The record's offset.
    public let offset: Int64
    /// Milliseconds since 1970.
    public let timestamp: Int64
    /// The key; empty where the record has none.
    public let key: [UInt8]
    /// The value; nil: the key is deleted.
    public let value: [UInt8]?
}
