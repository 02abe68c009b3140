@testable import Kafka
import Synchronization
import Telemetry

/// An observer that keeps every report and lets a test wait for a number of them.
final class Reports: DeliveryObserver {
    private struct State {
        var reports: [DeliveryReport] = []
        var calls = 0
        var waiter: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }
    private let state = Locked(State())

    func delivered(_ reports: [DeliveryReport]) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.reports += reports
            state.calls += 1
            guard let waiter = state.waiter, state.reports.count >= waiter.count else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }

    /// Every report once there are `count`.
    func first(_ count: Int) async -> [DeliveryReport] {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.reports.count >= count { return true }
                state.waiter = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
        return all
    }

    var all: [DeliveryReport] { state.withLock { $0.reports } }
    var calls: Int { state.withLock { $0.calls } }
}

extension DeliveryOutcome {
    var error: KafkaError? {
        if case .failed(let error) = self { error } else { nil }
    }
    var offset: Int64? {
        if case .delivered(_, let offset, _) = self { offset } else { nil }
    }
    var partition: Int32? {
        if case .delivered(let partition, _, _) = self { partition } else { nil }
    }
}

/// Everything that lies in some partitions of a topic, in order of each partition.
func readAll(_ topic: String, partitions: Int, of kafka: KafkaConfiguration) async throws -> [[String]] {
    var configuration = ConsumerConfiguration(kafka)
    configuration.reportsEnds = true
    let consumer = try Consumer(configuration)
    try consumer.assign((0..<Int32(partitions)).map { TopicPartitionOffset(topic, $0, TopicPartitionOffset.beginning) })
    var values = Array(repeating: [String](), count: partitions)
    var left = Set(0..<Int32(partitions))
    var batch = ConsumerBatch()
    while !left.isEmpty {
        await Task.yield()
        try consumer.poll(into: &batch, max: 1000, timeout: .milliseconds(20))
        for record in batch.records {
            values[Int(record.partition)].append(String(decoding: batch.value(of: record) ?? [], as: UTF8.self))
        }
        for end in batch.ends { left.remove(end.partition) }
    }
    await consumer.close(within: .seconds(5))
    return values
}

/// Time that passes on the side of a real broker, which announces nothing: a thread of its own waits on a flag that nobody sets.
func pause(_ duration: Duration) async throws {
    _ = await OwnThread.blocking("pause") { Flag().wait(duration) }
    try Task.checkCancellation()
}
