import Kafka
import KafkaTesting
import Telemetry
import Testing

/// Commits under the coordinator's faults.
@Suite(.timeLimit(.minutes(4)))
struct CommitTests {
    @Test(arguments: [
        (KafkaError.Code.illegalGeneration, KafkaError.Disposition.reject), (.unknownMember, .reject), (.rebalancing, .retry),
        (KafkaError.Code(rawValue: 12), .reject), (KafkaError.Code(rawValue: 30), .reject),
    ])
    func aRefusedCommitIsToldAndProvesNothing(code: KafkaError.Code, disposition: KafkaError.Disposition) async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["t"])
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            cluster.push([code], to: .offsetCommit)
            let error = #expect(throws: KafkaError.self) { try consumer.commitAndWait([TopicPartitionOffset("t", 0, 5)]) }
            #expect(error?.code == code && error?.disposition == disposition)
            #expect(consumer.membershipProof == nil)
            await consumer.close(within: .seconds(5))
        }
    }

    /// What the coordinator answers while it moves or loads is the library's business.
    @Test(arguments: [14, 15, 16])
    func aCoordinatorThatMovesIsFollowed(code: Int32) async throws {
        try await MockCluster.with(brokers: 2) { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            try cluster.setCoordinator(ofGroup: "g", to: 1)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["t"])
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            cluster.push([KafkaError.Code(rawValue: code)], to: .offsetCommit)
            try cluster.setCoordinator(ofGroup: "g", to: 2)
            let answer = Locked<KafkaError??>(nil)
            consumer.commit([TopicPartitionOffset("t", 0, 5)]) { error in answer.withLock { $0 = .some(error) } }
            try await ConsumerTests.poll(consumer) { _ in answer.withLock { $0 != nil } }
            if let error = answer.withLock({ $0 ?? nil }) {
                #expect(error.disposition == .retry, "\(error)")
                try await consumer.commit([TopicPartitionOffset("t", 0, 5)], within: .seconds(20))
            }
            #expect(try consumer.committed(of: [TopicPartition("t", 0)]) == [TopicPartitionOffset("t", 0, 5)])
            #expect(consumer.membershipProof != nil)
            await consumer.close(within: .seconds(5))
        }
    }

    @Test func aCommitThatIsNotAnsweredEndsAtItsLimit() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try consumer.subscribe(["t"])
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            try cluster.push(nil, after: .seconds(3), to: .offsetCommit, broker: 1)
            let error = await #expect(throws: KafkaError.self) {
                try await consumer.commit([TopicPartitionOffset("t", 0, 5)], within: .milliseconds(300))
            }
            #expect(error?.code == .timedOut && error?.disposition == .retry)
            await consumer.close(within: .seconds(8))
        }
    }

    @Test func aRevocationMayStillCommit() async throws {
        final class Committing: RebalanceHandler {
            let consumer = Locked<Consumer?>(nil)
            let outcome = Locked<String>("")
            func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
                partitions.map { TopicPartitionOffset($0, TopicPartitionOffset.beginning) }
            }
            func revoked(_ partitions: [TopicPartition]) {
                guard let consumer = consumer.withLock({ $0 }) else { return }
                do throws(KafkaError) {
                    try consumer.commitAndWait(partitions.map { TopicPartitionOffset($0, 5) })
                    outcome.withLock { $0 = "committed" }
                } catch {
                    outcome.withLock { $0 = "\(error)" }
                }
            }
            func lost(_ partitions: [TopicPartition]) { outcome.withLock { $0 = "lost" } }
        }
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let handler = Committing()
            let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            handler.consumer.withLock { $0 = consumer }
            try consumer.subscribe(["t"], handler: handler)
            try await ConsumerTests.poll(consumer) { !$0.records.isEmpty }
            #expect(await consumer.close(within: .seconds(5)))
            #expect(handler.outcome.withLock { $0 } == "committed")
            handler.consumer.withLock { $0 = nil }
        }
    }
}
