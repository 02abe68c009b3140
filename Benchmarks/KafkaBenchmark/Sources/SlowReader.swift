import Kafka
import KafkaBound

/// Reads a large topic one batch every 100 ms: the library may fetch ahead no more than it was told, however large the topic is. Prints
/// anonymous resident memory (`RssAnon`), and throws when it grew beyond what the module's documentation promises.
struct SlowReader {
    static let batches = 300
    /// A slow reader costs about three times `prefetchBytes` (docs/kafka.md); one more for the allocator's slack.
    static let factorMax = 4

    let kafka: KafkaConfiguration
    let topic: String
    let count: Int

    struct Unbounded: Error {
        let grewKiB: Int
        let allowedKiB: Int
    }

    func run() async throws {
        guard kafka_bound_produce(kafka.bootstrapServers, topic, count, Int32(KafkaBenchmark.bytes)) > 0 else {
            throw Row.Failed(row: "memory: fill")
        }
        kafka_bound_trim()
        let before = kafka_bound_anonymous_memory()
        let configuration = ConsumerConfiguration(kafka)
        let consumer = try Consumer(configuration)
        try consumer.assign((0..<Int32(KafkaBenchmark.partitions)).map { TopicPartitionOffset(topic, $0, TopicPartitionOffset.beginning) })
        var peak = before
        var read = 0
        var batches = 0
        for try await batch in consumer.batches {
            batches += 1
            read += batch.records.count
            try await Task.sleep(for: .milliseconds(100))
            peak = max(peak, kafka_bound_anonymous_memory())
            if batches % 60 == 0 { print("  \(read) of \(count) records read, RssAnon \(kafka_bound_anonymous_memory()) KiB") }
            if batches == Self.batches { break }
        }
        await consumer.close(within: .seconds(5))
        let allowed = configuration.prefetchBytes / 1024 * Self.factorMax
        print(
            "slow reader: RssAnon at most \(peak) KiB, \(peak - before) KiB above the \(before) KiB before it "
                + "(allowed: \(allowed)), with \(count) records in the topic")
        if peak - before > allowed { throw Unbounded(grewKiB: peak - before, allowedKiB: allowed) }
    }
}
