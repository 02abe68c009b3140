public import Core

/// Where a partition was folded to when a record of `rejoinder.jobs` was written, and by whom.
public struct FoldedPlace: Sendable, Hashable {
    /// The node that wrote the record.
    public var writer: String
    /// When, by its clock.
    public var time: Timestamp
    /// By topic: the offset that is folded next, of the partition of the record's number.
    public var offsets: [String: Int64]

    /// A place.
    public init(writer: String, time: Timestamp, offsets: [String: Int64]) {
        self.writer = writer
        self.time = time
        self.offsets = offsets
    }

    /// The reserved key of checkpoints: no request's id, since it is no UUID.
    public static let key: [UInt8] = Array("checkpoint".utf8)
}
