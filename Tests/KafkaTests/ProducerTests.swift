import Kafka
import KafkaTesting
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4)))
struct ProducerTests {
    /// Java's, kafkajs' and franz-go's default partitioner: murmur2 of the key, sign bit off, modulo the count.
    @Test(arguments: [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829), ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
        ("abc", 479_470_107),
    ])
    func partitionIsMurmur2OfTheKey(key: String, hash: Int) async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 12)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            let delivery = try await producer.send(Record(topic: "t", key: Array(key.utf8), value: []))
            #expect(Int(delivery.partition) == (hash & 0x7fff_ffff) % 12)
            await producer.close(within: .seconds(5))
        }
    }

    @Test func warmingTellsOfATopicThatIsNotThere() async throws {
        try await MockCluster.with { cluster in
            for name in ["t", "gone"] { try cluster.createTopic(name, partitions: 1) }
            cluster.setError(.unknownTopic, ofTopic: "gone")
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            let error = await #expect(throws: KafkaError.self) {
                try await producer.warm(topics: ["t", "gone"], within: .milliseconds(300))
            }
            #expect(error?.code == .unknownTopic && error?.detail.contains("gone") == true, "\(error as Any)")
            await producer.close(within: .seconds(5))
        }
    }

    @Test func reportsOfOnePartitionComeInOrderAndInFewCalls() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let reports = Reports()
            let producer = try Producer(ProducerConfiguration(cluster.configuration), observer: reports)
            try await producer.warm(topics: ["t"])
            let topic = producer.topic("t")
            for token in 0..<5000 {
                try producer.enqueue(
                    topic, partition: 0, key: nil, value: [UInt8](repeating: 1, count: 20).span.bytes, token: UInt64(token))
            }
            let all = await reports.first(5000)
            #expect(all.map(\.token) == (0..<5000).map { UInt64($0) })
            #expect(all.map(\.outcome.offset) == (0..<5000).map { Int64($0) })
            #expect(reports.calls < 2500, "reports come in batches, not one by one: \(reports.calls) calls")
            #expect(await producer.close(within: .seconds(5)))
        }
    }

    @Test func fullQueueIsAnErrorInEnqueueAndAWaitInSend() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var configuration = ProducerConfiguration(cluster.configuration)
            configuration.queuedRecordsMax = 100
            let reports = Reports()
            let producer = try Producer(configuration, observer: reports)
            try await producer.warm(topics: ["t"])
            try cluster.setRoundTrip(.milliseconds(300), broker: 1)
            let topic = producer.topic("t")
            var taken = 0
            let refusal = #expect(throws: KafkaError.self) {
                while true {
                    try producer.enqueue(topic, key: nil, value: [UInt8(1)].span.bytes, token: UInt64(taken))
                    taken += 1
                }
            }
            #expect(refusal?.code == .queueFull && refusal?.disposition == .retry && refusal?.notSent == true)
            #expect(taken == 100)
            // The queue is full: `send` waits for room and then gets all through.
            let outcomes = await producer.send((0..<250).map { Record(topic: "t", value: [UInt8($0)]) })
            #expect(outcomes.compactMap(\.offset) == (0..<250).map { Int64($0 + 100) })
            await producer.close(within: .seconds(5))
        }
    }

    /// A producer with room for ten records, which knows the topic `t`.
    static func narrow(_ cluster: MockCluster, roomWait: Duration) async throws -> Producer {
        var configuration = ProducerConfiguration(cluster.configuration)
        configuration.queuedRecordsMax = 10
        configuration.roomWaitMax = roomWait
        let producer = try Producer(configuration)
        try await producer.warm(topics: ["t"])
        return producer
    }

    @Test func waitForRoomHasALimitThatSaysSo() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try await Self.narrow(cluster, roomWait: .milliseconds(200))
            try cluster.setRoundTrip(.seconds(2), broker: 1)
            let outcomes = await producer.send((0..<15).map { Record(topic: "t", value: [UInt8($0)]) })
            #expect(outcomes.prefix(10).compactMap(\.offset) == (0..<10).map { Int64($0) })
            #expect(outcomes.suffix(5).map { $0.error?.code } == Array(repeating: .queueFull, count: 5))
            #expect(outcomes.suffix(5).allSatisfy { $0.error?.notSent == true })
            await producer.close(within: .seconds(5))
        }
    }

    @Test func cancellationLeavesTheWaitForRoomAndRecallsNothing() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try await Self.narrow(cluster, roomWait: .seconds(50))
            try cluster.setRoundTrip(.seconds(1), broker: 1)
            let task = Task { await producer.send((0..<15).map { Record(topic: "t", value: [UInt8($0)]) }) }
            while producer.outstanding < 10 { await Task.yield() }
            task.cancel()
            let outcomes = await task.value
            #expect(outcomes.prefix(10).compactMap(\.offset).count == 10)
            #expect(outcomes.suffix(5).map { $0.error?.code } == Array(repeating: .cancelled, count: 5))
            await producer.close(within: .seconds(5))
        }
    }

    /// A single send, too: what was taken is not recalled, and a wait for room ends.
    @Test func cancellationOfASingleSendLeavesTheWaitForRoomAndRecallsNothing() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var configuration = ProducerConfiguration(cluster.configuration)
            configuration.queuedRecordsMax = 1
            configuration.roomWaitMax = .seconds(50)
            let producer = try Producer(configuration)
            try await producer.warm(topics: ["t"])
            try cluster.setRoundTrip(.seconds(1), broker: 1)
            let first = Task { try await producer.send(Record(topic: "t", value: [1])) }
            while producer.outstanding < 1 { await Task.yield() }
            let second = Task { try await producer.send(Record(topic: "t", value: [2])) }
            first.cancel()
            second.cancel()
            #expect(try await first.value.offset == 0)
            let error = await #expect(throws: KafkaError.self) { try await second.value }
            #expect(error?.code == .cancelled && error?.notSent == true)
            await producer.close(within: .seconds(5))
        }
    }

    @Test func sendsAtTheSameTimeShareBatches() async throws {
        final class Requests: StatisticsObserver {
            let last = Locked<Statistics?>(nil)
            func observe(_ statistics: Statistics) { last.withLock { $0 = statistics } }
        }
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let requests = Requests()
            var kafka = cluster.configuration
            kafka.statistics = requests
            kafka.statisticsInterval = .milliseconds(50)
            let producer = try Producer(ProducerConfiguration(kafka))
            try await producer.warm(topics: ["t"])
            let offsets = try await withThrowingTaskGroup(of: Int64.self) { group in
                for index in 0..<500 { group.addTask { try await producer.send(Record(topic: "t", value: [UInt8(index & 255)])).offset } }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(offsets == Set(0..<500))
            while requests.last.withLock({ $0?.txmsgs }) != 500 { await Task.yield() }
            let sent = try #require(requests.last.withLock { $0?.tx })
            #expect(sent < 250, "\(sent) requests of all kinds for 500 records")
            await producer.close(within: .seconds(5))
        }
    }

    @Test func aClosedProducerRefusesEveryCall() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var configuration = ProducerConfiguration(cluster.configuration)
            configuration.transactionalID = "t"
            let producer = try Producer(configuration)
            #expect(await producer.close(within: .seconds(5)))
            let warmed = await #expect(throws: KafkaError.self) { try await producer.warm(topics: ["t"]) }
            #expect(warmed?.code == .closed)
            let began = await #expect(throws: KafkaError.self) { try await producer.withTransaction { _ in } }
            #expect(began?.code == .closed)
            producer.purgeQueued()
            #expect(await producer.send([Record(topic: "t", value: [])])[0].error?.code == .closed)
            #expect(await producer.close(within: .seconds(5)))
        }
    }

    @Test func recordsThatCanNeverGoAreRefusedByName() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 2)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            #expect(await producer.send([Record(topic: "t", partition: 7, value: [])])[0].error?.disposition == .reject)
            #expect(await producer.send([Record(topic: "", value: [])])[0].error?.code == .unknownTopic)
            let large = await producer.send([Record(topic: "t", value: Array(repeating: 0, count: 2_000_000))])[0].error
            #expect(large?.code == .tooLarge && large?.disposition == .reject && large?.notSent == true)
            #expect(producer.outstanding == 0)
            await producer.close(within: .seconds(5))
        }
    }

    /// docs/kafka.md: with the broker gone, an own timer and a purge of the queue report "not sent" in time; nothing of it is sent later.
    @Test func whatCouldNotBeSentIsReportedAndNeverSentLater() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var configuration = ProducerConfiguration(cluster.configuration)
            configuration.unsentMax = .milliseconds(300)
            let producer = try Producer(configuration)
            /// Tries again what certainly was not sent: until the library has a producer id, a record may wait longer than the limit.
            func acknowledged() async -> DeliveryOutcome {
                while true {
                    let outcome = await producer.send([Record(topic: "t", value: [1])])[0]
                    if outcome.error?.notSent != true { return outcome }
                }
            }
            #expect(await acknowledged().offset == 0)
            try cluster.takeDown(broker: 1)
            let failed = await producer.send((0..<20).map { Record(topic: "t", value: [UInt8($0)]) })
            #expect(failed.allSatisfy { $0.error?.code == .purged && $0.error?.notSent == true && $0.error?.disposition == .retry })
            try cluster.bringUp(broker: 1)
            #expect(await acknowledged().offset == 1, "the purged records must not lie in the log")
            #expect(producer.generations == 1)
            await producer.close(within: .seconds(5))
        }
    }

    @Test func closeIsBoundedWithTheBrokerGoneAndReportsEveryRecord() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let reports = Reports()
            let producer = try Producer(ProducerConfiguration(cluster.configuration), observer: reports)
            try await producer.warm(topics: ["t"])
            try cluster.takeDown(broker: 1)
            let topic = producer.topic("t")
            for token in 0..<10 { try producer.enqueue(topic, key: nil, value: [UInt8(1)].span.bytes, token: UInt64(token)) }
            let begun = ContinuousClock.now
            #expect(await !producer.close(within: .milliseconds(300)))
            #expect(ContinuousClock.now - begun < .seconds(10), "an order of magnitude above the limit: bounded at all")
            #expect(Set(reports.all.map(\.token)) == Set(0..<10))
            #expect(reports.all.allSatisfy { $0.outcome.error != nil })
            let refusal = #expect(throws: KafkaError.self) { try producer.enqueue(topic, key: nil, value: nil, token: 1) }
            #expect(refusal?.code == .closed)
        }
    }
}
