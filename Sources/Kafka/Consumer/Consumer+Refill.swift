internal import CRdKafka
internal import Synchronization
internal import Telemetry

// librdkafka before 2.2 looks at a partition whose queue was full only when its broker's thread wakes, which without traffic is once a
// second (docs/kafka.md): a reader that empties the queue in a tenth of that sleeps for the rest. Any request to the partition's leader wakes the
// thread, so a reader that has emptied half of a queue that was long asks for the ends of its partitions: one small request for each leader.
// Newer libraries have `fetch.queue.backoff.ms`.

extension Consumer {
    /// A queue that never held so many records was not full, and is not looked at.
    static let refillQueueMin = 2_000
    /// How long one such question may take; a consumer that closes waits for its end.
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
        let done = Flag()
        let isFirst = refill.withLock { refill in
            guard refill == nil else { return false }
            refill = done
            return true
        }
        guard isFirst else { return }
        refillCount.add(1, ordering: .relaxed)
        let end: @Sendable () -> Void = { [self] in
            refill.withLock { $0 = nil }
            done.set()
        }
        let started = OwnThread.start("kafka-refill") { [self] in
            _ = try? endOffsets(of: assignment, timeout: Self.refillLimit)
            end()
        }
        if !started { end() }
    }

    /// To be called before the handle ends, which such a question uses.
    func waitForRefill() {
        guard let running = refill.withLock({ $0 }) else { return }
        while !running.wait(Self.refillLimit) {}
    }
}
