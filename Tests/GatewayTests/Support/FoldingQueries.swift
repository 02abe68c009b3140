import Core
import Events
import Kafka
import KafkaTesting
import Synchronization
import Telemetry

@testable import Gateway

/// A correlator for tests: reads the operations' topics with a consumer and folds them with the core's own fold. It owns all partitions, or none.
final class FoldingQueries: JobQueries {
    let state = Locked(FoldState())
    private let consumer: Consumer
    private let topics: TopicNames
    private let operations: [String]
    private let stops = Atomic<Bool>(false)

    init(_ ring: Ring) throws {
        consumer = try Consumer(ConsumerConfiguration(ring.cluster.configuration))
        topics = ring.names
        operations = ring.catalogue.operations.map(\.name)
        let names = ring.names
        try consumer.assign(
            ring.catalogue.operations.flatMap { operation in
                (0..<Int32(Ring.partitions)).flatMap { partition in
                    [names.requests(operation.name), names.responses(operation.name)].map {
                        TopicPartitionOffset($0, partition, TopicPartitionOffset.beginning)
                    }
                }
            })
        let book = ring.book
        OwnThread.start("test-fold") { self.run(EnvelopeReader(book)) }
    }

    func close() async {
        stops.store(true, ordering: .releasing)
        _ = await consumer.close(within: .seconds(1))
    }

    // MARK: What a test decides and awaits

    func set(_ change: @Sendable (inout FoldState) -> Void) {
        state.withLock { change(&$0) }
        notice()
    }

    /// Waits until the state is as `condition` says.
    func when(_ condition: @escaping @Sendable (FoldState) -> Bool) async {
        await withCheckedContinuation { waiter in
            state.withLock { $0.watchers.append((condition, waiter)) }
            notice()
        }
    }

    /// Waits until a job is folded to a version at least.
    func folded(_ id: RequestID, version: Int64 = 0) async {
        await when { state in state.jobs[id].map { $0.isVisible && $0.version >= version } ?? false }
    }

    private func notice() {
        let ready = state.withLock { state in
            let snapshot = state
            let ready = state.watchers.filter { $0.until(snapshot) }
            state.watchers.removeAll { $0.until(snapshot) }
            return ready
        }
        for watcher in ready { watcher.waiter.resume() }
    }

    // MARK: The fold's thread

    private func run(_ reader: EnvelopeReader) {
        var (reader, batch) = (reader, ConsumerBatch())
        while !stops.load(ordering: .acquiring) {
            lookAtEnds()
            expire()
            let isHeld = state.withLock { $0.isHeld }
            guard (try? consumer.poll(into: &batch, max: isHeld ? 0 : 500, timeout: .milliseconds(10))) != nil else { continue }
            fold(batch, &reader)
        }
        for waiter in state.withLock({ $0.waiters }) { waiter.done(false) }
    }

    private func fold(_ batch: ConsumerBatch, _ reader: inout EnvelopeReader) {
        guard !batch.records.isEmpty else { return }
        var changed: Set<RequestID> = []
        for record in batch.records {
            let topic = batch.topicName(record.topic)
            let value = batch.value(of: record).map { Array($0) } ?? []
            if topic.hasSuffix(".requests"), let request = try? reader.requestRecord(value.span.bytes) {
                changed.insert(
                    state.withLock { $0.fold(request: request, topic: topic, partition: record.partition, offset: record.offset) })
            } else if let event = try? reader.eventRecord(value.span.bytes) {
                changed.insert(state.withLock { $0.fold(event: event, topic: topic, partition: record.partition, offset: record.offset) })
            }
            state.withLock { $0.positions[topic, default: [:]][record.partition] = record.offset + 1 }
        }
        tell(changed)
    }

    private func tell(_ changed: Set<RequestID>) {
        let (calls, passed) = state.withLock { state in
            let calls = state.observers.filter { changed.contains($0.id) }.map { observer in (observer.onChange, state.jobs[observer.id]) }
            let passed = Self.takePassed(&state)
            return (calls, passed)
        }
        for waiter in passed { waiter.done(true) }
        for (call, job) in calls { if let job, job.isVisible { call(job) } }
        notice()
    }

    private static func takePassed(_ state: inout FoldState) -> [FoldState.Waiter] {
        let positions = state.positions
        let isPassed: (FoldState.Waiter) -> Bool = { waiter in
            waiter.goals?.allSatisfy { (positions[$0.key]?[waiter.partition] ?? 0) >= $0.value } ?? false
        }
        let passed = state.waiters.filter(isPassed)
        state.waiters.removeAll(where: isPassed)
        return passed
    }

    private func lookAtEnds() {
        let unasked = state.withLock { state in state.waiters.contains { $0.goals == nil } }
        guard unasked else { return }
        let partitions = operations.flatMap { operation in
            (0..<Int32(Ring.partitions)).flatMap {
                [TopicPartition(topics.requests(operation), $0), TopicPartition(topics.responses(operation), $0)]
            }
        }
        guard let ends = try? consumer.endOffsets(of: partitions, timeout: .seconds(2)) else { return }
        let passed = state.withLock { state in
            state.lookedAtEnds += 1
            for index in state.waiters.indices where state.waiters[index].goals == nil {
                let partition = state.waiters[index].partition
                state.waiters[index].goals = Dictionary(
                    ends.filter { $0.partition == partition }.map { ($0.topic, $0.offset) }, uniquingKeysWith: { first, _ in first })
            }
            return Self.takePassed(&state)
        }
        for waiter in passed { waiter.done(true) }
    }

    private func expire() {
        let late = state.withLock { state in
            let late = state.waiters.filter { $0.deadline <= .now }
            state.waiters.removeAll { $0.deadline <= .now }
            return late
        }
        for waiter in late { waiter.done(false) }
    }
}
