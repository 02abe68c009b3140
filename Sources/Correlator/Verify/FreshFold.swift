internal import Avro
internal import Core
internal import Events
internal import Kafka
internal import Store
internal import Telemetry

/// Folds one partition's requests and responses from the start of their logs up to given offsets, into tables of its own. Decides nothing.
final class FreshFold {
    private let partition: Partition
    private let consumer: Consumer
    private let goals: [String: Int64]
    private var reader: EnvelopeReader
    private let limits: CorrelatorLimits
    private(set) var records = 0
    private(set) var begins: [String: Int64] = [:]

    init(
        _ configuration: CorrelatorConfiguration, _ number: Int32, of count: Int, offsets: [String: Int64], tables: JobTables,
        book: SchemaBook
    ) throws(KafkaError) {
        var settings = ConsumerConfiguration(configuration.kafka)
        settings.reportsEnds = true
        settings.prefetchBytes = configuration.limits.prefetchBytes
        consumer = try Consumer(settings)
        reader = EnvelopeReader(book)
        limits = configuration.limits
        goals = offsets.filter { configuration.topics.operation(of: $0.key) != nil }
        let environment = Partition.Environment(
            node: configuration.node, names: configuration.topics, tables: tables, policies: Policies([:]), limits: configuration.limits,
            timings: configuration.timings, metrics: CorrelatorMetrics(Metrics()), logger: .none)
        partition = Partition(number: number, count: count, instance: 0, start: "verify", environment: environment)
        let topics = goals.keys.sorted()
        for place in try consumer.beginningOffsets(of: topics.map { TopicPartition($0, number) }, timeout: .seconds(10)) {
            begins[place.topic] = place.offset
        }
        for topic in topics {
            let kind: Track.Kind
            switch configuration.topics.kind(of: topic) {
            case .requests(let operation): kind = .requests(operation: operation)
            case .responses(let operation): kind = .responses(operation: operation)
            default: continue
            }
            let begin = begins[topic] ?? 0
            let goal = goals[topic] ?? 0
            partition.add(Track(topic: topic, kind: kind, position: begin, goal: goal, known: goal), index: consumer.topicIndex(of: topic))
        }
    }

    func close() { consumer.closeBlocking(within: .seconds(5)) }

    func run() throws(KafkaError) {
        let open = partition.tracks.filter { $0.position < $0.goal }
        try consumer.assign(open.map { TopicPartitionOffset($0.topic, partition.number, $0.position) })
        var batch = ConsumerBatch()
        while partition.tracks.contains(where: { $0.position < $0.goal }) {
            try consumer.poll(into: &batch, max: limits.recordsPerBatchCatchingUpMax, timeout: .milliseconds(200))
            fold(batch)
            for end in batch.ends {
                if let track = partition.track(ofTopic: end.topic) {
                    partition.tracks[track].position = max(partition.tracks[track].position, end.offset)
                }
            }
            partition.settleAwaited()
            for entry in partition.batch { entry.isInBatch = false }
            partition.batch.removeAll(keepingCapacity: true)
            if partition.uncommitted.count >= 5_000 { try commit() }
        }
        try commit()
    }

    private func commit() throws(KafkaError) {
        do throws(StoreError) {
            try partition.commit()
        } catch {
            throw KafkaError(.configuration, .reject, in: "verify", error.description)
        }
        _ = partition.committed()
    }

    private func fold(_ batch: ConsumerBatch) {
        let bytes = batch.bytes.span.bytes
        for record in batch.records {
            guard let track = partition.track(ofTopic: record.topic), record.offset >= partition.tracks[track].position,
                record.offset < partition.tracks[track].goal
            else { continue }
            partition.tracks[track].position = record.offset + 1
            guard let value = record.value else { continue }
            records += 1
            // What cannot be read was set aside by the node as well.
            if case .requests(let operation) = partition.tracks[track].kind {
                if let request = try? reader.requestRecord(bytes.extracting(value), of: operation) {
                    partition.fold(request, track: track, offset: record.offset, appendedAt: Timestamp(milliseconds: record.timestamp))
                }
            } else if case .responses(let operation) = partition.tracks[track].kind,
                let event = try? reader.eventRecord(bytes.extracting(value), of: operation)
            {
                partition.fold(event, track: track, offset: record.offset)
            }
        }
    }
}
