import Avro
import Core
import Events
import Glibc
import Kafka
import KafkaTesting
import Telemetry
import Testing

@testable import Gateway

/// A mock cluster with the topics of the operations, and a producer that plays the workers.
final class Ring: Sendable {
    static let partitions = 3

    let cluster: MockCluster
    let catalogue: Catalogue
    let book: SchemaBook
    let names = TopicNames(prefix: "t.")
    private let producer: Producer

    init() throws {
        cluster = try MockCluster()
        catalogue = try Catalogue(files: Self.schemas())
        book = SchemaBook(catalogue)
        producer = try Producer(ProducerConfiguration(cluster.configuration))
        for operation in catalogue.operations {
            try cluster.createTopic(names.requests(operation.name), partitions: Self.partitions)
            try cluster.createTopic(names.responses(operation.name), partitions: Self.partitions)
        }
    }

    func end() async {
        await producer.close(within: .seconds(1))
        cluster.stop()
    }

    /// The catalogue of the repository.
    static func schemas() throws -> [(name: String, text: String)] {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try ["demo", "reports", "texts"].map { name in
            let file = try #require(fopen("/\(root)/schemas/\(name).avpr", "r"))
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
            return ("\(name).avpr", String(decoding: bytes, as: UTF8.self))
        }
    }

    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    static func id() -> RequestID {
        RequestID.v7(milliseconds: now.milliseconds, random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
    }

    /// Sends a request as a client without HTTP would.
    func request(_ operation: String, _ json: String, id: RequestID = Ring.id()) async throws -> Place {
        let found = try #require(catalogue[operation])
        var writer = AvroWriter()
        writer.writeRequest(
            RequestRecord(
                id: id, operation: operation, createdAt: Self.now,
                payload: Payload(schema: found.requestEnvelope.id, bytes: try found.requestFromJSON.encode(json))))
        let partition = Core.partition(of: id, count: Self.partitions)
        let offset = try await send(names.requests(operation), partition, id, writer.bytes)
        return Place(operation: operation, partition: partition, offset: offset)
    }

    /// Sends events of one take of the first attempt, numbered from `from`.
    func answer(_ id: RequestID, at place: Place, from: Int64 = 1, _ events: [Event]) async throws {
        let operation = try #require(catalogue[place.operation])
        for (index, event) in events.enumerated() {
            var writer = AvroWriter()
            let record = EventRecord(
                id: id, attempt: 1, source: "worker-1/1", sequence: from + Int64(index), time: Self.now, event: event)
            writer.writeResponse(record, schema: operation.responseEnvelope.id)
            _ = try await send(names.responses(place.operation), place.partition, id, writer.bytes)
        }
    }

    /// The take begins.
    func start(_ id: RequestID, at place: Place) async throws {
        try await answer(id, at: place, [.started(offset: place.offset, worker: "worker-1")])
    }

    func completed(_ operation: String, _ json: String) throws -> Event {
        let found = try #require(catalogue[operation])
        return .completed(payload: Payload(schema: found.responseEnvelope.id, bytes: try found.responseFromJSON.encode(json)))
    }

    func part(_ operation: String, _ index: Int, _ json: String) throws -> Event {
        let found = try #require(catalogue[operation])
        return .part(
            index: index, payload: Payload(schema: found.responseEnvelope.id, bytes: try #require(found.partFromJSON).encode(json)))
    }

    private func send(_ topic: String, _ partition: Int32, _ id: RequestID, _ value: [UInt8]) async throws -> Int64 {
        let outcomes = await producer.send([Record(topic: topic, partition: partition, key: Array(id.text.utf8), value: value)])
        switch try #require(outcomes.first) {
        case .delivered(_, let offset, _): return offset
        case .failed(let error): throw error
        }
    }
}
