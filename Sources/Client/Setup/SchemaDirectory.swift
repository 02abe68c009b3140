public import Avro
public import Events
public import Kafka
public import Telemetry

/// The schemas of an installation: follows `rejoinder.schemas` and registers there what a catalogue needs.
public final class SchemaDirectory: Sendable {
    /// What is known; grows as the topic does.
    public let book: SchemaBook
    private let names: TopicNames
    private let kafka: KafkaConfiguration
    private let table: CompactedTable
    private let mark: ReadMark

    private let external: ExternalRegistry?

    /// Starts to read the topic. `close` must be called.
    ///
    /// - Parameter external: where ids are asked for that the topic does not have, and where others register; the caller closes it.
    public init(
        _ kafka: KafkaConfiguration, catalogue: Catalogue, names: TopicNames, external: ExternalRegistry? = nil, logger: Logger
    ) throws(KafkaError) {
        let book = SchemaBook(catalogue)
        if let external { book.consult(external.client) }
        self.external = external
        self.book = book
        self.names = names
        self.kafka = kafka
        let mark = ReadMark()
        self.mark = mark
        table = try CompactedTable(topic: names.schemas, kafka) { record in
            do {
                try book.apply(key: record.key.span.bytes, value: record.value?.span.bytes)
            } catch {
                logger.warning("a record of \(names.schemas) is set aside: \(error)", ["offset": record.offset])
            }
            mark.reached(record.offset)
        }
    }

    /// What is registered, as `/registry` shows it.
    public var registry: SchemaRegistry {
        var registry = book.registry
        registry.registersAt = external?.url
        return registry
    }

    /// Waits for the topic's end, then appends what it lacks of the catalogue and of the shared topics.
    /// - Returns: the subjects that were registered now.
    public func register(_ catalogue: Catalogue, within limit: Duration = .seconds(30)) async throws -> [String] {
        try await table.caughtUp(within: limit)
        let missing = book.missing(for: catalogue, names: names)
        guard !missing.isEmpty else { return [] }
        _ = try await append(missing)
        for registration in missing {
            try book.register(subject: registration.subject, id: registration.schema.id, schema: registration.schema.schema)
        }
        return missing.map(\.subject)
    }

    /// Appends one schema and waits until it has been read back: from then on every reader here knows it.
    ///
    /// Throws when Kafka does not take it, when its id is that of another schema, and when it is not read back within the limit; it may then
    /// still be registered, and registering it again does no harm.
    public func register(_ registration: SchemaRegistration, within limit: Duration = .seconds(10)) async throws {
        let (subject, schema) = (registration.subject, registration.schema)
        if let known = book.known(schema.id), known.schema != schema.schema {
            throw SetupError(
                "\(subject): the id \(schema.id) is already that of \(known.schema.name ?? "another schema"), whose text differs")
        }
        let offset = try await append([registration])
        guard await mark.reaches(offset, within: limit) else {
            throw SetupError("\(subject): the record lies at \(names.schemas) 0:\(offset) but was not read back within \(limit)")
        }
        guard book.versions(of: subject).contains(schema.id) else {
            throw SetupError("\(subject): somebody registered another schema with the id \(schema.id) at the same time")
        }
    }

    /// Appends records to the topic; the last one's offset.
    private func append(_ registrations: [SchemaRegistration]) async throws -> Int64 {
        let producer = try Producer(ProducerConfiguration(kafka))
        let outcomes = await producer.send(registrations.map { Record(topic: names.schemas, partition: 0, key: $0.key, value: $0.value) })
        await producer.close(within: .seconds(5))
        var last: Int64 = -1
        for outcome in outcomes {
            switch outcome {
            case .failed(let error): throw error
            case .delivered(_, let offset, _): last = max(last, offset)
            }
        }
        return last
    }

    /// Waits until what the topic holds has been read.
    public func ready(within limit: Duration = .seconds(30)) async throws(KafkaError) { try await table.caughtUp(within: limit) }

    public func close() async { await table.close() }
}
