internal import Avro
internal import Core
internal import Events
internal import Kafka
internal import Telemetry

/// Encodes what partitions decide and hands it to the producer, without waiting. Used by the loop's thread only. A function that answers
/// false has sent nothing: ask again later.
final class Outbox {
    private let producer: Producer
    private let names: TopicNames
    private let catalogue: Catalogue
    private let book: SchemaBook
    private let node: String
    /// Under which jobs are written: another for each start, so that a record which a former start of this node left on its way is a
    /// former owner's too.
    let journalist: String
    private let address: String
    private let logger: Logger
    private var topics: [String: Topic] = [:]
    private var writer = AvroWriter(capacity: 4096)
    private(set) var effects = EffectTable()

    init(
        _ producer: Producer, names: TopicNames, catalogue: Catalogue, book: SchemaBook, node: String, start: String, address: String,
        logger: Logger
    ) {
        self.producer = producer
        self.names = names
        self.catalogue = catalogue
        self.book = book
        self.node = node
        journalist = "\(node)/\(start)"
        self.address = address
        self.logger = logger
    }

    /// What a delivery report is about.
    func close(_ token: UInt64) -> Effect? { effects.close(token) }

    /// An event on `<operation>.responses`.
    func append(_ event: EventRecord, operation: String, partition: Int32, effect: Effect?) -> Bool {
        guard let schema = responseSchema(of: operation) else { return false }
        writer.removeAll()
        writer.writeResponse(event, schema: schema)
        return send(names.responses(operation), partition, key: event.id, effect)
    }

    /// A request on `<operation>.requests`.
    func publish(_ request: RequestRecord, partition: Int32, effect: Effect?) -> Bool {
        writer.removeAll()
        writer.writeRequest(request)
        return send(names.requests(request.operation), partition, key: request.id, effect)
    }

    /// `Stop` or `Deliver` for a worker.
    func send(_ command: CommandRecord, partition: Int32, effect: Effect?) -> Bool {
        writer.removeAll()
        writer.writeCommand(command)
        return send(names.commands, partition, key: command.id, effect)
    }

    /// The request that no attempt could finish, with the failure in its headers.
    func deadLetter(_ job: Job, partition: Int32, instance: Int) -> Bool {
        guard let record = job.request(attempt: max(job.attempt, 1)) else { return true }
        writer.removeAll()
        writer.writeRequest(record)
        let headers = [
            Header("rejoinder-error-code", text: job.failure?.code ?? ""),
            Header("rejoinder-error-message", text: job.failure?.message ?? ""),
            Header("rejoinder-reason", text: job.reason), Header("rejoinder-failures", text: String(job.failures)),
            Header("rejoinder-losses", text: String(job.losses)),
        ]
        return send(
            names.deadLetters(record.operation), partition, key: job.id, .duty(instance: instance, id: job.id, duty: .deadLetter),
            headers: headers)
    }

    /// The final answer on the topic that the request names, as a response record.
    func reply(_ job: Job, partition: Int32, instance: Int) -> Bool {
        guard let topic = job.facts?.replyTo, let event = Self.finalEvent(job), let schema = responseSchema(of: job.operation) else {
            return true
        }
        writer.removeAll()
        writer.writeResponse(
            EventRecord(
                id: job.id, attempt: job.attempt, source: job.take, sequence: job.version + 1, time: job.finishedAt ?? job.updatedAt,
                traceparent: job.facts?.traceparent, event: event), schema: schema)
        return send(topic, -1, key: job.id, .duty(instance: instance, id: job.id, duty: .reply))
    }

    private static func finalEvent(_ job: Job) -> Event? {
        switch job.status {
        case .completed: job.result.map { .completed(payload: $0) }
        case .failed: .failed(job.failure ?? Failure(code: "failed", message: job.reason))
        case .cancelled: .cancelled(reason: job.reason)
        case .expired: .expired(reason: job.reason)
        case .accepted, .running, .retrying, .waiting: nil
        }
    }

    /// A job on `rejoinder.jobs`.
    func journal(_ job: Job, _ place: FoldedPlace, partition: Int32, effect: Effect) -> Bool {
        writer.removeAll()
        writer.writeFolded(job, place)
        return send(names.jobs, partition, key: job.id, effect)
    }

    /// A checkpoint on `rejoinder.jobs`.
    func checkpoint(_ place: FoldedPlace, partition: Int32, instance: Int) -> Bool {
        writer.removeAll()
        writer.writeMark(place)
        return send(names.jobs, partition, key: FoldedPlace.key, .checkpoint(instance: instance))
    }

    /// A tombstone on `rejoinder.jobs`.
    func forget(_ id: RequestID, partition: Int32) -> Bool {
        var key: [UInt8] = []
        id.appendText(to: &key)
        return enqueue(names.jobs, partition, key: key, isTombstone: true, headers: [], nil)
    }

    /// This node's claim of a partition on `rejoinder.members`.
    func claim(_ partition: Int32, instance: Int) -> Bool {
        writer.removeAll()
        writer.append(Member(node: node, address: address).value)
        return send(names.members, 0, key: Member.key(partition: partition), .claim(instance: instance))
    }

    func place(_ offsets: [(topic: String, offset: Int64)], at time: Timestamp) -> FoldedPlace {
        FoldedPlace(
            writer: journalist, time: time,
            offsets: Dictionary(offsets.map { ($0.topic, $0.offset) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Of an operation that the catalogue knows, or else of its topic as registered.
    private func responseSchema(of operation: String) -> UInt32? {
        if let known = catalogue[operation] { return known.responseEnvelope.id }
        return book.versions(of: TopicNames.subject(of: names.responses(operation))).last
    }

    private func send(_ topic: String, _ partition: Int32, key: RequestID, _ effect: Effect?, headers: [Header] = []) -> Bool {
        var text: [UInt8] = []
        text.reserveCapacity(RequestID.textLength)
        key.appendText(to: &text)
        return send(topic, partition, key: text, effect, headers: headers)
    }

    private func send(_ topic: String, _ partition: Int32, key: [UInt8], _ effect: Effect?, headers: [Header] = []) -> Bool {
        enqueue(topic, partition, key: key, isTombstone: false, headers: headers, effect)
    }

    private func enqueue(_ topic: String, _ partition: Int32, key: [UInt8], isTombstone: Bool, headers: [Header], _ effect: Effect?) -> Bool
    {
        let handle = topics[topic] ?? producer.topic(topic)
        topics[topic] = handle
        let token = effect.map { effects.open($0) } ?? 0
        do throws(KafkaError) {
            if isTombstone {
                try producer.enqueue(handle, partition: partition, key: key.span.bytes, value: nil, headers: headers, token: token)
            } else {
                try Self.enqueue(writer, to: producer, handle, partition, key, headers, token)
            }
            return true
        } catch {
            _ = effects.close(token)
            if error.disposition == .reject { logger.error("a record was refused", ["topic": topic, "error": error.description]) }
            return false
        }
    }

    /// Lends the encoded record to the producer, which copies it.
    private static func enqueue(
        _ writer: borrowing AvroWriter, to producer: Producer, _ topic: Topic, _ partition: Int32, _ key: [UInt8], _ headers: [Header],
        _ token: UInt64
    ) throws(KafkaError) {
        try producer.enqueue(topic, partition: partition, key: key.span.bytes, value: writer.span, headers: headers, token: token)
    }
}
