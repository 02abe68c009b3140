import Kafka
import KafkaTesting
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4)))
struct SubscriptionTests {
    @Test func aRegularExpressionReadsTheTopicsThatMatch() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["orders-1", "orders-2", "other"], partitions: 1, records: 10)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["^orders-.*"])
            var counts: [String: Int] = [:]
            try await ConsumerTests.poll(consumer) { batch in
                for record in batch.records { counts[batch.topicName(record.topic), default: 0] += 1 }
                return counts.values.reduce(0, +) >= 20
            }
            #expect(counts == ["orders-1": 10, "orders-2": 10])
            #expect(Set(consumer.assignment) == [TopicPartition("orders-1", 0), TopicPartition("orders-2", 0)])
            let wrong = #expect(throws: KafkaError.self) { try consumer.subscribe(["^orders-["]) }
            #expect(wrong?.disposition == .reject, "\(wrong as Any)")
            await consumer.close(within: .seconds(5))
        }
    }

    /// A trace is written as a header of its own and read in place; of the other headers nothing is copied.
    @Test func aTraceIsReadWithoutCopyingTheOtherHeaders() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let trace = try #require(TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            _ = try await producer.send(
                Record(
                    topic: "t", value: [1],
                    headers: [Header("large", Array(repeating: 7, count: 10_000)), Header(trace), Header("last", text: "x")]))
            _ = try await producer.send(Record(topic: "t", value: [2], headers: [Header(Header.traceparent, text: "no trace")]))
            _ = try await producer.send(Record(topic: "t", value: [3]))
            var configuration = ConsumerConfiguration(cluster.configuration)
            configuration.headers = [Header.traceparent]
            let consumer = try Consumer(configuration)
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            var traces: [UInt8: TraceContext?] = [:]
            try await ConsumerTests.poll(consumer) { batch in
                for record in batch.records {
                    guard let value = batch.value(of: record)?.first else { continue }
                    traces[value] = .some(batch.trace(of: record))
                    #expect(batch.headers(of: record).allSatisfy { $0.name == Header.traceparent })
                }
                #expect(batch.bytes.count < 1000, "the large header was copied")
                return traces.count == 3
            }
            #expect(traces == [1: trace, 2: nil, 3: nil])
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
        }
    }

    /// What a slow reader costs, by the library's own account: it fetches ahead no more than it was told, however much there is.
    @Test func aSlowReaderHasNoMoreFetchedAheadThanItAllows() async throws {
        final class Ahead: StatisticsObserver {
            /// The producer's documents, which are the test's clock, and the most bytes that one of the consumer's told.
            let seen = Locked((ticks: 0, bytes: 0))
            func observe(_ statistics: Statistics) {
                // The partitions share one queue: each tells the size of all of it.
                let bytes = statistics.topics.values.flatMap(\.partitions.values).map(\.fetchq_size).max() ?? 0
                seen.withLock { $0 = ($0.ticks + (statistics.type == "producer" ? 1 : 0), max($0.bytes, bytes)) }
            }
        }
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 2)
            let ahead = Ahead()
            var kafka = cluster.configuration
            kafka.statistics = ahead
            kafka.statisticsInterval = .milliseconds(50)
            let producer = try Producer(ProducerConfiguration(kafka))
            let value = [UInt8](repeating: 1, count: 10_000)
            for _ in 0..<8 {
                let outcomes = await producer.send((0..<100).map { Record(topic: "t", partition: Int32($0 % 2), value: value) })
                #expect(outcomes.allSatisfy { $0.error == nil })
            }
            var configuration = ConsumerConfiguration(kafka)
            configuration.prefetchBytes = 1 << 20
            let consumer = try Consumer(configuration)
            try consumer.assign([TopicPartitionOffset("t", 0, 0), TopicPartitionOffset("t", 1, 0)])
            var next: [Int64] = [0, 0]
            var batch = ConsumerBatch()
            while next != [400, 400] {
                let tick = ahead.seen.withLock { $0.ticks }
                while ahead.seen.withLock({ $0.ticks }) < tick + 2 { await Task.yield() }
                try consumer.poll(into: &batch, max: 40, timeout: .milliseconds(20))
                for record in batch.records {
                    #expect(record.offset == next[Int(record.partition)])
                    next[Int(record.partition)] += 1
                }
            }
            let most = ahead.seen.withLock { $0.bytes }
            // Above the limit by one fetch of each partition.
            #expect(most > 0 && most <= configuration.prefetchBytes + 2 * configuration.fetchBytesMax, "\(most) bytes of 8,000,000")
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
        }
    }
}
