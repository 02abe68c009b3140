import Kafka
import KafkaTesting
import Telemetry
import Testing

/// Any producer can turn fatal (docs/kafka.md): the next handle sends again, in order, what was not acknowledged.
@Suite(.timeLimit(.minutes(4)))
struct GenerationTests {
    /// A batch goes out in one request. The mock cluster knows no sequence numbers: a second request, made before the first was refused,
    /// would be appended, where a broker refuses it as well.
    private static func oneRequest(_ kafka: KafkaConfiguration) -> ProducerConfiguration {
        var configuration = ProducerConfiguration(kafka)
        configuration.linger = .milliseconds(500)
        return configuration
    }

    @Test(arguments: [KafkaError.Code.outOfOrderSequence, .unknownProducer])
    func recordsOfAFailedHandleAreSentAgainInOrder(code: KafkaError.Code) async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var kafka = cluster.configuration
            let metrics = Metrics()
            kafka.metrics = metrics
            let producer = try Producer(Self.oneRequest(kafka))
            try await producer.warm(topics: ["t"])
            #expect(try await producer.send(Record(topic: "t", value: Array("first".utf8))).offset == 0)
            cluster.push([code], to: .produce)
            let outcomes = await producer.send((0..<200).map { Record(topic: "t", value: Array("\($0)".utf8)) })
            #expect(outcomes.allSatisfy { $0.error == nil }, "\(outcomes.compactMap(\.error).first as Any)")
            let log = try await readAll("t", partitions: 1, of: cluster.configuration)[0]
            // The mock refused before the append, so nothing may be there twice either.
            #expect(log == ["first"] + (0..<200).map { "\($0)" })
            if code == .outOfOrderSequence {
                #expect(producer.generations == 2)
                #expect(metrics.exposition().contains("kafka_producer_generations_total 1"))
            }
            await producer.close(within: .seconds(5))
        }
    }

    /// The library fails the record and goes on: the record's sender is told, and may send it again.
    @Test func anOldEpochIsTheRecordsErrorAndMayBeTriedAgain() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            #expect(try await producer.send(Record(topic: "t", value: [])).offset == 0)
            cluster.push([.invalidProducerEpoch], to: .produce)
            let outcome = await producer.send([Record(topic: "t", value: [])])[0]
            #expect(outcome.error?.code == .invalidProducerEpoch && outcome.error?.disposition == .retry)
            #expect(try await producer.send(Record(topic: "t", value: [])).offset == 1)
            await producer.close(within: .seconds(5))
        }
    }

    @Test func aHandleThatFailsAgainAndAgainIsAnErrorInTheEnd() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var configuration = ProducerConfiguration(cluster.configuration)
            configuration.generationsMax = 2
            let producer = try Producer(configuration)
            try await producer.warm(topics: ["t"])
            cluster.push(Array(repeating: KafkaError.Code.outOfOrderSequence, count: 3), to: .produce)
            let outcome = await producer.send([Record(topic: "t", value: [1])])[0]
            #expect(outcome.error?.code == .outOfOrderSequence)
            #expect(producer.generations == 4)
            // The producer itself goes on.
            #expect(await producer.send([Record(topic: "t", value: [2])])[0].offset == 0)
            await producer.close(within: .seconds(5))
        }
    }

    /// Transient answers are the library's own business: no new handle, no duplicate, no reorder.
    @Test(arguments: [KafkaError.Code(rawValue: 6), .init(rawValue: 7), .init(rawValue: 19), .init(rawValue: 20)])
    func transientErrorsAreRetriedByTheLibrary(code: KafkaError.Code) async throws {
        try await MockCluster.with(brokers: 3) { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Producer(Self.oneRequest(cluster.configuration))
            try await producer.warm(topics: ["t"])
            cluster.push([code, code], to: .produce)
            let outcomes = await producer.send((0..<50).map { Record(topic: "t", value: Array("\($0)".utf8)) })
            #expect(outcomes.compactMap(\.offset) == (0..<50).map { Int64($0) })
            #expect(producer.generations == 1)
            await producer.close(within: .seconds(5))
        }
    }

    /// The acknowledgement is lost after the append ("possibly persisted"): the library sends again until it has one. The mock cluster
    /// knows no sequence numbers and appends twice; that a real broker does not is shown on a real one.
    @Test func aLostAcknowledgementIsSentAgain() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var kafka = cluster.configuration
            kafka.requestTimeout = .seconds(1)
            let producer = try Producer(ProducerConfiguration(kafka))
            try await producer.warm(topics: ["t"])
            #expect(try await producer.send(Record(topic: "t", value: Array("first".utf8))).offset == 0)
            try cluster.push(nil, after: .seconds(3), to: .produce, broker: 1)
            let outcomes = await producer.send((0..<10).map { Record(topic: "t", value: Array("\($0)".utf8)) })
            #expect(outcomes.allSatisfy { $0.error == nil })
            var seen: Set<String> = []
            let log = try await readAll("t", partitions: 1, of: cluster.configuration)[0].filter { seen.insert($0).inserted }
            #expect(log == ["first"] + (0..<10).map { "\($0)" })
            await producer.close(within: .seconds(5))
        }
    }

    @Test func aLeaderThatMovesLosesNothing() async throws {
        try await MockCluster.with(brokers: 3) { cluster in
            try cluster.createTopic("t", partitions: 1, replicas: 3)
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            try await producer.warm(topics: ["t"])
            for round in 0..<6 {
                try cluster.setLeader(of: TopicPartition("t", 0), to: round % 3 + 1)
                let outcomes = await producer.send((0..<20).map { Record(topic: "t", value: Array("\(round * 20 + $0)".utf8)) })
                #expect(outcomes.allSatisfy { $0.error == nil })
            }
            #expect(try await readAll("t", partitions: 1, of: cluster.configuration)[0] == (0..<120).map { "\($0)" })
            await producer.close(within: .seconds(5))
        }
    }
}
