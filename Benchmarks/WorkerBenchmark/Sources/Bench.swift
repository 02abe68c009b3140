import Avro
import Core
import Events
import Glibc
import Kafka
import Telemetry
import Worker

/// Topics of a prefix of its own, a client's producer and consumer.
final class Bench: Sendable {
    static let partitions = 4

    let kafka: KafkaConfiguration
    let names: TopicNames
    let catalogue: Catalogue
    let producer: Producer
    let admin: Admin

    init(bootstrap: String) async throws {
        kafka = KafkaConfiguration(bootstrapServers: bootstrap, clientID: "worker-benchmark")
        names = TopicNames(prefix: "bench-\(UInt32.random(in: .min ... .max)).")
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        catalogue = try Catalogue(files: ["demo", "reports"].map { ("\($0).avpr", Self.text("/\(root)/schemas/\($0).avpr")) })
        var settings = ProducerConfiguration(kafka)
        settings.queuedRecordsMax = 1_000_000
        producer = try Producer(settings)
        admin = try Admin(kafka)
        var topics = [names.commands, names.heartbeats].map { NewTopic($0, partitions: Self.partitions) }
        topics.append(NewTopic(names.schemas, partitions: 1, configuration: ["cleanup.policy": "compact"]))
        for operation in catalogue.operations {
            topics += [names.requests(operation.name), names.responses(operation.name)].map { NewTopic($0, partitions: Self.partitions) }
        }
        for (name, error) in try await admin.createTopics(topics) where error != nil {
            throw Trouble(text: "\(name): \(error.debugDescription)")
        }
    }

    struct Trouble: Error {
        let text: String
    }

    func end() async {
        let topics =
            [names.commands, names.heartbeats, names.schemas]
            + catalogue.operations.flatMap { [names.requests($0.name), names.responses($0.name)] }
        _ = try? await admin.deleteTopics(topics)
        await producer.close(within: .seconds(2))
        _ = await admin.close()
    }

    func worker(_ metrics: Metrics = Metrics(), folder: String? = nil) throws -> Worker {
        var settings = WorkerConfiguration(kafka)
        settings.prefix = names.prefix
        settings.metrics = metrics
        settings.logger = Logger(label: "worker", level: .warning)
        let worker = try Worker(settings, catalogue: catalogue)
        try Demo.register(on: worker, folders: try AllowedFolders(folder.map { [$0] } ?? []))
        return worker
    }

    func record(_ operation: String, _ json: String) throws -> RequestRecord {
        guard let found = catalogue[operation] else { throw Trouble(text: "no operation \(operation)") }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let now = Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
        return RequestRecord(
            id: RequestID.v7(milliseconds: now, random: (.random(in: 0 ... .max), .random(in: 0 ... .max))), operation: operation,
            createdAt: Timestamp(milliseconds: now),
            payload: Payload(schema: found.requestEnvelope.id, bytes: try JSONToAvro(found.request).encode(json)))
    }

    func send(_ record: RequestRecord, _ topic: Topic, _ writer: inout AvroWriter, token: UInt64 = 0) throws {
        writer.removeAll()
        writer.writeRequest(record)
        let key = record.id.textBytes
        try producer.enqueue(
            topic, partition: Core.partition(of: record.id, count: Self.partitions), key: key.span.bytes, value: writer.span, token: token)
    }

    static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Processor time of this process so far.
    static var processor: Duration {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return .seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + .microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }

    /// Memory of this process that is no file's, in MB.
    static var anonymous: Int {
        let line = text("/proc/self/status").split(separator: "\n").first { $0.hasPrefix("RssAnon") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1_024
    }
}
