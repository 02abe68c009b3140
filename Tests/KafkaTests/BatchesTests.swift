@testable import Kafka
import KafkaTesting
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4)))
struct BatchesTests {
    @Test func batchesBringEveryRecordAndTheChangesAndEndWithTheConsumer() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 2, records: 200)
            var configuration = ConsumerConfiguration(cluster.configuration, group: "g")
            configuration.batchRecordsMax = 30
            let consumer = try Consumer(configuration)
            try consumer.subscribe(["t"])
            var next: [Int64] = [0, 0]
            var changes: [AssignmentChange] = []
            for try await batch in consumer.batches {
                #expect(batch.records.count <= 30)
                changes += batch.changes
                for record in batch.records {
                    #expect(record.offset == next[Int(record.partition)])
                    next[Int(record.partition)] += 1
                }
                try await consumer.commit(batch.next)
                if next == [200, 200] { Task { await consumer.close(within: .seconds(5)) } }
            }
            #expect(next == [200, 200])
            #expect(changes == [.assigned([TopicPartition("t", 0), TopicPartition("t", 1)])])
        }
    }

    @Test func nothingIsTakenWhileNobodyAsks() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 500)
            var configuration = ConsumerConfiguration(cluster.configuration)
            configuration.batchRecordsMax = 10
            let consumer = try Consumer(configuration)
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            var batches = consumer.batches.makeAsyncIterator()
            let first = try #require(try await batches.next())
            let second = try #require(try await batches.next())
            #expect(first.records.count <= 10 && second.records.count <= 10 && first.records.last?.offset == second.records[0].offset - 1)
            #expect(consumer.progress.recordCount == first.records.count + second.records.count)
            await consumer.close(within: .seconds(5))
            #expect(try await batches.next() == nil)
        }
    }

    @Test func cancellationEndsTheWaitAndLosesNothing() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration))
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            let batches = consumer.batches
            let waiting = Task {
                var iterator = batches.makeAsyncIterator()
                return try await iterator.next()?.records.count
            }
            while consumer.progress.lastPoll == nil { await Task.yield() }
            waiting.cancel()
            #expect(try await waiting.value == nil)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            _ = try await producer.send(Record(topic: "t", value: [7]))
            var iterator = batches.makeAsyncIterator()
            #expect(try await iterator.next()?.records.map(\.offset) == [0])
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
        }
    }

    /// A batch that takes longer than `pauseAfter`: partitions are paused, the place in the group is kept, no record is skipped.
    @Test func aSlowReaderKeepsItsPlace() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 100)
            var configuration = ConsumerConfiguration(cluster.configuration, group: "g")
            configuration.batchRecordsMax = 10
            configuration.pauseAfter = .milliseconds(100)
            let consumer = try Consumer(configuration)
            try consumer.subscribe(["t"])
            var offsets: [Int64] = []
            for try await batch in consumer.batches {
                offsets += batch.records.map(\.offset)
                if offsets.count == 20 {
                    // Polls go on while this batch is worked on.
                    let before = consumer.progress.lastPoll
                    while consumer.progress.lastPoll == before { await Task.yield() }
                }
                if offsets.count == 100 { break }
            }
            #expect(offsets == Array(0..<100))
            await consumer.close(within: .seconds(5))
        }
    }

    @Test func flow() {
        let start = ContinuousClock.now
        var flow = ConsumerFlow(pauseAfter: .seconds(10), now: start)
        #expect(flow.step(now: start + .seconds(4)) == .sleep(.seconds(6)))
        flow.ask()
        #expect(flow.step(now: start + .seconds(5)) == .takeBatch)
        flow.rest(now: start + .seconds(6))
        #expect(flow.step(now: start + .seconds(15)) == .sleep(.seconds(1)))
        #expect(flow.step(now: start + .seconds(16)) == .pauseThenServe)
        #expect(flow.step(now: start + .seconds(99)) == .serveOnly)
        flow.ask()
        #expect(flow.step(now: start + .seconds(100)) == .resumeThenTake)
        #expect(flow.step(now: start + .seconds(100)) == .takeBatch)
        flow.close()
        flow.ask()
        #expect(flow.step(now: start) == .stop)
    }
}
