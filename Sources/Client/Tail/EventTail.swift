public import Events
public import Kafka
import Synchronization
import Telemetry

/// Follows the topics of operations and decodes what comes, from the ends that the topics have when it starts, or from their beginnings.
public final class EventTail: Sendable {
    private let consumer: Consumer
    private let book: SchemaBook
    private let names: TopicNames
    private let operations: [String]
    private let closing = Atomic<Bool>(false)

    /// - Parameters:
    ///   - operations: which to follow; empty for all of the catalogue.
    ///   - book: must know the schemas (`SchemaDirectory`).
    public init(_ kafka: KafkaConfiguration, catalogue: Catalogue, names: TopicNames, operations: [String], book: SchemaBook) throws {
        for operation in operations where catalogue[operation] == nil {
            throw SetupError("there is no operation '\(operation)'; there are \(catalogue.operations.map(\.name).joined(separator: ", ")).")
        }
        self.operations = operations.isEmpty ? catalogue.operations.map(\.name) : operations
        self.names = names
        self.book = book
        consumer = try Consumer(ConsumerConfiguration(kafka))
    }

    /// Begins to read; `onEvent` gets each event on a thread of the tail, in the order of each partition.
    public func start(
        partitions: Int, fromBeginning: Bool = false, onEvent: @escaping @Sendable (TailEvent) -> Void,
        onError: @escaping @Sendable (KafkaError) -> Void
    ) async throws {
        var topics: [TopicPartition] = []
        for operation in operations {
            for topic in [names.requests(operation), names.responses(operation), names.deadLetters(operation)] {
                topics += (0..<Int32(partitions)).map { TopicPartition(topic, $0) }
            }
        }
        topics += (0..<Int32(partitions)).map { TopicPartition(names.commands, $0) }
        let places =
            fromBeginning
            ? topics.map { TopicPartitionOffset($0, TopicPartitionOffset.beginning) } : try await consumer.endOffsets(of: topics)
        try consumer.assign(places)
        OwnThread.start("tail") { [self] in read(onEvent, onError) }
    }

    /// Ends the reading.
    public func close() async {
        closing.store(true, ordering: .releasing)
        await consumer.close(within: .seconds(3))
    }

    private func read(_ onEvent: @Sendable (TailEvent) -> Void, _ onError: @Sendable (KafkaError) -> Void) {
        var decoder = TailDecoder(book: book, names: names)
        var batch = ConsumerBatch()
        while !closing.load(ordering: .acquiring) {
            do throws(KafkaError) {
                try consumer.poll(into: &batch, max: 500, timeout: .milliseconds(100))
            } catch {
                if closing.load(ordering: .acquiring) { return }
                onError(error)
            }
            let bytes = batch.bytes.span.bytes
            for record in batch.records {
                let key = batch.key(of: record).map { String(decoding: $0, as: UTF8.self) } ?? ""
                let topic = batch.topicName(record.topic)
                if let value = record.value {
                    onEvent(decoder.event(topic: topic, record, key: key, value: bytes.extracting(value)))
                } else {
                    onEvent(
                        TailEvent(
                            topic: topic, partition: record.partition, offset: record.offset, timestamp: record.timestamp, requestID: key,
                            type: "Tombstone", fields: []))
                }
            }
        }
    }
}
