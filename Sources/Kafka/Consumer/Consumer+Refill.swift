internal import CRdKafka
internal import Synchronization
internal import Telemetry

// librdkafka before 2.2 looks at a partition whose queue was full only when its broker's thread wakes, which without traffic is once a
// second (4-facts.md): a reader that empties the queue in a tenth of that sleeps for the rest. Any request to the partition's leader wakes the
// thread, so a reader that has emptied half of a queue that was long asks for the ends of its partitions: one small request for each leader.
// Newer libraries have `fetch.queue.backoff.ms`.

extension Consumer {
    /// A queue that never held so many records was not full, and is not looked at.
    static let refillQueueMin = 2_000
    /// How long one such question may take; a consumer that closes waits for it.
    static let refillLimit = Duration.milliseconds(500)

    static let refills = rd_kafka_version() < 0x0202_0000

    /// To be called on the polling thread, once a poll.
    func refillIfDrained(_ state: inout PollState) {
        let queued = rd_kafka_queue_length(queue)
        if queued > state.queuedMost {
            state.queuedMost = queued
            return
        }
        guard state.queuedMost >= Self.refillQueueMin, queued <= state.queuedMost / 2 else { return }
        state.queuedMost = queued
        guard !refilling.exchange(true, ordering: .acquiringAndReleasing) else { return }
        refillCount.add(1, ordering: .relaxed)
        let started = OwnThread.start("kafka-refill") { [self] in
            _ = try? endOffsets(of: assignment, timeout: Self.refillLimit)
            refilling.store(false, ordering: .releasing)
        }
        if !started { refilling.store(false, ordering: .releasing) }
    }
}
