import Kafka
import KafkaTesting
import Telemetry
import Testing

/// What a member of a group meets: rebalances in the midst of work, a coordinator that forgot it, another one under its name.
@Suite(.timeLimit(.minutes(4)))
struct GroupFaultTests {
    /// Takes what it is given from the committed offset, and commits what was read when it is taken back.
    private final class Member: RebalanceHandler {
        struct State {
            var consumer: Consumer?
            var read: Int64 = 0
            var events: [String] = []
        }
        let state = Locked(State())

        func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
            let consumer = state.withLock { $0.consumer }
            let committed = (try? consumer?.committed(of: partitions)) ?? []
            let places = committed.map { TopicPartitionOffset($0.topicPartition, max(0, $0.offset)) }
            state.withLock { $0.events.append("assigned \(places.map(\.description).sorted().joined(separator: " "))") }
            return places
        }
        func revoked(_ partitions: [TopicPartition]) {
            let (consumer, read) = state.withLock { ($0.consumer, $0.read) }
            let committed: Void? = try? consumer?.commitAndWait(partitions.map { TopicPartitionOffset($0, read) })
            state.withLock { $0.events.append(committed == nil ? "revoked, not committed" : "revoked, committed") }
        }
        func lost(_ partitions: [TopicPartition]) { state.withLock { $0.events.append("lost") } }

        var events: [String] { state.withLock { $0.events } }

        /// A consumer with this handler, alone in its group, that has read five records.
        func join(_ kafka: KafkaConfiguration, instance: String? = nil) async throws -> Consumer {
            var configuration = ConsumerConfiguration(kafka, group: "g")
            configuration.instance = instance
            let consumer = try Consumer(configuration)
            state.withLock { $0.consumer = consumer }
            try consumer.subscribe(["t"], handler: self)
            var read: Int64 = 0
            try await ConsumerTests.poll(consumer) { batch in
                read += Int64(batch.records.count)
                return read == 5
            }
            state.withLock { $0.read = read }
            return consumer
        }

        func leave() async {
            let consumer = state.withLock { state in
                defer { state.consumer = nil }
                return state.consumer
            }
            await consumer?.close(within: .seconds(5))
        }
    }

    /// The group rebalances: what is in hand may still be committed, and the next owner (here the same one) goes on behind it.
    @Test func aCommitDuringARebalanceCountsForTheNextOwner() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let member = Member()
            let consumer = try await member.join(cluster.configuration)
            cluster.push([.rebalancing], to: .heartbeat)
            try await ConsumerTests.poll(consumer) { batch in
                #expect(batch.records.isEmpty, "what was committed was read again")
                return member.events.count == 3
            }
            #expect(member.events == ["assigned t/0@0", "revoked, committed", "assigned t/0@5"])
            await member.leave()
        }
    }

    /// A second member: the first gives all back, and each goes on where the commit says.
    @Test func aSecondMemberTakesOverWhereTheFirstCommitted() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 2, records: 5)
            /// One poll, and a commit of what it brought.
            func read(_ consumer: Consumer, into seen: inout [TopicPartition: [Int64]]) async throws {
                var batch = ConsumerBatch()
                await Task.yield()
                try consumer.poll(into: &batch, max: 100, timeout: .milliseconds(20))
                for record in batch.records { seen[TopicPartition("t", record.partition), default: []].append(record.offset) }
                if !batch.records.isEmpty { try await consumer.commit(batch.next) }
            }
            var first: [TopicPartition: [Int64]] = [:]
            var second: [TopicPartition: [Int64]] = [:]
            let one = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try one.subscribe(["t"])
            while first.values.map(\.count).reduce(0, +) < 10 { try await read(one, into: &first) }
            let two = try Consumer(ConsumerConfiguration(cluster.configuration, group: "g"))
            try two.subscribe(["t"])
            while one.assignment.count != 1 || two.assignment.count != 1 {
                try await read(one, into: &first)
                try await read(two, into: &second)
            }
            let producer = try Producer(ProducerConfiguration(cluster.configuration))
            _ = await producer.send((0..<2).map { Record(topic: "t", partition: $0, value: []) })
            while first.values.map(\.count).reduce(0, +) < 11 { try await read(one, into: &first) }
            while second.isEmpty { try await read(two, into: &second) }
            let (mine, yours) = (try #require(one.assignment.first), try #require(two.assignment.first))
            #expect(mine != yours && first[mine] == Array(0...5) && second == [yours: [5]])
            for consumer in [one, two] { await consumer.close(within: .seconds(5)) }
            await producer.close(within: .seconds(5))
        }
    }

    /// The coordinator knows this member or its generation no more: the partitions are lost, not revoked, nothing of them is committed, and
    /// the member joins again.
    @Test(arguments: [KafkaError.Code.illegalGeneration, .unknownMember])
    func aMemberThatTheCoordinatorForgotLosesItsPartitionsAndJoinsAgain(code: KafkaError.Code) async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let member = Member()
            let consumer = try await member.join(cluster.configuration)
            cluster.push([code], to: .heartbeat)
            var again: [Int64] = []
            try await ConsumerTests.poll(consumer) { batch in
                again += batch.records.map(\.offset)
                return again.count == 5
            }
            #expect(member.events == ["assigned t/0@0", "lost", "assigned t/0@0"])
            #expect(again == Array(0..<5), "what was not committed is read again")
            await member.leave()
        }
    }

    /// Another process under the same `group.instance.id`: the end of this one, said by name.
    @Test func aFencedInstanceIsFatalByName() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 5)
            let member = Member()
            let consumer = try await member.join(cluster.configuration, instance: "node-1")
            cluster.push([.fencedInstance], to: .heartbeat)
            let error = await #expect(throws: KafkaError.self) { try await ConsumerTests.poll(consumer) { _ in false } }
            #expect(error?.code == .fencedInstance && error?.disposition == .fatal, "\(error as Any)")
            await member.leave()
        }
    }

    /// `Consumer.batches`: the batch in hand is finished and committed before the partitions go, and nothing is read twice or skipped.
    @Test func aRebalanceWaitsForTheBatchInHand() async throws {
        try await MockCluster.with { cluster in
            try await ConsumerTests.filled(cluster, ["t"], partitions: 1, records: 40)
            var configuration = ConsumerConfiguration(cluster.configuration, group: "g")
            configuration.batchRecordsMax = 10
            let consumer = try Consumer(configuration)
            try consumer.subscribe(["t"])
            var offsets: [Int64] = []
            var changes: [AssignmentChange] = []
            var isPushed = false
            let t0 = [TopicPartition("t", 0)]
            for try await batch in consumer.batches {
                changes += batch.changes
                offsets += batch.records.map(\.offset)
                if !isPushed, !batch.records.isEmpty {
                    cluster.push([.rebalancing], to: .heartbeat)
                    isPushed = true
                }
                if !batch.records.isEmpty { try await consumer.commit(batch.next) }
                if offsets.count >= 40, changes.count >= 3 { break }
            }
            #expect(offsets == Array(0..<40))
            #expect(changes == [.assigned(t0), .revoked(t0), .assigned(t0)])
            await consumer.close(within: .seconds(5))
        }
    }

    /// The mock cluster has no login: a client that insists on one is told so.
    @Test func aLoginThatTheBrokerDoesNotTakeIsLoud() async throws {
        try await MockCluster.with { cluster in
            try cluster.createTopic("t", partitions: 1)
            var kafka = cluster.configuration
            kafka.security.sasl = .plain(user: "alice", password: "wrong")
            let consumer = try Consumer(ConsumerConfiguration(kafka))
            try consumer.assign([TopicPartitionOffset("t", 0, 0)])
            try await ConsumerTests.poll(consumer) { _ in consumer.progress.lastError?.code == .authentication }
            #expect(consumer.progress.lastError?.disposition == .reject)
            await consumer.close(within: .seconds(5))
        }
    }
}
