public import Telemetry

/// Records in the order in which they came, with all their bytes in one arena. Reuse it: after the first polls it allocates nothing.
public struct ConsumerBatch: Sendable {
    struct HeaderEntry {
        let name: Int32
        let start: UInt32
        let count: Int32
    }

    /// The arena that the ranges of `records` refer to.
    public internal(set) var bytes: [UInt8] = []
    /// The records.
    public internal(set) var records: [ConsumerRecord] = []
    /// Partitions whose end was reached, where `ConsumerConfiguration.reportsEnds` is on.
    public internal(set) var ends: [PartitionEnd] = []
    /// Changes of the assignment since the batch before; only in `Consumer.batches`.
    public internal(set) var changes: [AssignmentChange] = []
    var headers: [HeaderEntry] = []
    var headerNames: [String] = []
    var topics: [String] = []

    /// An empty batch.
    public init() {}

    /// Neither records nor ends nor changes.
    public var isEmpty: Bool { records.isEmpty && ends.isEmpty && changes.isEmpty }

    /// A topic's name by its index.
    public func topicName(_ index: Int32) -> String { topics[Int(index)] }

    /// A record's key.
    public func key(of record: ConsumerRecord) -> ArraySlice<UInt8>? { record.key.map { bytes[$0] } }

    /// A record's value; nil: a tombstone.
    public func value(of record: ConsumerRecord) -> ArraySlice<UInt8>? { record.value.map { bytes[$0] } }

    /// A header's bytes: the last one of that name, nil when the record has none (or an empty one without a value).
    public func header(_ name: String, of record: ConsumerRecord) -> ArraySlice<UInt8>? {
        for entry in headers[Int(record.headersStart)..<Int(record.headersStart + record.headersCount)].reversed()
        where headerNames[Int(entry.name)] == name && entry.count >= 0 {
            return bytes[Int(entry.start)..<Int(entry.start) + Int(entry.count)]
        }
        return nil
    }

    /// The record's place in a trace, read in place. `traceparent` must be among `ConsumerConfiguration.headers`.
    public func trace(of record: ConsumerRecord) -> TraceContext? {
        header(Header.traceparent, of: record).flatMap { TraceContext($0) }
    }

    /// Every copied header of a record, in order.
    public func headers(of record: ConsumerRecord) -> [Header] {
        headers[Int(record.headersStart)..<Int(record.headersStart + record.headersCount)].map { entry in
            Header(
                headerNames[Int(entry.name)],
                entry.count < 0 ? nil : Array(bytes[Int(entry.start)..<Int(entry.start) + Int(entry.count)]))
        }
    }

    /// Where to go on behind this batch: for each of its partitions the offset after the last record, as a commit wants it.
    public var next: [TopicPartitionOffset] {
        var last: [Int64: Int64] = [:]
        for record in records { last[Int64(record.topic) << 32 | Int64(record.partition)] = record.offset + 1 }
        return last.map { TopicPartitionOffset(topics[Int($0.key >> 32)], Int32(truncatingIfNeeded: $0.key), $0.value) }
    }

    /// Empties it and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        changes.removeAll()
        headers.removeAll(keepingCapacity: true)
    }
}
