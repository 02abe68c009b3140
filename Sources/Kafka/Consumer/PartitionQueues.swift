internal import CRdKafka
internal import Telemetry

/// The queues of partitions that were assigned lately, to be emptied before the handle ends.
///
/// librdkafka before 2.6.1 (its change #4724): a partition that the cluster has removed and that is stopped then holds a message to itself in
/// its own queue, `rd_kafka_destroy` waits for that partition for ever, and no call finds it any more. Its queue, taken while it was assigned,
/// lets go of it.
final class PartitionQueues: Sendable {
    /// A queue and its one owner. Sendable: librdkafka synchronises it; immutable after init.
    private final class Queue: Sendable {
        nonisolated(unsafe) let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { rd_kafka_queue_destroy(pointer) }
    }

    static let areNeeded = rd_kafka_version() < 0x0206_01ff
    /// The assignments before the last one count up to so many partitions.
    static let keptMax = 1000

    private let queues = Locked<[Queue]>([])

    /// To be called with every assignment, once the library has it.
    func keep(_ handle: OpaquePointer, _ places: [TopicPartitionOffset]) {
        guard Self.areNeeded else { return }
        let new = places.compactMap { rd_kafka_queue_get_partition(handle, $0.topic, $0.partition).map { Queue($0) } }
        // What falls out is let go of outside of the lock: that calls C.
        _ = queues.withLock { queues in
            defer { queues = queues.suffix(Self.keptMax) + new }
            return queues.dropLast(Self.keptMax)
        }
    }

    /// To be called when every partition is stopped: the queue of one that is read is the consumer's own.
    func empty() {
        let all = queues.withLock { queues in
            defer { queues = [] }
            return queues
        }
        for queue in all {
            while let event = rd_kafka_queue_poll(queue.pointer, 0) { rd_kafka_event_destroy(event) }
        }
    }
}
