internal import Telemetry

/// When the consumer last did what. Any poll of any queue resets `max.poll.interval.ms` (docs/kafka.md), so the library's own watchdog sees
/// nothing of a reader that polls and makes no progress.
final class ConsumerWatch: Sendable {
    private let state = Locked(ConsumerProgress(begun: .now, lastPoll: nil, lastRecord: nil, recordCount: 0, lastError: nil))

    func polled(records: Int) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.lastPoll = now
            guard records > 0 else { return }
            state.lastRecord = now
            state.recordCount += records
        }
    }

    func failed(_ error: KafkaError) {
        state.withLock { $0.lastError = error }
    }

    var progress: ConsumerProgress { state.withLock { $0 } }
}
