internal import CRdKafka
internal import Telemetry

/// Commits under way, and the proof of membership that the last good one gave.
final class Commits: Sendable {
    struct State {
        var nextNumber = 1
        var waiting: [Int: Pending] = [:]
        var proof: ContinuousClock.Instant?
    }
    struct Pending: Sendable {
        let sent: ContinuousClock.Instant
        let completion: @Sendable (KafkaError?) -> Void
    }

    let state = Locked(State())

    func begin(_ completion: @escaping @Sendable (KafkaError?) -> Void) -> Int {
        let sent = ContinuousClock.now
        return state.withLock { state in
            defer { state.nextNumber += 1 }
            state.waiting[state.nextNumber] = Pending(sent: sent, completion: completion)
            return state.nextNumber
        }
    }

    /// The proof is when the commit was *sent*: the coordinator looked at the generation some time after that.
    func end(_ number: Int, _ error: KafkaError?, proves: Bool) {
        let pending = state.withLock { state in
            let pending = state.waiting.removeValue(forKey: number)
            if proves, error == nil, let sent = pending?.sent { state.proof = max(sent, state.proof ?? sent) }
            return pending
        }
        pending?.completion(error)
    }

    func failAll(_ error: KafkaError) {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting
        }
        for pending in waiting.values { pending.completion(error) }
    }
}
