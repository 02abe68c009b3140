import Glibc
@testable import Kafka
import KafkaTesting
import Telemetry
import Testing

/// Real nodes with faults under load. Only where `KAFKA_HOME` is set; `KAFKA_STORM_SECONDS` makes the storm longer (60: the long form).
@Suite(
    .enabled(if: RealKafkaCluster.isThere, "left out: KAFKA_HOME is not set, and these need nodes that may be killed"), .serialized,
    .timeLimit(.minutes(5)))
struct RealKafkaFaultTests {
    /// Leader killed, leader paused, under load: no acknowledged record is lost, none is out of order in its partition, and none is there
    /// twice unless a new generation was logged.
    @Test func aLeaderThatDiesOrStopsLosesNothing() async throws {
        try await RealKafkaCluster.with(nodes: 3) { cluster in
            let admin = try Admin(cluster.configuration)
            try await RealKafkaTests.topic(admin, "t", partitions: 3, replicas: 3, ["min.insync.replicas": "2"])
            var kafka = cluster.configuration
            kafka.requestTimeout = .seconds(5)
            let producer = try Producer(ProducerConfiguration(kafka))
            try await producer.warm(topics: ["t"])
            let stop = Locked(false)
            let load = Task {
                var acknowledged: [[Int]] = [[], [], []]
                var number = 0
                while !stop.withLock({ $0 }) {
                    let first = number
                    let outcomes = await producer.send(
                        (0..<300).map { Record(topic: "t", partition: Int32($0 % 3), value: Array("\(first + $0)".utf8)) })
                    for (index, outcome) in outcomes.enumerated() where outcome.error == nil {
                        acknowledged[index % 3].append(first + index)
                    }
                    number += 300
                }
                return (acknowledged, number)
            }
            for (node, down, up) in [(1, "kill", "node"), (2, "pause", "resume"), (3, "kill", "node")] {
                try await pause(.seconds(1))
                try await cluster.node(node, down)
                try await pause(.seconds(4))
                try await cluster.node(node, up)
            }
            stop.withLock { $0 = true }
            let (acknowledged, sent) = await load.value
            #expect(sent > 3000, "there was load")
            let log = try await readAll("t", partitions: 3, of: cluster.configuration).map { $0.compactMap { Int($0) } }
            for partition in 0..<3 {
                #expect(Set(acknowledged[partition]).isSubset(of: Set(log[partition])), "a record that was acknowledged is lost")
                if producer.generations == 1 {
                    #expect(log[partition] == log[partition].sorted(), "out of order")
                    #expect(Set(log[partition]).count == log[partition].count, "twice in the log without a new generation")
                } else {
                    var seen: Set<Int> = []
                    let first = log[partition].filter { seen.insert($0).inserted }
                    #expect(first == first.sorted(), "out of order beside what was sent again")
                }
            }
            await producer.close(within: .seconds(5))
            await admin.close()
        }
    }

    /// Ten consumers join and leave at random under load: no offset is skipped, and none is processed twice beyond what was uncommitted.
    @Test func aRebalanceStormSkipsNothing() async throws {
        let seconds = getenv("KAFKA_STORM_SECONDS").flatMap { Int(String(cString: $0)) } ?? 12
        try await RealKafkaCluster.with { cluster in
            let admin = try Admin(cluster.configuration)
            try await RealKafkaTests.topic(admin, "t", partitions: 12)
            let ledger = Ledger()
            let stop = Locked(false)
            let load = Task {
                let producer = try Producer(ProducerConfiguration(cluster.configuration))
                try await producer.warm(topics: ["t"])
                var ends = [Int64](repeating: 0, count: 12)
                while !stop.withLock({ $0 }) {
                    for outcome in await producer.send((0..<120).map { Record(topic: "t", partition: Int32($0 % 12), value: [1]) }) {
                        guard case .delivered(let partition, let offset, _) = outcome else { continue }
                        ends[Int(partition)] = max(ends[Int(partition)], offset + 1)
                    }
                    try await pause(.milliseconds(50))
                }
                await producer.close(within: .seconds(5))
                return ends
            }
            let deadline = ContinuousClock.now + .seconds(seconds)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        var random = SplitMix(state: UInt64(index))
                        while ContinuousClock.now < deadline {
                            let life = ContinuousClock.now + .milliseconds(1500 + Int(random.next() % 3000))
                            try await Self.member(cluster, ledger) { ContinuousClock.now < min(life, deadline) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            stop.withLock { $0 = true }
            let ends = try await load.value
            #expect(ends.allSatisfy { $0 > 0 })
            // One more member reads what the storm left.
            try await Self.member(cluster, ledger) { !ledger.reached(ends) }
            let (faults, joins) = ledger.verdict
            #expect(faults.isEmpty, "\(faults.prefix(5))")
            #expect(joins > 10, "there was a storm: \(joins) assignments")
            await admin.close()
        }
    }

    private static func member(_ cluster: RealKafkaCluster, _ ledger: Ledger, while goesOn: @Sendable () -> Bool) async throws {
        let consumer = try Consumer(ConsumerConfiguration(cluster.configuration, group: "storm"))
        let handler = StormHandler(ledger, consumer)
        try consumer.subscribe(["t"], handler: handler)
        var batch = ConsumerBatch()
        while goesOn() {
            await Task.yield()
            try consumer.poll(into: &batch, max: 50, timeout: .milliseconds(20))
            for record in batch.records { ledger.processed(record.partition, record.offset) }
            if batch.records.isEmpty { continue }
            do throws(KafkaError) {
                try consumer.commitAndWait(batch.next)
                for place in batch.next { ledger.committed(place.partition, place.offset) }
            } catch {
                // The group moved on: what was not committed will be processed again, by whoever has it now.
                guard [.rebalancing, .illegalGeneration, .unknownMember].contains(error.code) || error.disposition == .retry else {
                    throw error
                }
            }
        }
        await consumer.close(within: .seconds(5))
        handler.end()
    }
}

/// Resolves committed offsets and tells the ledger where each partition begins.
private final class StormHandler: RebalanceHandler {
    private let ledger: Ledger
    private let consumer: Locked<Consumer?>

    init(_ ledger: Ledger, _ consumer: Consumer) {
        self.ledger = ledger
        self.consumer = Locked(consumer)
    }

    func end() { consumer.withLock { $0 = nil } }

    func assigned(_ partitions: [TopicPartition]) -> [TopicPartitionOffset] {
        guard let consumer = consumer.withLock({ $0 }) else { return [] }
        while true {
            guard let places = try? consumer.committed(of: partitions) else { continue }
            let begin = places.map { TopicPartitionOffset($0.topicPartition, max(0, $0.offset)) }
            for place in begin { ledger.begins(place.partition, place.offset) }
            return begin
        }
    }
    func revoked(_ partitions: [TopicPartition]) {}
    func lost(_ partitions: [TopicPartition]) {}
}

/// What ten members did together.
private final class Ledger: Sendable {
    private struct State {
        var next = [Int64](repeating: 0, count: 12)
        var committed = [Int64](repeating: 0, count: 12)
        var faults: [String] = []
        var joins = 0
    }
    private let state = Locked(State())

    /// A member goes on at the committed offset: not below what is known to be committed, not above what was processed.
    func begins(_ partition: Int32, _ offset: Int64) {
        state.withLock { state in
            let partition = Int(partition)
            state.joins += 1
            if offset < state.committed[partition] {
                state.faults.append("\(partition) begins at \(offset), committed \(state.committed[partition])")
            }
            if offset > state.next[partition] {
                state.faults.append("\(partition) begins at \(offset), skipping from \(state.next[partition])")
            }
        }
    }

    func processed(_ partition: Int32, _ offset: Int64) {
        state.withLock { state in
            let partition = Int(partition)
            if offset > state.next[partition] { state.faults.append("\(partition): \(offset) came, \(state.next[partition]) was skipped") }
            state.next[partition] = max(state.next[partition], offset + 1)
        }
    }

    func committed(_ partition: Int32, _ offset: Int64) {
        state.withLock { $0.committed[Int(partition)] = max($0.committed[Int(partition)], offset) }
    }

    func reached(_ ends: [Int64]) -> Bool { state.withLock { zip($0.next, ends).allSatisfy { $0 >= $1 } } }
    var verdict: ([String], Int) { state.withLock { ($0.faults, $0.joins) } }
}

private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
