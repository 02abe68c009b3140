import Avro
import Core
import Events
import Kafka
import KafkaTesting
import Synchronization
import Telemetry
import Testing

@testable import Worker

/// Reads an operation's responses from their start, as an async sequence of events with their places.
final class Answers: Sendable {
    struct Answer: Sendable {
        let partition: Int32
        let offset: Int64
        let record: EventRecord
    }

    let consumer: Consumer
    let operation: Operation
    private let stream: AsyncStream<Answer>
    private let stops = Atomic<Bool>(false)

    init(_ ring: Ring, _ name: String) throws {
        operation = try #require(ring.catalogue[name])
        let consumer = try Consumer(ConsumerConfiguration(ring.cluster.configuration))
        self.consumer = consumer
        let topic = ring.names.responses(name)
        try consumer.assign((0..<Int32(Ring.partitions)).map { TopicPartitionOffset(topic, $0, TopicPartitionOffset.beginning) })
        let (stream, feed) = AsyncStream<Answer>.makeStream()
        self.stream = stream
        let book = ring.book
        try WorkerThread.start("answers") {
            var (reader, batch) = (EnvelopeReader(book), ConsumerBatch())
            while !self.stops.load(ordering: .acquiring), (try? consumer.poll(into: &batch, max: 100, timeout: .milliseconds(20))) != nil {
                for record in batch.records {
                    guard let value = batch.value(of: record), let event = try? reader.eventRecord(Array(value).span.bytes) else {
                        continue
                    }
                    feed.yield(Answer(partition: record.partition, offset: record.offset, record: event))
                }
            }
            feed.finish()
        }
    }

    func close() async {
        stops.store(true, ordering: .releasing)
        _ = await consumer.close(within: .seconds(1))
    }

    /// The events from now on until `done` says so.
    func until(_ done: ([Answer]) -> Bool) async -> [Answer] {
        var seen: [Answer] = []
        for await answer in stream {
            seen.append(answer)
            if done(seen) { break }
        }
        return seen
    }

    /// The events of one job until its attempt ends.
    func end(of id: RequestID) async -> [EventRecord] {
        let seen = await until { $0.contains { $0.record.id == id && $0.record.event.endsTake } }
        return seen.map(\.record).filter { $0.id == id }
    }
}

extension Event {
    var endsTake: Bool {
        switch self {
        case .completed, .failed, .cancelled, .released: true
        default: false
        }
    }

    var completedBytes: [UInt8]? { if case .completed(let payload) = self { payload.bytes } else { nil } }

    var failure: Failure? { if case .failed(let failure) = self { failure } else { nil } }

    var progress: Progress? { if case .progress(let progress) = self { progress } else { nil } }

    var part: [UInt8]? { if case .part(_, let payload) = self { payload.bytes } else { nil } }
}
