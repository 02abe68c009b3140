internal import Telemetry

/// Sees to it that one thread at a time polls, and lets a closing thread wait until it is out.
final class Polling: Sendable {
    /// Absent while a thread polls.
    private let state: Locked<PollState?>
    /// Opened by every thread that comes out.
    private let out = Gate()

    init(_ state: PollState) { self.state = Locked(state) }

    /// Throws `concurrentPoll` while another thread is inside.
    func enter(_ operation: StaticString) throws(KafkaError) -> PollState {
        let state = state.withLock { state in
            defer { state = nil }
            return state
        }
        guard let state else { throw KafkaError(.concurrentPoll, .reject, in: operation, "another thread polls this consumer") }
        return state
    }

    func leave(_ state: PollState) {
        self.state.withLock { $0 = state }
        out.open()
    }

    /// Waits until no thread is inside; false when `deadline` passed first.
    func wait(until deadline: ContinuousClock.Instant) -> Bool {
        while state.withLock({ $0 == nil }) {
            let left = deadline - .now
            guard left > .zero else { return false }
            out.pass(within: left)
        }
        return true
    }
}
