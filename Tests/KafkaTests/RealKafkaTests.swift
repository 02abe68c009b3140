@testable import Kafka
import KafkaTesting
import Telemetry
import Testing

/// Against a real Kafka: what the mock cluster cannot show. Most need a broker only; the others are left out where `KAFKA_HOME` is not set.
@Suite(.enabled(if: RealBroker.isThere, "neither KAFKA_BOOTSTRAP_SERVERS nor KAFKA_HOME is set"), .serialized, .timeLimit(.minutes(4)))
struct RealKafkaTests {
    static func topic(_ admin: Admin, _ name: String, partitions: Int, replicas: Int = 1, _ settings: [String: String] = [:]) async throws {
        let results = try await admin.createTopics([NewTopic(name, partitions: partitions, replicas: replicas, configuration: settings)])
        if let error = results[name] ?? nil { throw error }
    }

    @Test func adminDoesWhatItSays() async throws {
        try await RealBroker.with { broker in
            let (a, g) = (broker.name("a"), broker.name("g"))
            let admin = try Admin(broker.configuration)
            try await Self.topic(admin, a, partitions: 3, ["retention.ms": "86400000"])
            #expect(try await admin.createTopics([NewTopic(a, partitions: 3)])[a]??.code == .topicExists)
            #expect(try await admin.metadata().topics.contains { $0.name == a && $0.partitions.count == 3 })
            #expect(try await admin.metadata(topic: broker.name("nothing")).topic(broker.name("nothing"))?.error?.code == .unknownTopic)
            let settings = try await admin.settings(of: a)
            #expect(settings["retention.ms"] == TopicSetting(name: "retention.ms", value: "86400000", isDefault: false, isReadOnly: false))
            try await admin.replaceSettings(of: a, with: ["cleanup.policy": "compact"])
            // A broker learns of what the controller has acknowledged a moment later: the suite's time limit bounds the wait.
            while try await admin.settings(of: a)["cleanup.policy"]?.value != "compact" { try Task.checkCancellation() }
            try await admin.addPartitions(a, total: 5)
            while try await admin.metadata(topic: a).topic(a)?.partitions.count != 5 { try Task.checkCancellation() }
            try await admin.replaceSettings(of: a, with: [:])

            let producer = try Producer(ProducerConfiguration(broker.configuration))
            let outcomes = await producer.send(
                (0..<100).map { Record(topic: a, partition: 0, value: [UInt8($0)], timestamp: 1_000_000 + Int64($0)) })
            #expect(outcomes.compactMap(\.offset) == (0..<100).map { Int64($0) })
            #expect(
                try await admin.offsets(forTimes: [TopicPartitionOffset(a, 0, 1_000_050), TopicPartitionOffset(a, 1, 5)]).map(\.offset)
                    == [50, -1])
            #expect(try await admin.deleteRecords(before: [TopicPartitionOffset(a, 0, 30)]) == [TopicPartitionOffset(a, 0, 30)])
            let places = (0..<5).map { TopicPartitionOffset(a, Int32($0), TopicPartitionOffset.end) }
            #expect(try await admin.offsets(forTimes: places).map(\.offset) == [100, 0, 0, 0, 0])

            // Retention has moved on: a place that the log no longer has is loud, and says which.
            let consumer = try Consumer(ConsumerConfiguration(broker.configuration, group: g))
            #expect(try await consumer.endOffsets(of: [TopicPartition(a, 0)]) == [TopicPartitionOffset(a, 0, 100)])
            #expect(try consumer.beginningOffsets(of: [TopicPartition(a, 0)], timeout: .seconds(5)) == [TopicPartitionOffset(a, 0, 30)])
            try consumer.assign([TopicPartitionOffset(a, 0, 10)])
            let loud = await #expect(throws: KafkaError.self) { try await ConsumerTests.poll(consumer) { !$0.records.isEmpty } }
            #expect(loud?.detail.contains("\(a)/0") == true && loud?.disposition == .reject, "\(loud as Any)")
            await consumer.close(within: .seconds(5))

            let member = try Consumer(ConsumerConfiguration(broker.configuration, group: g))
            try member.subscribe([a])
            try await ConsumerTests.poll(member) { !$0.records.isEmpty }
            try await member.commit([TopicPartitionOffset(a, 0, 42)])
            #expect(try await admin.groups().contains { $0.name == g && $0.state == "Stable" })
            let described = try await admin.describeGroups([g])
            #expect(described.first?.assignor == "range" && described.first?.members.first?.partitions.count == 5)
            #expect(try await admin.offsets(ofGroup: g) == [TopicPartitionOffset(a, 0, 42)])
            #expect(try await admin.deleteGroups([g])[g]??.disposition != nil, "a group with members cannot be deleted")
            await member.close(within: .seconds(5))
            try await admin.setOffsets(ofGroup: g, to: [TopicPartitionOffset(a, 0, 7)])
            #expect(try await admin.offsets(ofGroup: g, partitions: [TopicPartition(a, 0)]).map(\.offset) == [7])
            #expect(try await admin.deleteGroups([g]) == [g: nil])
            #expect(try await admin.deleteTopics([a]) == [a: nil])
            await producer.close(within: .seconds(5))
            await admin.close()
        }
    }

    /// Transactions: committed is seen, aborted is not, offsets go with them, and after a doubtful end the next one works.
    @Test func transactionsCommitAbortAndRecover() async throws {
        struct Changed: Error {}
        try await RealBroker.with { broker in
            let (source, target, g) = (broker.name("in"), broker.name("out"), broker.name("g"))
            let admin = try Admin(broker.configuration)
            try await Self.topic(admin, source, partitions: 1)
            try await Self.topic(admin, target, partitions: 1)
            let plain = try Producer(ProducerConfiguration(broker.configuration))
            _ = await plain.send((0..<5).map { Record(topic: source, value: [UInt8($0)]) })
            let consumer = try Consumer(ConsumerConfiguration(broker.configuration, group: g))
            try consumer.subscribe([source])
            var configuration = ProducerConfiguration(broker.configuration)
            configuration.transactionalID = broker.name("tx")
            configuration.transactionTimeout = .seconds(2)
            let producer = try Producer(configuration)
            var next: [TopicPartitionOffset] = []
            try await ConsumerTests.poll(consumer) { batch in
                next = batch.next
                return !batch.records.isEmpty
            }
            let offsets = next
            try await producer.withTransaction { transaction in
                _ = try await transaction.send(Record(topic: target, value: Array("committed".utf8)))
                try await transaction.send(offsets: offsets, of: consumer)
            }
            // Abort right behind produce is fatal without a flush (8 of 10 runs): ten of them, and none may cost the handle.
            for round in 0..<10 {
                await #expect(throws: Changed.self) {
                    try await producer.withTransaction { transaction in
                        async let sent = producer.send([Record(topic: target, value: Array("aborted \(round)".utf8))])
                        _ = await sent
                        throw Changed()
                    }
                }
            }
            #expect(producer.generations == 1)
            await #expect(throws: KafkaError.self) {
                try await producer.withTransaction { _ in try await producer.withTransaction { _ in } }
            }
            // Left open past its time: the commit fails, the handle is replaced, the next transaction works.
            let late = await #expect(throws: KafkaError.self) {
                try await producer.withTransaction { transaction in
                    _ = try await transaction.send(Record(topic: target, value: Array("late".utf8)))
                    try await pause(.seconds(15))  // the broker looks every 10 s
                }
            }
            #expect(late != nil)
            try await producer.withTransaction { transaction in
                _ = try await transaction.send(Record(topic: target, value: Array("after".utf8)))
            }
            #expect(try await readAll(target, partitions: 1, of: broker.configuration)[0] == ["committed", "after"])
            #expect(try consumer.committed(of: [TopicPartition(source, 0)]) == offsets)
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
            await plain.close(within: .seconds(5))
            await admin.close()
        }
    }

    @Test(.enabled(if: RealKafkaCluster.isThere, "left out: KAFKA_HOME is not set, and this needs a listener of its own"))
    func tlsAndPlainLogInAndAWrongPasswordIsLoud() async throws {
        try await RealKafkaCluster.with(secure: true) { cluster in
            func client(_ password: String) -> KafkaConfiguration {
                var kafka = KafkaConfiguration(bootstrapServers: "127.0.0.1:\(cluster.port + 2)")
                kafka.security = KafkaSecurity(
                    tls: .init(authorityFile: cluster.authority), sasl: .plain(user: "alice", password: password))
                return kafka
            }
            let admin = try Admin(cluster.configuration)
            try await Self.topic(admin, "t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(client("alice-secret")))
            #expect(try await producer.send(Record(topic: "t", value: [1])).offset == 0)
            let consumer = try Consumer(ConsumerConfiguration(client("alice-secret")))
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))

            let refused = try Consumer(ConsumerConfiguration(client("wrong")))
            try refused.assign([TopicPartitionOffset("t", 0, 0)])
            var seen: KafkaError?
            do throws(KafkaError) {
                var batch = ConsumerBatch()
                while seen == nil {
                    await Task.yield()
                    try refused.poll(into: &batch, max: 1, timeout: .milliseconds(20))
                    if let error = refused.progress.lastError, error.code == .authentication { seen = error }
                }
            } catch { seen = error }
            #expect(seen?.code == .authentication && seen?.detail.contains("Authentication failed") == true, "\(seen as Any)")
            await refused.close(within: .seconds(5))
            await admin.close()
        }
    }

    /// A second member under the same `group.instance.id` fences the first, which is told so; the same name has its partitions back at once.
    @Test func aStaticMemberComesBackAtOnceAndASecondOneFencesIt() async throws {
        try await RealBroker.with { broker in
            let t = broker.name("t")
            let admin = try Admin(broker.configuration)
            try await Self.topic(admin, t, partitions: 2)
            let producer = try Producer(ProducerConfiguration(broker.configuration))
            _ = await producer.send([Record(topic: t, partition: 0, value: [1])])
            func member() throws -> Consumer {
                var configuration = ConsumerConfiguration(broker.configuration, group: broker.name("g"))
                configuration.instance = "node-1"
                let consumer = try Consumer(configuration)
                try consumer.subscribe([t])
                return consumer
            }
            let first = try member()
            try await ConsumerTests.poll(first) { !$0.records.isEmpty }
            let second = try member()
            let begun = ContinuousClock.now
            try await ConsumerTests.poll(second) { !$0.records.isEmpty }
            #expect(ContinuousClock.now - begun < .seconds(9), "a new member would wait for the session time-out")
            let fenced = await #expect(throws: KafkaError.self) { try await ConsumerTests.poll(first) { _ in false } }
            #expect(fenced?.code == .fencedInstance && fenced?.disposition == .fatal, "\(fenced as Any)")
            await first.close(within: .seconds(5))
            await second.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
            await admin.close()
        }
    }

    /// Deleted and made anew under a consumer: an error or an offset that went back, never silence.
    @Test func aTopicMadeAnewUnderAConsumerIsLoud() async throws {
        try await RealBroker.with { broker in
            let t = broker.name("t")
            let admin = try Admin(broker.configuration)
            try await Self.topic(admin, t, partitions: 1)
            let producer = try Producer(ProducerConfiguration(broker.configuration))
            _ = await producer.send((0..<100).map { Record(topic: t, value: [UInt8($0)]) })
            var kafka = broker.configuration
            kafka.extra["topic.metadata.refresh.interval.ms"] = "500"
            kafka.extra["topic.metadata.propagation.max.ms"] = "1000"
            let consumer = try Consumer(ConsumerConfiguration(kafka))
            try consumer.assign([TopicPartitionOffset(t, 0, 0)])
            var seen = 0
            try await ConsumerTests.poll(consumer) { batch in
                seen += batch.records.count
                return seen == 100
            }
            _ = try await admin.deleteTopics([t])
            // The broker hears of it a moment after the controller: until then it appends to the old log.
            while try await admin.metadata(topic: t).topic(t)?.error?.code != .unknownTopic { try Task.checkCancellation() }
            try await Self.topic(admin, t, partitions: 1)
            let after = try Producer(ProducerConfiguration(broker.configuration))
            try await after.warm(topics: [t])
            let outcomes = await after.send((0..<10).map { Record(topic: t, value: [UInt8($0)]) })
            #expect(outcomes.compactMap(\.offset) == Array(0..<10))
            let error = await #expect(throws: KafkaError.self) { try await ConsumerTests.poll(consumer) { !$0.records.isEmpty } }
            #expect(error?.detail.contains(t) == true, "\(error as Any)")
            for client in [producer, after] { await client.close(within: .seconds(5)) }
            await consumer.close(within: .seconds(5))
            await admin.close()
        }
    }

    @Test(.enabled(if: RealKafkaCluster.isThere, "left out: KAFKA_HOME is not set, and this needs a node that may be killed"))
    func everythingEndsWithin10SecondsWithTheBrokerGone() async throws {
        try await RealKafkaCluster.with { cluster in
            let admin = try Admin(cluster.configuration)
            try await Self.topic(admin, "t", partitions: 2)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            _ = await producer.send([Record(topic: "t", value: [1])])
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["t"])
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            let table = try CompactedTable(topic: "t", cluster.configuration) { _ in }
            try await table.caughtUp()
            try await cluster.node(1, "kill")
            async let pending = producer.send((0..<10).map { Record(topic: "t", value: [UInt8($0)]) })
            let begun = ContinuousClock.now
            async let ends: [Bool] = [
                table.close(within: .seconds(3)), consumer.close(within: .seconds(3)), producer.close(within: .seconds(2)),
                admin.close(within: .seconds(1)),
            ]
            _ = await ends
            #expect(ContinuousClock.now - begun < .seconds(10))
            #expect(await pending.allSatisfy { $0.error != nil })
        }
    }
}
