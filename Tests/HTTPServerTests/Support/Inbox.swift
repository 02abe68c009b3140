import Telemetry

/// Values that one side puts in, from any thread, and a test awaits.
final class Inbox<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var waiter: CheckedContinuation<Value, any Error>?
    }

    private let state = Locked(State())

    func put(_ value: Value) {
        let waiter = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            guard let waiter = state.waiter else {
                state.values.append(value)
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: value)
    }

    /// The next value, waited for. One waiter at a time.
    func next() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let value = state.withLock { state -> Value? in
                    guard !state.values.isEmpty else {
                        state.waiter = waiter
                        return nil
                    }
                    return state.values.removeFirst()
                }
                if let value {
                    waiter.resume(returning: value)
                } else if Task.isCancelled {
                    giveUp()
                }
            }
        } onCancel: {
            giveUp()
        }
    }

    private func giveUp() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(throwing: CancellationError())
    }

    var waiting: [Value] { state.withLock { $0.values } }
}
