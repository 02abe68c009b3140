import Kafka
import KafkaTesting
import Synchronization
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4)))
struct ProducerConsumerTests {
    @Test func whatIsSentIsRead() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 3)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            let records = (0..<100).map {
                Record(
                    topic: "t", partition: Int32($0 % 3), key: Array("k\($0)".utf8), value: $0 == 7 ? nil : Array("v\($0)".utf8),
                    headers: [Header("h", text: "x\($0)")])
            }
            let outcomes = await producer.send(records)
            for (index, outcome) in outcomes.enumerated() {
                guard case .delivered(let partition, let offset, _) = outcome else {
                    Issue.record("\(index): \(outcome)")
                    continue
                }
                #expect(partition == Int32(index % 3) && offset == Int64(index / 3))
            }
            #expect(producer.outstanding == 0)
            var configuration = ConsumerConfiguration(cluster.configuration)
            configuration.reportsEnds = true
            configuration.headers = nil
            let consumer = try Consumer(configuration)
            try consumer.assign((0..<3).map { TopicPartitionOffset("t", $0, TopicPartitionOffset.beginning) })
            var batch = ConsumerBatch()
            var seen: [String: String?] = [:]
            var ends: Set<Int32> = []
            while seen.count < 100 || ends.count < 3 {
                await Task.yield()
                try consumer.poll(into: &batch, max: 50, timeout: .milliseconds(20))
                #expect(batch.records.count <= 50)
                for record in batch.records {
                    let key = String(decoding: batch.key(of: record) ?? [], as: UTF8.self)
                    seen[key] = .some(batch.value(of: record).map { String(decoding: $0, as: UTF8.self) })
                    #expect(batch.topicName(record.topic) == "t")
                    #expect(batch.header("h", of: record).map { String(decoding: $0, as: UTF8.self) } == "x\(key.dropFirst())")
                }
                for end in batch.ends { ends.insert(end.partition) }
            }
            #expect(seen["k7"] == .some(nil))
            #expect(seen["k8"] == .some("v8"))
            let bounds = try await consumer.endOffsets(of: (0..<3).map { TopicPartition("t", $0) })
            #expect(bounds.map(\.offset) == [34, 33, 33])
            #expect(await consumer.close(within: .seconds(5)))
            #expect(await producer.close(within: .seconds(5)))
        }
    }
}
