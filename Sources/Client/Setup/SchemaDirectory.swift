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

    /// Starts to read the topic. `close` must be called.
    public init(_ kafka: KafkaConfiguration, catalogue: Catalogue, names: TopicNames, logger: Logger) throws(KafkaError) {
        let book = SchemaBook(catalogue)
        self.book = book
        self.names = names
        self.kafka = kafka
        table = try CompactedTable(topic: names.schemas, kafka) { record in
            do {
                try book.apply(key: record.key.span.bytes, value: record.value?.span.bytes)
            } catch {
                logger.warning("a record of \(names.schemas) is set aside: \(error)", ["offset": record.offset])
            }
        }
    }

    /// Waits for the topic's end, then appends what it lacks of the catalogue and of the shared topics.
    /// - Returns: the subjects that were registered now.
    public func register(_ catalogue: Catalogue, within limit: Duration = .seconds(30)) async throws -> [String] {
        try await table.caughtUp(within: limit)
        let missing = book.missing(for: catalogue, names: names)
        guard !missing.isEmpty else { return [] }
        let producer = try Producer(ProducerConfiguration(kafka))
        let outcomes = await producer.send(missing.map { Record(topic: names.schemas, partition: 0, key: $0.key, value: $0.value) })
        await producer.close(within: .seconds(5))
        for outcome in outcomes {
            if case .failed(let error) = outcome { throw error }
        }
        for registration in missing {
            try book.register(subject: registration.subject, id: registration.schema.id, schema: registration.schema.schema)
        }
        return missing.map(\.subject)
    }

    /// Waits until what the topic holds has been read.
    public func ready(within limit: Duration = .seconds(30)) async throws(KafkaError) { try await table.caughtUp(within: limit) }

    public func close() async { await table.close() }
}
