import Core

import Telemetry

/// What time brings, on the worker's clock thread.
extension OperationRunner {
    func tick(now: ContinuousClock.Instant) {
        let (open, due) = state.withLock { state in
            let due = state.resends.filter { $0.due <= now }
            if !due.isEmpty { state.resends.removeAll { $0.due <= now } }
            return (Array(state.open.values), due)
        }
        for resend in due { self.resend(resend) }
        for open in open {
            if !open.isAcknowledged && now - open.take.started > configuration.startedLimit {
                release(open.take, reason: "its start was not acknowledged in \(configuration.startedLimit)")
                continue
            }
            if let progress = open.take.state.withLock({ $0.hasEnded ? nil : $0.gate.due(now: now) }) {
                emit(open.take, .progress(progress))
            }
        }
    }

    /// For each partition that is ours, or that a take is held in: how many are held; nil when there is nothing to say.
    func heartbeats() -> (holds: [Int32: Int], free: Int) {
        state.withLock { state in
            var holds = state.holds()
            for partition in state.assigned.keys where holds[partition] == nil { holds[partition] = 0 }
            return (holds, max(slots - state.running, 0))
        }
    }
}
