internal import Avro
internal import Core
internal import Events
internal import Kafka
internal import Telemetry

/// Keeps a book of schemas abreast of `rejoinder.schemas`, and lets the loop wait for a schema that was registered a moment ago.
final class SchemaFollower: Sendable {
    private struct State {
        /// Behind the last record that was read.
        var position: Int64 = 0
        /// Ids that nobody registered, as of then (monotonic): not waited for again for a while.
        var unknown: [UInt32: Int64] = [:]
    }

    private let state = Locked(State())
    private let book: SchemaBook
    private let topic: String
    private let logger: Logger

    init(_ book: SchemaBook, topic: String, logger: Logger) {
        self.book = book
        self.topic = topic
        self.logger = logger
    }

    func apply(_ record: TableRecord) {
        do throws(AvroError) {
            if let value = record.value {
                try book.apply(key: record.key.span.bytes, value: value.span.bytes)
            } else {
                try book.apply(key: record.key.span.bytes, value: nil)
            }
        } catch {
            logger.error("a registered schema cannot be used", ["offset": record.offset, "error": error.description])
        }
        state.withLock { $0.position = record.offset + 1 }
    }

    /// Whether the id is known, after waiting for all that is registered now. Blocks the loop's thread for at most `limit`, and for an id
    /// that stays unknown only once in ten seconds.
    func waits(for id: UInt32, _ consumer: Consumer, within limit: Duration) -> Bool {
        if book.known(id) != nil { return true }
        let now = Clocks.monotonic
        guard state.withLock({ now - ($0.unknown[id] ?? Int64.min / 2) > 10_000 }) else { return false }
        if let end = try? consumer.endOffsets(of: [TopicPartition(topic, 0)], timeout: limit).first?.offset {
            while state.withLock({ $0.position }) < end, Clocks.monotonic - now < limit.wholeMilliseconds {
                OwnThread.sleep(.milliseconds(2))
            }
        }
        if book.known(id) != nil { return true }
        state.withLock { state in
            if state.unknown.count > 1000 { state.unknown.removeAll() }
            state.unknown[id] = now
        }
        return false
    }
}
