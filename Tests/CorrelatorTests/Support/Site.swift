import Avro
import Core
import Correlator
import Events
import Glibc
import Kafka
import KafkaTesting
import Store
import Telemetry
import Testing

/// A mock cluster with the topics of one operation, and hands to play gateway and worker with.
final class Site: Sendable {
    static let operation = "test.work"
    let cluster: MockCluster
    let catalogue: Catalogue
    let names = TopicNames()
    let partitions: Int
    let producer: Producer
    let folder: String

    init(partitions: Int = 2, policy: String = "{}") async throws {
        self.partitions = partitions
        cluster = try MockCluster()
        let text = """
            {"protocol":"test","namespace":"org.example","types":[{"type":"record","name":"Answer","fields":[{"name":"text","type":"string"}]}],
             "messages":{"work":{"request":[{"name":"text","type":"string"}],"response":"Answer","part":"Answer","policy":\(policy)}}}
            """
        catalogue = try Catalogue(files: [("test.avpr", text)])
        for topic in [
            names.commands, names.heartbeats, names.jobs, names.requests(Self.operation), names.responses(Self.operation),
            names.deadLetters(Self.operation),
        ] {
            try cluster.createTopic(topic, partitions: partitions)
        }
        try cluster.createTopic(names.members, partitions: 1)
        try cluster.createTopic(names.schemas, partitions: 1)
        try cluster.createTopic("answers", partitions: 1)
        producer = try Producer(ProducerConfiguration(cluster.configuration))
        var template = Array("/tmp/correlator-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SiteError("mkdtemp") }
        folder = String(cString: made)
        let registrations = catalogue.registrations(names)
        let outcomes = await producer.send(registrations.map { Record(topic: names.schemas, partition: 0, key: $0.key, value: $0.value) })
        guard outcomes.allSatisfy({ if case .delivered = $0 { true } else { false } }) else { throw SiteError("schemas") }
    }

    /// Quick times, so that a test takes a second or two.
    func configuration(node: String = "a") -> CorrelatorConfiguration {
        var settings = CorrelatorConfiguration(
            kafka: cluster.configuration, topics: names, node: node, address: "\(node):1", folder: "\(folder)/\(node)")
        settings.timings.journalInterval = .milliseconds(50)
        settings.timings.checkpointInterval = .milliseconds(300)
        settings.timings.decisionAgain = .seconds(2)
        settings.logger = Logger(label: node, level: getenv("CORRELATOR_LOG") == nil ? .error : .debug)
        return settings
    }

    func correlator(node: String = "a", _ change: (inout CorrelatorConfiguration) -> Void = { _ in }) throws -> Correlator {
        var settings = configuration(node: node)
        change(&settings)
        return try Correlator(settings, catalogue: catalogue, book: SchemaBook(catalogue))
    }

    func end() async {
        await producer.close(within: .seconds(2))
        cluster.stop()
    }

    // MARK: what a gateway does

    var requestSchema: UInt32 { catalogue[Self.operation]!.requestEnvelope.id }
    var responseSchema: UInt32 { catalogue[Self.operation]!.responseEnvelope.id }

    static func text(_ text: String) -> [UInt8] {
        var writer = AvroWriter()
        writer.writeString(text)
        return writer.bytes
    }

    func request(_ id: RequestID, text: String = "hello", attempt: Int = 1, deadline: Timestamp? = nil, replyTo: String? = nil)
        -> RequestRecord
    {
        RequestRecord(
            id: id, operation: Self.operation, createdAt: Self.now, attempt: attempt, tenant: "t", deadline: deadline, replyTo: replyTo,
            payload: Payload(schema: requestSchema, bytes: Self.text(text)))
    }

    func partition(of id: RequestID) -> Int32 { Core.partition(of: id, count: partitions) }

    /// Sends a request; its offset.
    @discardableResult
    func send(_ record: RequestRecord, partition: Int32? = nil) async throws -> Int64 {
        var writer = AvroWriter()
        writer.writeRequest(record)
        return try await send(names.requests(Self.operation), partition ?? self.partition(of: record.id), record.id, writer.bytes)
    }

    /// A request as a record to be sent with others.
    func record(_ request: RequestRecord) -> Record {
        var writer = AvroWriter()
        writer.writeRequest(request)
        return Record(
            topic: names.requests(Self.operation), partition: partition(of: request.id), key: Array(request.id.text.utf8),
            value: writer.bytes)
    }

    /// An event as a record to be sent with others.
    func record(_ id: RequestID, take: String, _ sequence: Int64, _ event: Event) -> Record {
        var writer = AvroWriter()
        writer.writeResponse(
            EventRecord(id: id, attempt: 1, source: take, sequence: sequence, time: Self.now, event: event), schema: responseSchema)
        return Record(topic: names.responses(Self.operation), partition: partition(of: id), key: Array(id.text.utf8), value: writer.bytes)
    }

    // MARK: what a worker does

    @discardableResult
    func send(_ id: RequestID, take: String, _ sequence: Int64, attempt: Int = 1, _ event: Event) async throws -> Int64 {
        var writer = AvroWriter()
        writer.writeResponse(
            EventRecord(id: id, attempt: attempt, source: take, sequence: sequence, time: Self.now, event: event), schema: responseSchema)
        return try await send(names.responses(Self.operation), partition(of: id), id, writer.bytes)
    }

    @discardableResult
    func send(_ command: Command, to id: RequestID, by: String = "test") async throws -> Int64 {
        var writer = AvroWriter()
        writer.writeCommand(CommandRecord(id: id, operation: Self.operation, time: Self.now, by: by, command: command))
        return try await send(names.commands, partition(of: id), id, writer.bytes)
    }

    func beat(_ worker: String, partition: Int32) async throws {
        var writer = AvroWriter()
        writer.writeHeartbeat(HeartbeatRecord(worker: worker, time: Self.now, partition: partition, operation: Self.operation))
        _ = await producer.send([Record(topic: names.heartbeats, partition: partition, key: Array(worker.utf8), value: writer.bytes)])
    }

    @discardableResult
    func send(_ topic: String, _ partition: Int32, _ id: RequestID, _ value: [UInt8]?) async throws -> Int64 {
        let outcome = await producer.send([Record(topic: topic, partition: partition, key: Array(id.text.utf8), value: value)])
        guard case .delivered(_, let offset, _) = outcome[0] else { throw SiteError("\(outcome[0])") }
        return offset
    }

    // MARK: what a reader sees

    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    static func id() -> RequestID {
        .v7(milliseconds: now.milliseconds, random: (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max)))
    }

    /// Waits until a job is as wanted: by observation, not by asking again and again.
    func job(_ id: RequestID, _ correlator: Correlator, until isWanted: @escaping @Sendable (Job) -> Bool) async throws -> Job {
        while true {
            let once = Locked<CheckedContinuation<Job?, Never>?>(nil)
            let take: @Sendable () -> CheckedContinuation<Job?, Never>? = {
                once.withLock { value in
                    defer { value = nil }
                    return value
                }
            }
            let found: Job? = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    once.withLock { $0 = continuation }
                    let observation = correlator.observe(id) { job in
                        if job == nil || isWanted(job!) { take()?.resume(returning: job) }
                    }
                    if case .job(let job) = correlator.lookup(id), isWanted(job) {
                        correlator.unobserve(observation)
                        take()?.resume(returning: job)
                    }
                    if Task.isCancelled { take()?.resume(returning: nil) }
                }
            } onCancel: {
                take()?.resume(returning: nil)
            }
            if let found { return found }
            try Task.checkCancellation()
            try await ready(correlator)
        }
    }

    /// Waits until a correlator answers for all partitions that it has; at least `count`.
    func ready(_ correlator: Correlator, owning count: Int? = nil) async throws {
        try await eventually {
            let readiness = correlator.readiness
            if let failure = readiness.failure { throw SiteError(failure) }
            return readiness.isReady && readiness.ready.count >= (count ?? 1)
        }
    }

    /// Everything in one partition of a topic.
    func records(_ topic: String, _ partition: Int32) throws -> [(offset: Int64, key: [UInt8], value: [UInt8]?)] {
        var settings = ConsumerConfiguration(cluster.configuration)
        settings.reportsEnds = true
        let consumer = try Consumer(settings)
        defer { consumer.closeBlocking(within: .seconds(2)) }
        try consumer.assign([TopicPartitionOffset(topic, partition, TopicPartitionOffset.beginning)])
        var found: [(offset: Int64, key: [UInt8], value: [UInt8]?)] = []
        var batch = ConsumerBatch()
        repeat {
            try consumer.poll(into: &batch, max: 1000, timeout: .seconds(1))
            for record in batch.records {
                found.append((record.offset, batch.key(of: record).map { Array($0) } ?? [], batch.value(of: record).map { Array($0) }))
            }
        } while batch.ends.isEmpty
        return found
    }

    func requests(_ partition: Int32) throws -> [RequestRecord] {
        var reader = EnvelopeReader(SchemaBook(catalogue))
        var found: [RequestRecord] = []
        for record in try records(names.requests(Self.operation), partition) {
            if let value = record.value { found.append(try reader.requestRecord(value.span.bytes)) }
        }
        return found
    }

    func events(_ topic: String, _ partition: Int32) throws -> [EventRecord] {
        var reader = EnvelopeReader(SchemaBook(catalogue))
        var found: [EventRecord] = []
        for record in try records(topic, partition) {
            if let value = record.value { found.append(try reader.eventRecord(value.span.bytes)) }
        }
        return found
    }

    func commands(_ partition: Int32) throws -> [CommandRecord] {
        var found: [CommandRecord] = []
        for record in try records(names.commands, partition) {
            if let value = record.value { found.append(try CommandRecord(value.span.bytes)) }
        }
        return found
    }
}

struct SiteError: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}
