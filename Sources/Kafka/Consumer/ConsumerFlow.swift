/// Pure: what the feeding thread of `Consumer.batches` does next. Back-pressure is not asking for more: with no one in `next()` nothing is
/// taken, and the library's bounded queue holds the rest. `pause` drops that queue (docs/kafka.md), so it comes only after `pauseAfter`.
struct ConsumerFlow {
    enum Phase: Equatable {
        /// Somebody waits in `next()`.
        case wanted
        /// A batch is being worked on.
        case busy(since: ContinuousClock.Instant)
        /// It takes long: partitions are paused, polls keep our place in the group and let rebalances through.
        case paused
        /// Somebody waits again, behind a pause.
        case resuming
        case closed
    }
    enum Step: Equatable {
        case takeBatch, pauseThenServe, serveOnly, resumeThenTake, stop
        case sleep(Duration)
    }

    private(set) var phase: Phase
    let pauseAfter: Duration

    init(pauseAfter: Duration, now: ContinuousClock.Instant) {
        self.pauseAfter = pauseAfter
        phase = .busy(since: now)
    }

    mutating func ask() {
        switch phase {
        case .busy: phase = .wanted
        case .paused: phase = .resuming
        case .wanted, .resuming, .closed: break
        }
    }

    /// A batch was handed out, or nobody waits any more.
    mutating func rest(now: ContinuousClock.Instant) {
        switch phase {
        case .wanted, .resuming: phase = .busy(since: now)
        case .busy, .paused, .closed: break
        }
    }

    mutating func close() { phase = .closed }

    mutating func step(now: ContinuousClock.Instant) -> Step {
        switch phase {
        case .wanted: return .takeBatch
        case .busy(let since) where now - since < pauseAfter: return .sleep(pauseAfter - (now - since))
        case .busy:
            phase = .paused
            return .pauseThenServe
        case .paused: return .serveOnly
        case .resuming:
            phase = .wanted
            return .resumeThenTake
        case .closed: return .stop
        }
    }
}
