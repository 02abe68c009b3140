import Telemetry

/// A value that other threads change and tests wait on: no test looks at it on a timer.
final class Observed<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var version = 0
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state: Locked<State>

    init(_ value: Value) { state = Locked(State(value: value)) }

    var value: Value { state.withLock { $0.value } }

    func update(_ change: @Sendable (inout Value) -> Void) {
        let woken = state.withLock { state in
            change(&state.value)
            state.version += 1
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in woken { waiter.resume() }
    }

    /// The first answer that `find` has, now or after a change. Throws when the task is cancelled, which a test's time limit does.
    func first<Answer: Sendable>(_ find: (Value) throws -> Answer?) async throws -> Answer {
        while true {
            let (value, version) = state.withLock { ($0.value, $0.version) }
            if let answer = try find(value) { return answer }
            try Task.checkCancellation()
            await change(after: version)
        }
    }

    private func change(after version: Int) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The task's cancelled bit is set before `onCancel` runs, so one of the two sees the other.
                let isDue = state.withLock { state in
                    if state.version != version || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
