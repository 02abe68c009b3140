import Kafka
import KafkaTesting
import Telemetry
import Testing

/// Transactions under faults of the coordinator and of the leader. What a reader sees of them is shown on a real Kafka: the mock cluster
/// knows no aborted records.
@Suite(.timeLimit(.minutes(4)))
struct TransactionTests {
    struct Changed: Error {}

    private static func producer(_ kafka: KafkaConfiguration) throws -> Producer {
        var configuration = ProducerConfiguration(kafka)
        configuration.transactionalID = "tx"
        return try Producer(configuration)
    }

    private static func write(_ producer: Producer, within limit: Duration = .seconds(30)) async throws {
        try await producer.withTransaction(within: limit) { transaction in
            _ = try await transaction.send(Record(topic: "t", value: [1]))
        }
    }

    @Test func aBodyThatReturnsIsCommittedAndOneThatThrowsIsAborted() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Self.producer(cluster.configuration)
            try await Self.write(producer)
            await #expect(throws: Changed.self) {
                try await producer.withTransaction { transaction in
                    _ = try await transaction.send(Record(topic: "t", value: [2]))
                    throw Changed()
                }
            }
            let outside = await producer.send([Record(topic: "t", value: [3])])[0].error
            #expect(outside?.notSent == true && outside?.detail.contains("withTransaction") == true, "\(outside as Any)")
            try await Self.write(producer)
            #expect(producer.generations == 1)
            await producer.close(within: .seconds(5))
        }
    }

    @Test func aTransactionsCoordinatorThatMovesIsFollowed() async throws {
        try await MockCluster.with(brokers: 2) { cluster in
            try cluster.createTopic("t", partitions: 1)
            try cluster.setCoordinator(ofTransaction: "tx", to: 1)
            let producer = try Self.producer(cluster.configuration)
            try await Self.write(producer)
            try await producer.withTransaction { transaction in
                _ = try await transaction.send(Record(topic: "t", value: [2]))
                try cluster.setCoordinator(ofTransaction: "tx", to: 2)
            }
            try await Self.write(producer)
            #expect(producer.generations == 1)
            await producer.close(within: .seconds(5))
        }
    }

    /// Another producer took the id, or the broker gave up on the transaction: the handle is replaced and the next transaction works.
    @Test(arguments: [KafkaError.Code.producerFenced, .invalidProducerEpoch])
    func aProducerThatIsFencedSaysSoAndTakesANewHandle(code: KafkaError.Code) async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Self.producer(cluster.configuration)
            try await Self.write(producer)
            cluster.push([code], to: .endTransaction)
            let error = await #expect(throws: KafkaError.self) { try await Self.write(producer) }
            #expect(error?.disposition == .fatal, "\(error as Any)")
            try await Self.write(producer)
            #expect(producer.generations == 2)
            await producer.close(within: .seconds(5))
        }
    }

    /// The record's outcome is the error, the transaction is aborted, and the next one works, whichever handle it runs on.
    @Test(arguments: [KafkaError.Code.outOfOrderSequence, .invalidProducerEpoch, .tooLarge])
    func aRecordThatIsRefusedAbortsItsTransaction(code: KafkaError.Code) async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Self.producer(cluster.configuration)
            try await Self.write(producer)
            cluster.push([code], to: .produce)
            let refused = await #expect(throws: KafkaError.self) { try await Self.write(producer) }
            #expect(refused != nil)
            try await Self.write(producer)
            await producer.close(within: .seconds(5))
        }
    }

    /// The commit itself finds that the transaction cannot be: it is aborted before the error is thrown.
    @Test func aCommitThatRequiresAnAbortAborts() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Self.producer(cluster.configuration)
            try await Self.write(producer)
            cluster.push([.topicAuthorization], to: .addPartitionsToTransaction)
            let error = await #expect(throws: KafkaError.self) {
                try await producer.withTransaction { transaction in
                    let outcomes = await transaction.send([Record(topic: "t", value: [2])])
                    #expect(outcomes[0].error != nil)
                }
            }
            #expect(error?.disposition == .abortTransaction, "\(error as Any)")
            try await Self.write(producer)
            #expect(producer.generations == 1)
            await producer.close(within: .seconds(5))
        }
    }

    /// Nobody knows how the transaction ended: the handle is replaced, so that the next one starts clean.
    @Test func aCommitThatIsNotAnsweredInTimeTakesANewHandle() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            let producer = try Self.producer(cluster.configuration)
            try await Self.write(producer)
            try cluster.push(nil, after: .seconds(5), to: .endTransaction, broker: 1)
            let error = await #expect(throws: KafkaError.self) { try await Self.write(producer, within: .milliseconds(500)) }
            #expect(error?.disposition == .retry && error?.operation.description == "commit transaction", "\(error as Any)")
            try await Self.write(producer)
            #expect(producer.generations == 2)
            await producer.close(within: .seconds(5))
        }
    }

    /// The consumer's group has moved on: its offsets cannot be part of this transaction. (The mock cluster does not show to the group what a
    /// transaction commits; a real Kafka does.)
    @Test(arguments: [KafkaError.Code.illegalGeneration, .unknownMember, .fencedInstance])
    func offsetsOfAConsumerThatIsNoMemberAnyMoreAbortTheTransaction(code: KafkaError.Code) async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["t"])
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            let producer = try Self.producer(cluster.configuration)
            cluster.push([code], to: .transactionOffsetCommit)
            let offsets = [TopicPartitionOffset("t", 0, 5)]
            let error = await #expect(throws: KafkaError.self) {
                try await producer.withTransaction { transaction in try await transaction.send(offsets: offsets, of: consumer) }
            }
            #expect(error?.code == code && error?.disposition == .abortTransaction, "\(error as Any)")
            try await producer.withTransaction { transaction in try await transaction.send(offsets: offsets, of: consumer) }
            await consumer.close(within: .seconds(5))
            await producer.close(within: .seconds(5))
        }
    }
}
