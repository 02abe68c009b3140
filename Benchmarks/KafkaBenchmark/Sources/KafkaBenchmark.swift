import Kafka
import KafkaBound
import Synchronization

/// Produces and consumes 200-byte records over a real broker, and does the same straight on the C interface in the same run. Ratios are
/// of C's rate: above 1 is faster than C.
///
///     KafkaBenchmark BOOTSTRAP [RECORDS [ROUNDS]]
@main
struct KafkaBenchmark {
    static let partitions = 4
    static let bytes = 200

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else {
            print("usage: KafkaBenchmark BOOTSTRAP [RECORDS [ROUNDS]]")
            return
        }
        let count = arguments.count > 2 ? Int(arguments[2]) ?? 500_000 : 500_000
        let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 3 : 3
        let kafka = KafkaConfiguration(bootstrapServers: arguments[1], clientID: "benchmark")
        let admin = try Admin(kafka)
        var topics: [String] = []
        let run = "bench-\(UInt32.random(in: .min ... .max))"
        print("\(count) records of \(bytes) bytes, \(partitions) partitions, \(rounds) rounds; the best of each row")
        var best: [String: Double] = [:]
        var allocations: [String: Double] = [:]
        var processor: [String: Double] = [:]
        for round in 0..<rounds {
            let topic = "\(run)-\(round)"
            topics.append(topic)
            for (_, error) in try await admin.createTopics([NewTopic(topic, partitions: partitions)]) {
                if let error { throw error }
            }
            for row in Row.allCases {
                let before = kafka_bound_allocations()
                let used = kafka_bound_processor()
                let rate = Double(count) / (try await row.run(kafka, topic, count))
                allocations[row.rawValue] = Double(kafka_bound_allocations() - before) / Double(count)
                let microseconds = (kafka_bound_processor() - used) * 1e6 / Double(count)
                processor[row.rawValue] = min(processor[row.rawValue] ?? .infinity, microseconds)
                best[row.rawValue] = max(best[row.rawValue] ?? 0, rate)
            }
        }
        for row in Row.allCases {
            let rate = best[row.rawValue] ?? 0
            let bound = best[row.bound.rawValue] ?? 1
            let more = (allocations[row.rawValue] ?? 0) - (allocations[row.bound.rawValue] ?? 0)
            let cost = processor[row.rawValue] ?? 0
            print(
                "\(row.rawValue): \(Int(rate))/s, \(rounded(rate / bound)) of C; \(rounded(cost)) µs of processor a record, "
                    + "\(rounded(cost / (processor[row.bound.rawValue] ?? 1))) of C's; allocations a record above C's: \(rounded(more))")
        }
        try await slowReader(kafka, topics[0], Int(count))
        _ = try await admin.deleteTopics(topics)
        await admin.close()
    }

    static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// A reader that takes one batch a while: the library may fetch ahead no more than it was told.
    static func slowReader(_ kafka: KafkaConfiguration, _ topic: String, _ count: Int) async throws {
        let before = kafka_bound_anonymous_memory()
        let consumer = try Consumer(ConsumerConfiguration(kafka))
        try consumer.assign((0..<Int32(partitions)).map { TopicPartitionOffset(topic, $0, TopicPartitionOffset.beginning) })
        var peak = 0
        var batches = 0
        for try await _ in consumer.batches {
            batches += 1
            try await Task.sleep(for: .milliseconds(100))
            peak = max(peak, kafka_bound_anonymous_memory())
            if batches == 50 { break }
        }
        print("slow reader: \(peak - before) KiB above the \(before) KiB before it, with \(count) records in the topic")
        await consumer.close(within: .seconds(5))
    }
}
