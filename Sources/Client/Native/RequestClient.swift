import Avro
public import Core
public import Events
public import Kafka
import Synchronization
public import Telemetry

/// Sends requests straight to their topics and reads the answers from `<operation>.responses`, without HTTP.
///
/// Exactly one answer is handed on for each request: the first final event that the operation's response partition has for it. Who must agree
/// with every other reader asks the correlator instead (`replyTo`, or HTTP): this client does not know policies, so a failure that may be
/// retried is not final for it, and nothing ends its wait but an answer or `close`.
public final class RequestClient: Sendable {
    /// What came of a request.
    public enum Answer: Sendable {
        case completed(Payload)
        case failed(Failure)
        case cancelled(reason: String)
        case expired(reason: String)
        case deadLettered(reason: String)
        /// The record did not reach Kafka, or the client was closed.
        case notSent(KafkaError)
    }

    public typealias Callback = @Sendable (Answer) -> Void

    /// Requests under way at most; a further one is refused.
    public static let underWayMax = 100_000

    private struct State {
        var waiting: [RequestID: Callback] = [:]
        var tokens: [UInt64: RequestID] = [:]
        var nextToken: UInt64 = 1
        var isClosed = false
    }

    private final class Table: Sendable, DeliveryObserver {
        let state = Locked(State())

        func delivered(_ reports: [DeliveryReport]) {
            var failed: [(Callback, KafkaError)] = []
            state.withLock { state in
                for report in reports {
                    guard let id = state.tokens.removeValue(forKey: report.token) else { continue }
                    if case .failed(let error) = report.outcome, let callback = state.waiting.removeValue(forKey: id) {
                        failed.append((callback, error))
                    }
                }
            }
            for (callback, error) in failed { callback(.notSent(error)) }
        }
    }

    private let operation: Operation
    private let partitions: Int
    private let producer: Producer
    private let consumer: Consumer
    private let topic: Topic
    private let table = Table()
    private let book: SchemaBook
    private let ended = Locked<[CheckedContinuation<Void, Never>]?>([])
    private let buffer = Locked(Buffer())
    private let logger: Logger

    private struct Buffer: ~Copyable {
        var writer = AvroWriter(capacity: 4096)
    }

    /// - Parameter partitions: of the operation's topics.
    public init(
        _ operation: Operation, names: TopicNames, partitions: Int, kafka: KafkaConfiguration, book: SchemaBook, logger: Logger = .none
    ) throws(KafkaError) {
        self.operation = operation
        self.partitions = partitions
        self.book = book
        self.logger = logger
        producer = try Producer(ProducerConfiguration(kafka), observer: table)
        var settings = ConsumerConfiguration(kafka)
        settings.start = .end
        settings.fetchWait = .milliseconds(100)
        consumer = try Consumer(settings)
        topic = producer.topic(names.requests(operation.name))
        responses = names.responses(operation.name)
    }

    private let responses: String

    /// Warms the request topic and reads the responses from their ends on.
    public func start() async throws(KafkaError) {
        try await producer.warm(topics: [topic.name])
        let ends = try await consumer.endOffsets(of: (0..<Int32(partitions)).map { TopicPartition(responses, $0) })
        try consumer.assign(ends)
        OwnThread.start("request-client") { [self] in read() }
    }

    /// Sends one request; the callback comes once, on the client's thread, and must not wait.
    ///
    /// Throws when the producer does not take the record; the callback then never comes.
    public func send(_ record: RequestRecord, _ onAnswer: @escaping Callback) throws(KafkaError) {
        let token: UInt64? = table.state.withLock { state in
            guard !state.isClosed, state.waiting.count < Self.underWayMax else { return nil }
            let token = state.nextToken
            state.nextToken += 1
            state.tokens[token] = record.id
            state.waiting[record.id] = onAnswer
            return token
        }
        guard let token else {
            throw KafkaError(
                .queueFull, .retry, in: "request", "\(Self.underWayMax) requests are under way, or the client is closed", notSent: true)
        }
        let partition = partition(of: record.id, count: partitions)
        let refusal: KafkaError? = buffer.withLock { buffer -> KafkaError? in
            buffer.writer.removeAll()
            buffer.writer.writeRequest(record)
            let key = record.id.textBytes
            do throws(KafkaError) {
                try producer.enqueue(topic, partition: partition, key: key.span.bytes, value: buffer.writer.span, token: token)
                return nil
            } catch {
                return error
            }
        }
        guard let refusal else { return }
        table.state.withLock { state in
            state.tokens[token] = nil
            state.waiting[record.id] = nil
        }
        throw refusal
    }

    /// Ends the reading; who still waits is told `notSent` with `closed`.
    public func close() async {
        let waiting = table.state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for callback in waiting { callback(.notSent(KafkaError(.closed, .reject, in: "request", "the client was closed"))) }
        await withCheckedContinuation { continuation in
            let isEnded = ended.withLock { waiters in
                waiters?.append(continuation)
                return waiters == nil
            }
            if isEnded { continuation.resume() }
        }
        await consumer.close(within: .seconds(5))
        await producer.close(within: .seconds(5))
    }

    private func read() {
        var batch = ConsumerBatch()
        while !table.state.withLock({ $0.isClosed }) {
            do throws(KafkaError) {
                try consumer.poll(into: &batch, max: 2000, timeout: .milliseconds(100))
            } catch {
                logger.warning("the responses cannot be read now: \(error)")
            }
            take(batch)
        }
        let waiters = ended.withLock { waiters in
            defer { waiters = nil }
            return waiters ?? []
        }
        for waiter in waiters { waiter.resume() }
    }

    private func take(_ batch: ConsumerBatch) {
        var answers: [(RequestID, Answer)] = []
        let bytes = batch.bytes.span.bytes
        for record in batch.records {
            guard let range = record.value else { continue }
            let value = bytes.extracting(range)
            guard let answer = try? answer(value) else { continue }
            answers.append(answer)
        }
        guard !answers.isEmpty else { return }
        let callbacks: [(Callback, Answer)] = table.state.withLock { state in
            answers.compactMap { id, answer in state.waiting.removeValue(forKey: id).map { ($0, answer) } }
        }
        for (callback, answer) in callbacks { callback(answer) }
    }

    /// The answer in a record; nil for events that are none.
    private func answer(_ value: RawSpan) throws(AvroError) -> (RequestID, Answer)? {
        let view = try ResponseView(value)
        switch view.event {
        case .completed, .cancelled, .expired, .deadLettered, .failed: break
        default: return nil
        }
        let record = try view.record(in: value, schema: book.known(view.schema))
        switch record.event {
        case .completed(let payload): return (record.id, .completed(payload))
        case .failed(let failure): return failure.retryable ? nil : (record.id, .failed(failure))
        case .cancelled(let reason): return (record.id, .cancelled(reason: reason))
        case .expired(let reason): return (record.id, .expired(reason: reason))
        case .deadLettered(let reason, _, _): return (record.id, .deadLettered(reason: reason))
        default: return nil
        }
    }
}
