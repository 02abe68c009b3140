import Kafka
import KafkaBound

/// Reads the whole of a large topic with a pause behind each batch, so that the library's queue is full all the while: it may hold no more than
/// it was told, however large the topic is. Prints anonymous resident memory (`RssAnon`), and throws when it grew beyond `allowed`.
struct SlowReader {
    /// A tenth of the rate at which records come, or less.
    static let pause = Duration.milliseconds(10)
    /// What librdkafka allocates beside the bytes of a fetched record: its `rd_kafka_op_t` of 296 bytes, and malloc's head.
    static let recordCost = 312
    /// What a record has on the wire beside its value: lengths, attributes and differences, by varint.
    static let wireCost = 10
    /// A quarter for what the allocator keeps between its pieces.
    static let slack = 1.25

    let kafka: KafkaConfiguration
    let topic: String
    let count: Int

    struct Unbounded: Error {
        let grewKiB: Int
        let allowedKiB: Int
    }

    /// The most that a reader may cost, in KiB: records up to the limit (which counts their values only) and one fetch of each partition above
    /// it, each with its cost; an answer of which one record is left stays whole; and the batch in hand.
    static func allowed(_ configuration: ConsumerConfiguration) -> Int {
        let wire = KafkaBenchmark.bytes + wireCost
        let fetches = KafkaBenchmark.partitions * configuration.fetchBytesMax
        let queued = configuration.prefetchBytes / KafkaBenchmark.bytes + fetches / wire
        return Int(Double(queued * (wire + recordCost) + fetches + configuration.batchBytesMax) * slack) / 1024
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
        var told = 0
        for try await batch in consumer.batches {
            read += batch.records.count
            try await Task.sleep(for: Self.pause)
            peak = max(peak, kafka_bound_anonymous_memory())
            if read - told >= count / 5 {
                told = read
                print("  \(read) of \(count) records read, RssAnon \(kafka_bound_anonymous_memory()) KiB")
            }
            if read == count { break }
        }
        await consumer.close(within: .seconds(5))
        let allowed = Self.allowed(configuration)
        print(
            "slow reader: RssAnon at most \(peak) KiB, \(peak - before) KiB above the \(before) KiB before it "
                + "(allowed: \(allowed)), with all of \(count) records read")
        if peak - before > allowed { throw Unbounded(grewKiB: peak - before, allowedKiB: allowed) }
    }
}
