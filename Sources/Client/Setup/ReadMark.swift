import Telemetry

/// How far a topic of one partition has been read, for those who wait until a record of theirs has been.
final class ReadMark: Sendable {
    private struct State {
        var offset: Int64 = -1
        var waitersBegun = 0
        var waiters: [Int: (offset: Int64, waiter: CheckedContinuation<Bool, Never>)] = [:]
    }

    private let state = Locked(State())

    /// The record at the offset, and all before it, have been read.
    func reached(_ offset: Int64) {
        let waiters = state.withLock { state in
            state.offset = offset
            let numbers = state.waiters.filter { $0.value.offset <= offset }.map(\.key)
            return numbers.compactMap { state.waiters.removeValue(forKey: $0)?.waiter }
        }
        for waiter in waiters { waiter.resume(returning: true) }
    }

    /// Suspends until the record at the offset has been read; false when the limit passes first or the task is cancelled.
    func reaches(_ offset: Int64, within limit: Duration) async -> Bool {
        let number = state.withLock { state in
            state.waitersBegun += 1
            return state.waitersBegun
        }
        let timer = Task {
            if (try? await Task.sleep(for: limit)) != nil { self.leave(number) }
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let answer: Bool? = state.withLock { state in
                    if state.offset >= offset { return true }
                    if Task.isCancelled { return false }
                    state.waiters[number] = (offset, waiter)
                    return nil
                }
                if let answer { waiter.resume(returning: answer) }
            }
        } onCancel: {
            leave(number)
        }
    }

    private func leave(_ number: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: number)?.waiter }
        waiter?.resume(returning: false)
    }
}
