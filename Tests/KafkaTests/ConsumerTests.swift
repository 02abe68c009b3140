@testable import Kafka
import KafkaTesting
import Synchronization
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4)))
struct ConsumerTests {
    static func filled(_ cluster: MockCluster, _ topics: [String], partitions: Int, records: Int) async throws {
        for topic in topics { try cluster.createTopic(topic, partitions: partitions) }
        let producer = try Producer(ProducerConfiguration(cluster.configuration))
        try await producer.warm(topics: topics)
        for topic in topics {
            for partition in 0..<Int32(partitions) {
                let outcomes = await producer.send(
                    (0..<records).map { Record(topic: topic, partition: partition, key: [1], value: Array("\(partition):\($0)".utf8)) })
                #expect(outcomes.allSatisfy { $0.error == nil })
            }
        }
        await producer.close(within: .seconds(5))
    }

    /// Polls until `isDone` says so.
    ///
    /// A poll blocks its thread, which here is one of the few that all tests share: so it is short, and lets others run.
    static func poll(_ consumer: Consumer, until isDone: (ConsumerBatch) throws -> Bool) async throws {
        var batch = ConsumerBatch()
        repeat {
            await Task.yield()
            try Task.checkCancellation()
            try consumer.poll(into: &batch, max: 100, timeout: .milliseconds(20))
        } while try !isDone(batch)
    }

    @Test func aGroupGoesOnWhereItCommitted() async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 2, records: 50)
            func read(_ count: Int) async throws -> [TopicPartitionOffset] {
                let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
                try consumer.subscribe(["t"])
                var next: [TopicPartition: Int64] = [:]
                var seen = 0
                try await Self.poll(consumer) { batch in
                    seen += batch.records.count
                    for place in batch.next { next[place.topicPartition] = place.offset }
                    return seen >= count
                }
                #expect(seen == count)
                #expect(consumer.membershipProof == nil)
                let before = ContinuousClock.now
                try consumer.commitAndWait(next.map { TopicPartitionOffset($0.key, $0.value) })
                let proof = try #require(consumer.membershipProof)
                #expect(proof >= before && proof <= .now)
                let committed = try consumer.committed(of: [TopicPartition("t", 0), TopicPartition("t", 1)])
                await consumer.close(within: .seconds(5))
                return committed
            }
            #expect(try await read(100) == [TopicPartitionOffset("t", 0, 50), TopicPartitionOffset("t", 1, 50)])
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            _ = try await producer.send(Record(topic: "t", partition: 1, value: []))
            #expect(try await read(1) == [TopicPartitionOffset("t", 0, 50), TopicPartitionOffset("t", 1, 51)])
            await producer.close(within: .seconds(5))
        }
    }

    /// docs/kafka.md: a partition whose queue was full is left alone for a second by libraries before 2.2.
    @Test(.enabled(if: Consumer.refills, "this librdkafka has fetch.queue.backoff.ms"))
    func aQueueThatWasFullIsFilledAgainWhenHalfOfItIsRead() async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 2, records: 10_000)
            var configuration = ConsumerConfiguration(cluster.configuration)
            configuration.prefetchRecords = 3_000
            let consumer = try Consumer(configuration)
            try consumer.assign([TopicPartitionOffset("t", 0, 0), TopicPartitionOffset("t", 1, 0)])
            var next: [Int64] = [0, 0]
            try await Self.poll(consumer) { batch in
                for record in batch.records {
                    #expect(record.offset == next[Int(record.partition)])
                    next[Int(record.partition)] = record.offset + 1
                }
                return next == [10_000, 10_000]
            }
            #expect(consumer.refillCount.load(ordering: .relaxed) > 0)
            #expect(await consumer.close(within: .seconds(5)))
        }
    }

    /// docs/kafka.md: `auto.offset.reset=error` stays as the net; no silent reset, ever.
    @Test func anOffsetOutsideOfTheLogIsLoud() async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 1, records: 5)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration))
            try consumer.assign([TopicPartitionOffset("t", 0, 100)])
            let error = await #expect(throws: KafkaError.self) { try await Self.poll(consumer) { !$0.records.isEmpty } }
            #expect(error?.code == .noOffset || error?.code == .offsetOutOfRange, "\(error as Any)")
            #expect(error?.disposition == .reject)
            #expect(error?.detail.contains("t/0") == true)
            await consumer.close(within: .seconds(5))
        }
    }

    @Test func aFirstStartWithoutAnOffsetFailsWhereThatIsAsked() async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 1, records: 5)
            var configuration = ConsumerConfiguration(cluster.configuration, group: "g")
            configuration.start = .fail
            let consumer = try Consumer(configuration)
            try consumer.subscribe(["t"])
            let error = await #expect(throws: KafkaError.self) { try await Self.poll(consumer) { !$0.records.isEmpty } }
            #expect(error?.code == .noOffset)
            await consumer.close(within: .seconds(5))
        }
    }

    /// How the correlator keeps the partitions of one number together.
    @Test func aHandlerMayTakeMorePartitionsThanTheGroupGave() async throws {
        final class Same: RebalanceHandler {
            let events = Locked<[String]>([])
            func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
                events.withLock { $0.append("assigned \(partitions.sorted())") }
                return partitions.flatMap {
                    [TopicPartitionOffset($0, 10), TopicPartitionOffset("b", $0.partition, TopicPartitionOffset.beginning)]
                }
            }
            func revoked(_ partitions: [TopicPartition]) { events.withLock { $0.append("revoked \(partitions.sorted())") } }
            func lost(_ partitions: [TopicPartition]) { events.withLock { $0.append("lost \(partitions.sorted())") } }
        }
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["a", "b", "c"], partitions: 2, records: 20)
            let handler = Same()
            var configuration = ConsumerConfiguration(cluster.configuration, group: "g")
            configuration.reportsEnds = true
            let consumer = try Consumer(configuration)
            try consumer.subscribe(["a"], handler: handler)
            var counts: [String: Int] = [:]
            var ends: Set<String> = []
            try await Self.poll(consumer) { batch in
                for record in batch.records { counts[batch.topicName(record.topic), default: 0] += 1 }
                for end in batch.ends { ends.insert("\(batch.topicName(end.topic))/\(end.partition)") }
                return ends.count == 4
            }
            #expect(counts == ["a": 20, "b": 40])
            // A topic that appears later is added to what the group gave, though the protocol is eager.
            try consumer.add([TopicPartitionOffset("c", 0, 5), TopicPartitionOffset("c", 1, TopicPartitionOffset.beginning)])
            try await Self.poll(consumer) { batch in
                for record in batch.records { counts[batch.topicName(record.topic), default: 0] += 1 }
                return counts["c"] == 35
            }
            #expect(Set(consumer.assignment) == Set(["a", "b", "c"].flatMap { [TopicPartition($0, 0), TopicPartition($0, 1)] }))
            try consumer.remove([TopicPartition("c", 0)])
            #expect(consumer.assignment.count == 5)
            try consumer.unsubscribe()
            try await Self.poll(consumer) { _ in handler.events.withLock { $0.count == 2 } }
            #expect(handler.events.withLock { $0 } == ["assigned [a/0, a/1]", "revoked [a/0, a/1]"])
            #expect(consumer.assignment.isEmpty, "what the handler added goes with the rest")
            #expect(await consumer.close(within: .seconds(5)))
        }
    }

    @Test func pauseResumeAndSeekSkipNothing() async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 2, records: 1000)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration))
            let both = [TopicPartition("t", 0), TopicPartition("t", 1)]
            try consumer.assign(both.map { TopicPartitionOffset($0, 0) })
            var next: [Int64] = [0, 0]
            var batch = ConsumerBatch()
            var rounds = 0
            while next != [1000, 1000] {
                await Task.yield()
                try consumer.poll(into: &batch, max: 37, timeout: .milliseconds(20))
                for record in batch.records {
                    #expect(record.offset == next[Int(record.partition)])
                    next[Int(record.partition)] = record.offset + 1
                }
                rounds += 1
                if rounds % 5 == 0 {
                    try consumer.pause([both[rounds % 2]])
                    try consumer.poll(into: &batch, max: 10, timeout: .zero)
                    for record in batch.records { next[Int(record.partition)] = record.offset + 1 }
                    try consumer.resume([both[rounds % 2]])
                }
            }
            try consumer.seek([TopicPartitionOffset("t", 0, 990)])
            var again: [Int64] = []
            try await Self.poll(consumer) { batch in
                again += batch.records.map(\.offset)
                return again.count >= 10
            }
            #expect(again == Array(990..<1000))
            let positions = try consumer.positions(of: both)
            #expect(positions.map(\.offset) == [1000, 1000])
            #expect(consumer.lag(of: both[0]) == 0)
            #expect(consumer.cachedWatermarks(of: both[0])?.high == 1000)
            #expect(try consumer.watermarks(of: both[1]) == Watermarks(low: 0, high: 1000))
            await consumer.close(within: .seconds(5))
        }
    }

    /// docs/kafka.md: any poll contents the library's watchdog, so the module has one of its own, on progress.
    @Test func theWatchdogSeesAReaderThatStandsStill() async throws {
        let begun = ContinuousClock.now
        var progress = ConsumerProgress(begun: begun, lastPoll: nil, lastRecord: nil, recordCount: 0, lastError: nil)
        #expect(!progress.isStalled(for: .seconds(10), isBehind: true, now: begun + .seconds(10)))
        #expect(progress.isStalled(for: .seconds(10), isBehind: false, now: begun + .seconds(11)), "nobody has polled")
        progress.lastPoll = begun + .seconds(20)
        #expect(!progress.isStalled(for: .seconds(10), isBehind: false, now: begun + .seconds(21)))
        #expect(progress.isStalled(for: .seconds(10), isBehind: true, now: begun + .seconds(21)), "polls bring nothing")
        progress.lastRecord = begun + .seconds(15)
        #expect(!progress.isStalled(for: .seconds(10), isBehind: true, now: begun + .seconds(21)))

        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 1, records: 2)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration))
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            var batch = ConsumerBatch()
            while batch.records.isEmpty {
                await Task.yield()
                try consumer.poll(into: &batch, max: 1, timeout: .milliseconds(20))
            }
            #expect(consumer.lag(of: TopicPartition("t", 0)) == 1)
            #expect(!consumer.isStalled(for: .seconds(3600)) && consumer.isStalled(for: .zero))
            await consumer.close(within: .seconds(5))
        }
    }

    /// The log was truncated, or a topic of that name was made anew: never read on in silence.
    @Test func offsetsThatDoNotRiseAreSeenUnlessTheReaderWentBackItself() {
        var state = PollState(headers: [], registry: TopicRegistry())
        let topic = state.topicIndex("t")
        #expect(state.advance(topic: topic, partition: 1, to: 5) == nil)
        #expect(state.advance(topic: topic, partition: 1, to: 9) == nil, "gaps are left by transactions and compaction")
        #expect(state.advance(topic: topic, partition: 0, to: 3) == nil)
        #expect(state.advance(topic: topic, partition: 1, to: 9) == 9)
        #expect(state.advance(topic: topic, partition: 1, to: 2) == 9)
        state.rewind(TopicPartition("t", 1))
        #expect(state.advance(topic: topic, partition: 1, to: 2) == nil)
        #expect(state.advance(topic: topic, partition: 1, to: 1) == 2, "the leave to go back is for once")
        state.rewindAll()
        #expect(state.advance(topic: topic, partition: 1, to: 0) == nil)
    }

    @Test func aBatchStopsAtItsBytesAndLosesNothing() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            _ = await producer.send((0..<20).map { Record(topic: "t", value: Array(repeating: UInt8($0), count: 1000)) })
            var configuration = ConsumerConfiguration(cluster.configuration)
            configuration.batchBytesMax = 3500
            let consumer = try Consumer(configuration)
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            var seen: [UInt8] = []
            try await Self.poll(consumer) { batch in
                #expect(batch.records.count <= 4)
                seen += batch.records.compactMap { batch.value(of: $0)?.first }
                return seen.count == 20
            }
            #expect(seen == Array(0..<20))
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
        }
    }

    @Test func aSecondPollerIsRefused() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration))
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            let first = try OwnThread("poller") {
                var batch = ConsumerBatch()
                while (try? consumer.poll(into: &batch, max: 1, timeout: .seconds(3))) == nil {}
            }
            defer { first.detach() }
            var refused: KafkaError?
            while refused == nil {
                var batch = ConsumerBatch()
                await Task.yield()
                do throws(KafkaError) { try consumer.poll(into: &batch, max: 1, timeout: .zero) } catch { refused = error }
            }
            #expect(refused?.code == .concurrentPoll)
            await consumer.close(within: .seconds(5))
        }
    }

    /// Told whether the group gave the partition or the reader took it, and the end is clean all the same.
    @Test(arguments: [KafkaError.Code.unknownTopic, .topicAuthorization], [true, false])
    func aTopicThatDisappearsIsLoud(code: KafkaError.Code, inGroup: Bool) async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 1, records: 5)
            var kafka = cluster.configuration
            kafka.extra["topic.metadata.refresh.interval.ms"] = "200"
            kafka.extra["topic.metadata.propagation.max.ms"] = "500"
            let consumer = try Consumer(ConsumerConfiguration(kafka, group: "g"))
            if inGroup { try consumer.subscribe(["t"]) } else { try consumer.assign([TopicPartitionOffset("t", 0, 0)]) }
            var read = 0
            try await Self.poll(consumer) { batch in
                read += batch.records.count
                return read == 5
            }
            cluster.setError(code, ofTopic: "t")
            if inGroup || code == .unknownTopic {  // who took a partition himself is told by the fetches that are refused
                let error = await #expect(throws: KafkaError.self) { try await Self.poll(consumer) { _ in false } }
                #expect(error?.code == code || code == .unknownTopic && error?.code == .unknownPartition, "\(error as Any)")
                #expect(error?.detail.contains("t") == true && error?.disposition == .reject)
            }
            #expect(await consumer.close(within: .seconds(5)))
        }
    }

    /// `consumer_close` can hang when the coordinator is down (docs/kafka.md).
    @Test func closeIsBoundedWithEveryBrokerGone() async throws {
        try await MockCluster.with { cluster in
            try await Self.filled(cluster, ["t"], partitions: 1, records: 5)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["t"])
            try await Self.poll(consumer) { !$0.records.isEmpty }
            try cluster.takeDown(broker: 1)
            let error = #expect(throws: KafkaError.self) {
                try consumer.commitAndWait([TopicPartitionOffset("t", 0, 5)], within: .milliseconds(500))
            }
            #expect(error?.disposition == .retry)
            let begun = ContinuousClock.now
            await consumer.close(within: .seconds(2))
            #expect(ContinuousClock.now - begun < .seconds(20), "an order of magnitude above the limit: bounded at all")
            var batch = ConsumerBatch()
            #expect(throws: KafkaError.self) { try consumer.poll(into: &batch, max: 1, timeout: .zero) }
        }
    }
}
