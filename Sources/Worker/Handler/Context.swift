public import Core

public import Telemetry

/// A handler's way to say how far it is, to hand out partial results, and to wait for signals. Good until the handler ends; after that,
/// and once the attempt was stopped from outside, nothing is sent any more.
public struct Context: Sendable {
    let take: Take
    let runner: OperationRunner

    /// Where the handler may log; the request's id is bound.
    public var logger: Logger { runner.logger.with(["requestId": take.id.text, "attempt": take.attempt]) }

    /// The attempt was cancelled or stopped: what is still done is in vain. The task is cancelled, too.
    public var isStopped: Bool {
        take.state.withLock { state in
            if case .running = state.phase { false } else { true }
        }
    }

    /// Says how far the attempt is. Call it as often as you like: at most ten a second are sent, the last one always.
    public func progress(
        _ fraction: Double? = nil, message: String = "", completed: Int64? = nil, total: Int64? = nil, unit: String = ""
    ) {
        progress(Progress(fraction: fraction, message: message, completed: completed, total: total, unit: unit))
    }

    /// Says how far the attempt is.
    public func progress(_ progress: Progress) {
        let now = ContinuousClock.now
        if let progress = take.state.withLock({ $0.hasEnded ? nil : $0.gate.offer(progress, now: now) }) {
            runner.emit(take, .progress(progress))
        }
    }

    /// Hands out a partial result. Throws when it does not fit the operation's part schema; one larger than the topic takes ends the attempt.
    public func part(_ part: Answer) throws(HandlerFailure) {
        let payload = try runner.codec.part(part)
        try limit(payload.bytes.count, "a part")
        let index = take.state.withLock { state in
            defer { state.parts += 1 }
            return state.parts
        }
        runner.emit(take, .part(index: index, payload: payload))
    }

    /// Hands out a partial result.
    public func part(_ value: some Encodable & Sendable) throws(HandlerFailure) { try part(.value(value)) }

    /// Leaves JSON from which a later attempt may go on.
    public func checkpoint(_ json: [UInt8], step: String = "") throws(HandlerFailure) {
        try limit(json.count, "a checkpoint")
        runner.emit(take, .checkpoint(Checkpoint(step: step, value: json)))
    }

    /// Waits for input from outside: the job is WAITING until a signal of this name has come, then its JSON is returned. A signal that came
    /// before counts; each is given once, in the order in which they came. Throws `CancellationError` when the attempt ends first.
    public func signal(_ name: String, until: Timestamp? = nil, message: String = "") async throws -> [UInt8] {
        if let value = take.state.withLock({ $0.signal(name) }) { return value }
        runner.emit(take, .waiting(Waiting(name: name, until: until, message: message)))
        let key = take.state.withLock { state in
            state.waiterKeys += 1
            return state.waiterKeys
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let early = take.state.withLock { state -> Result<[UInt8], any Error>? in
                    if let value = state.signal(name) { return .success(value) }
                    if state.hasEnded || Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters.append((name, key, waiter))
                    return nil
                }
                if let early { waiter.resume(with: early) }
            }
        } onCancel: {
            let waiter = take.state.withLock { state in
                state.waiters.firstIndex { $0.key == key }.map { state.waiters.remove(at: $0).waiter }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func limit(_ count: Int, _ what: String) throws(HandlerFailure) {
        guard count > runner.codec.payloadBytesMax else { return }
        let failure = runner.codec.tooLarge(what, count)
        if runner.finish(take, .failed(runner.codec.failure(failure))) {
            runner.figures.failed.add()
            take.abort()
        }
        throw failure
    }
}

extension Take.State {
    /// The first signal of a name that was not given yet.
    mutating func signal(_ name: String) -> [UInt8]? {
        signals.firstIndex { $0.name == name }.map { signals.remove(at: $0).value }
    }
}

extension Take {
    /// Signals that the correlator hands over: all of the job's so far, in their order; what was delivered before is left out.
    func deliver(_ all: [Signal]) {
        let ready = state.withLock { state -> [(CheckedContinuation<[UInt8], any Error>, [UInt8])] in
            guard all.count > state.delivered else { return [] }
            state.signals += all[state.delivered...]
            state.delivered = all.count
            var ready: [(CheckedContinuation<[UInt8], any Error>, [UInt8])] = []
            var waiting = state.waiters
            state.waiters = []
            waiting.removeAll { waiter in
                guard let value = state.signal(waiter.name) else { return false }
                ready.append((waiter.waiter, value))
                return true
            }
            state.waiters = waiting
            return ready
        }
        for (waiter, value) in ready { waiter.resume(returning: value) }
    }
}
