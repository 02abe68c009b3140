public import Core

/// A record that could not be read: the partition moved on without it.
public struct SetAsideRecord: Sendable, Equatable {
    /// The topic's name.
    public let topic: String
    /// The partition's number.
    public let partition: Int32
    /// The record's offset.
    public let offset: Int64
    /// When it was met.
    public let time: Timestamp
    /// What is wrong with it.
    public let detail: String
}
