import Kafka
import KafkaTesting
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4)))
struct CompactedTableTests {
    final class Entries: Sendable {
        let all = Locked<[String: String]>([:])
        func take(_ record: TableRecord) {
            all.withLock { $0[String(decoding: record.key, as: UTF8.self)] = record.value.map { String(decoding: $0, as: UTF8.self) } }
        }
    }

    @Test func aTableIsReadToItsEndAndFollowed() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 3)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            func put(_ key: String, _ value: String?) async throws {
                _ = try await producer.send(Record(topic: "t", key: Array(key.utf8), value: value.map { Array($0.utf8) }))
            }
            for index in 0..<20 { try await put("k\(index)", "v\(index)") }
            try await put("k3", nil)
            let entries = Entries()
            let table = try CompactedTable(topic: "t", cluster.configuration) { entries.take($0) }
            try await table.caughtUp()
            #expect(table.isCaughtUp)
            #expect(entries.all.withLock { $0.count } == 19)
            #expect(entries.all.withLock { $0["k3"] } == nil)
            try await put("k3", "again")
            while entries.all.withLock({ $0["k3"] }) != "again" { await Task.yield() }
            #expect(await table.close())
            await producer.close(within: .seconds(5))
        }
    }

    @Test func anEmptyTopicIsCaughtUpAndAMissingOneIsWaitedFor() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 2)
            cluster.setError(.unknownTopic, ofTopic: "t")
            let table = try CompactedTable(topic: "t", cluster.configuration) { _ in }
            let error = await #expect(throws: KafkaError.self) { try await table.caughtUp(within: .milliseconds(300)) }
            #expect(error?.code == .unknownTopic || error?.code == .timedOut, "\(error as Any)")
            #expect(!table.isCaughtUp)
            cluster.setError(nil, ofTopic: "t")
            try await table.caughtUp(within: .seconds(30))
            await table.close()
        }
    }

    @Test func closeEndsTheWait() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            cluster.setError(.unknownTopic, ofTopic: "t")
            let table = try CompactedTable(topic: "t", cluster.configuration) { _ in }
            let wait = Task { try await table.caughtUp() }
            await table.close()
            let error = await #expect(throws: KafkaError.self) { try await wait.value }
            #expect(error?.code == .closed)
        }
    }
}
