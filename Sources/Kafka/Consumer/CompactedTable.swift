internal import CRdKafka
internal import Synchronization
internal import Telemetry

/// Reads a compacted topic, all partitions of it, from its start to its end, and follows it from there, on a thread of its own.
///
/// Records of a partition come in order, to one thread at a time. After trouble (the log was cut, the topic made anew) the topic is read
/// again from its start, so the reader must take a record twice without harm. Call `close(within:)`.
public final class CompactedTable: Sendable {
    private struct State {
        var waiters: [Int: CheckedContinuation<KafkaError?, Never>] = [:]
        var waitersBegun = 0
        var isCaughtUp = false
        var isClosed = false
        var lastError: KafkaError?
    }

    /// The topic's name.
    public let topic: String
    private let consumer: Consumer
    private let onRecord: @Sendable (TableRecord) -> Void
    private let state = Locked(State())
    private let closing = Atomic<Bool>(false)
    private let ended = Flag()

    /// Starts to read. A topic that is not there yet is waited for.
    public init(topic: String, _ kafka: KafkaConfiguration, onRecord: @escaping @Sendable (TableRecord) -> Void) throws(KafkaError) {
        self.topic = topic
        self.onRecord = onRecord
        var configuration = ConsumerConfiguration(kafka)
        configuration.reportsEnds = true
        configuration.prefetchBytes = 4 << 20
        configuration.headers = []
        consumer = try Consumer(configuration)
        OwnThread.run("kafka-table") { self.run() }
    }

    /// Whether every partition has been read to its end once.
    public var isCaughtUp: Bool { state.withLock { $0.isCaughtUp } }

    /// Suspends until every partition has been read to its end once. Throws the last trouble, or `timedOut`, when `limit` passes first.
    public func caughtUp(within limit: Duration = .seconds(30)) async throws(KafkaError) {
        let number = state.withLock { state in
            state.waitersBegun += 1
            return state.waitersBegun
        }
        let timer = Task {
            if (try? await Task.sleep(for: limit)) != nil { self.leave(number) }
        }
        defer { timer.cancel() }
        let error: KafkaError? = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let answer: KafkaError?? = state.withLock { state in
                    if state.isCaughtUp { return .some(nil) }
                    if state.isClosed { return Self.closed }
                    if Task.isCancelled { return Self.late(nil, topic) }
                    state.waiters[number] = waiter
                    return nil
                }
                if let answer { waiter.resume(returning: answer) }
            }
        } onCancel: {
            leave(number)
        }
        if let error { throw error }
    }

    private static let closed = KafkaError(.closed, .fatal, in: "read table", "the table was closed")

    private static func late(_ cause: KafkaError?, _ topic: String) -> KafkaError {
        cause ?? KafkaError(.timedOut, .retry, in: "read table", "the end of \(topic) was not reached in time")
    }

    private func leave(_ number: Int) {
        let (waiter, error) = state.withLock { ($0.waiters.removeValue(forKey: number), $0.lastError) }
        waiter?.resume(returning: Self.late(error, topic))
    }

    /// Ends the thread and the handle.
    @discardableResult
    public func close(within limit: Duration = .seconds(5)) async -> Bool {
        closing.store(true, ordering: .releasing)
        let clean = try? await OwnThread.blocking("kafka-close") { [self] () throws(KafkaError) in
            rd_kafka_queue_yield(consumer.queue)
            return ended.wait(limit) && consumer.closeBlocking(within: limit)
        }
        return clean ?? false
    }

    private func run() {
        var batch = ConsumerBatch()
        while !closing.load(ordering: .acquiring) {
            do throws(KafkaError) {
                var left = try begin()
                while !closing.load(ordering: .acquiring) {
                    try consumer.poll(into: &batch, max: 1000, timeout: .milliseconds(200))
                    tell(batch)
                    for end in batch.ends { left.remove(end.partition) }
                    if left.isEmpty { reached() }
                }
            } catch {
                state.withLock { $0.lastError = error }
                consumer.context.log(error)
                OwnThread.sleep(.milliseconds(200))
            }
        }
        ended.set()
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume(returning: Self.closed) }
    }

    /// Every partition from its start; the numbers of the partitions.
    private func begin() throws(KafkaError) -> Set<Int32> {
        let metadata = try consumer.handle.metadata(of: topic, within: .seconds(2))
        guard let known = metadata.topic(topic), known.error == nil, !known.partitions.isEmpty else {
            throw metadata.topic(topic)?.error ?? KafkaError(.unknownTopic, .retry, in: "read table", "\(topic) is not there")
        }
        try consumer.assign(known.partitions.map { TopicPartitionOffset(topic, $0.id, TopicPartitionOffset.beginning) })
        return Set(known.partitions.map(\.id))
    }

    private func tell(_ batch: ConsumerBatch) {
        for record in batch.records {
            onRecord(
                TableRecord(
                    partition: record.partition, offset: record.offset, timestamp: record.timestamp,
                    key: batch.key(of: record).map { Array($0) } ?? [], value: batch.value(of: record).map { Array($0) }))
        }
    }

    private func reached() {
        let waiters = state.withLock { state in
            state.isCaughtUp = true
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume(returning: nil) }
    }
}
