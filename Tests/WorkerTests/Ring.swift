import Avro
import Core
import Events
import Glibc
import Kafka
import KafkaTesting
import Telemetry
import Testing

@testable import Worker

/// A mock cluster with the topics of the demo operations, a client's producer, and what the workers answered.
final class Ring: Sendable {
    static let partitions = 3

    let cluster: MockCluster
    let catalogue: Catalogue
    let book: SchemaBook
    let names = TopicNames(prefix: "t.")
    let producer: Producer

    static func with<Result>(_ body: (Ring) async throws -> Result) async throws -> Result {
        let ring = try Ring()
        do {
            let result = try await body(ring)
            await ring.end()
            return result
        } catch {
            await ring.end()
            throw error
        }
    }

    init() throws {
        cluster = try MockCluster()
        catalogue = try Catalogue(files: Self.schemas())
        book = SchemaBook(catalogue)
        producer = try Producer(ProducerConfiguration(cluster.configuration))
        for name in [names.commands, names.heartbeats] { try cluster.createTopic(name, partitions: Self.partitions) }
        try cluster.createTopic(names.schemas, partitions: 1)
        for operation in catalogue.operations {
            try cluster.createTopic(names.requests(operation.name), partitions: Self.partitions)
            try cluster.createTopic(names.responses(operation.name), partitions: Self.partitions)
        }
    }

    func end() async {
        await producer.close(within: .seconds(1))
        cluster.stop()
    }

    var settings: WorkerConfiguration {
        var settings = WorkerConfiguration(cluster.configuration)
        settings.prefix = names.prefix
        settings.logger = getenv("WORKER_TEST_LOG") == nil ? .none : Logger(label: "worker", level: .debug)
        return settings
    }

    /// The catalogue of the repository.
    static func schemas() throws -> [(name: String, text: String)] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return try ["demo", "reports", "texts"].map { name in
            let file = try #require(fopen("/\(root)/schemas/\(name).avpr", "r"))
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
            return ("\(name).avpr", String(decoding: bytes, as: UTF8.self))
        }
    }

    static func id() -> RequestID {
        RequestID.v7(milliseconds: WallClock.now.milliseconds, random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
    }

    /// Sends a request with a JSON body.
    @discardableResult
    func request(
        _ operation: String, _ json: String, id: RequestID = Ring.id(), attempt: Int = 1, deadline: Timestamp? = nil,
        traceparent: String? = nil
    ) async throws -> RequestID {
        let found = try #require(catalogue[operation])
        let payload = Payload(schema: found.requestEnvelope.id, bytes: try JSONToAvro(found.request).encode(json))
        try await send(
            RequestRecord(
                id: id, operation: operation, createdAt: WallClock.now, attempt: attempt, deadline: deadline, traceparent: traceparent,
                payload: payload))
        return id
    }

    func send(_ record: RequestRecord, partition: Int32? = nil) async throws {
        var writer = AvroWriter()
        writer.writeRequest(record)
        try await send(
            names.requests(record.operation), partition: partition ?? Core.partition(of: record.id, count: Self.partitions),
            key: Array(record.id.text.utf8), value: writer.bytes)
    }

    func send(_ command: Command, id: RequestID, operation: String) async throws {
        var writer = AvroWriter()
        writer.writeCommand(CommandRecord(id: id, operation: operation, time: WallClock.now, by: "test", command: command))
        try await send(
            names.commands, partition: Core.partition(of: id, count: Self.partitions), key: Array(id.text.utf8), value: writer.bytes)
    }

    func send(_ topic: String, partition: Int32, key: [UInt8], value: [UInt8]) async throws {
        let outcomes = await producer.send([Record(topic: topic, partition: partition, key: key, value: value)])
        for case .failed(let error) in outcomes { throw error }
    }
}
