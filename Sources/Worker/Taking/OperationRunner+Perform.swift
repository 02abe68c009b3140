import Core
import Events

import Telemetry

/// Handlers in tasks of their own.
extension OperationRunner {
    /// Runs the handler of a take to its end, then hands its slot to the next waiting request.
    func perform(_ take: Take, _ work: Work) async {
        let context = Context(take: take, runner: self)
        let event: Event
        do {
            let answer = try await handler.run(work, context)
            event = .completed(payload: try codec.response(answer))
        } catch {
            event = ending(of: take, error)
        }
        if finish(take, event) { count(event, take) }
        figures.duration.observe(.now - take.started)
        figures.running.add(-1)
        next()
    }

    /// What an error of the handler means.
    private func ending(of take: Take, _ error: any Error) -> Event {
        if case .cancelling(let reason) = take.state.withLock({ $0.phase }) { return .cancelled(reason: reason) }
        switch error {
        case let error as any DeclaredError: return .failed(codec.failure(error))
        case let error as HandlerFailure: return .failed(codec.failure(error))
        default: return .failed(codec.failure(HandlerFailure(code: "handler-error", message: "\(error)", retryable: true)))
        }
    }

    private func count(_ event: Event, _ take: Take) {
        switch event {
        case .completed: figures.completed.add()
        case .cancelled: figures.cancelled.add()
        case .failed(let failure):
            figures.failed.add()
            logger.notice(
                "an attempt failed: \(failure.message)",
                ["requestId": take.id.text, "attempt": take.attempt, "code": failure.code, "retryable": failure.retryable])
        default: break
        }
    }

    /// With a slot in hand: begins the next waiting request that needs one, or frees it.
    func next() {
        var scratch = Scratch(book)
        while true {
            let record = state.withLock { state -> WaitingRequest? in
                if !state.isDraining, let record = state.dequeue() { return record }
                state.running -= 1
                return nil
            }
            guard let record else { return }
            let origin = Origin(partition: record.partition, offset: record.offset, ticket: record.ticket, epoch: record.epoch)
            if case .running = begin(record.value.span.bytes, origin, &scratch, takesSlot: true) { return }
        }
    }
}
