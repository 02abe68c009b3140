/// One record of a `ConsumerBatch`: numbers only. Its bytes lie in the batch's arena.
public struct ConsumerRecord: Sendable {
    /// The topic's index: `ConsumerBatch.topicName(_:)`, `Consumer.topicIndex(of:)`.
    public let topic: Int32
    /// The partition's number.
    public let partition: Int32
    /// The record's offset.
    public let offset: Int64
    /// Milliseconds since 1970, as the producer or the broker wrote it; -1: none.
    public let timestamp: Int64
    @usableFromInline let keyStart: UInt32
    @usableFromInline let keyCount: Int32
    @usableFromInline let valueStart: UInt32
    @usableFromInline let valueCount: Int32
    let headersStart: UInt32
    let headersCount: UInt32

    /// Where the key lies in `ConsumerBatch.bytes`; nil: the record has none.
    @inlinable public var key: Range<Int>? { keyCount < 0 ? nil : Int(keyStart)..<Int(keyStart) + Int(keyCount) }
    /// Where the value lies in `ConsumerBatch.bytes`; nil: a tombstone.
    @inlinable public var value: Range<Int>? { valueCount < 0 ? nil : Int(valueStart)..<Int(valueStart) + Int(valueCount) }
}
