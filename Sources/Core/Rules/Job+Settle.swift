// What a correlator has decided, and how a job ends.

extension Job {
    /// A decision on the current attempt; it counts only while the attempt is still in the phase that it was decided in.
    mutating func settle(_ record: EventRecord) -> Change.Effects? {
        switch record.event {
        case .retryScheduled(_, let at, _):
            return phase == .failed ? close(record, at: at) : nil
        case .leaseExpired(let silent, let holder, _):
            guard phase == .open, silent == take else { return nil }
            losses += 1
            note(
                Failure(
                    code: AttemptError.leaseExpired, message: "worker \(holder.isEmpty ? worker : holder) fell silent", retryable: true),
                record)
            return close(record, at: record.time)
        case .expired(let reason):
            return end(.expired, record, reason)
        case .deadLettered(let reason, _, _):
            guard phase == .failed || phase == .closed else { return nil }
            if failure == nil { failure = Failure(code: "dead-lettered", message: reason) }
            return end(.failed, record, reason).union(.deadLettered)
        default:
            return nil
        }
    }

    /// The attempt is over and the next one is on its way.
    mutating func close(_ record: EventRecord, at time: Timestamp) -> Change.Effects {
        phase = .closed
        nextAttempt = attempt &+ 1
        nextAt = time
        attemptTop = max(attemptTop, nextAttempt)
        waiting = nil
        guard status != .retrying else { return .visible }
        status = .retrying
        return [.visible, .status]
    }

    /// Final. What a later attempt would need goes, except of FAILED: an operator may run it again.
    mutating func end(_ final: JobStatus, _ record: EventRecord, _ why: String) -> Change.Effects {
        status = final
        phase = .ended
        reason = why
        waiting = nil
        nextAttempt = 0
        finishedAt = record.time
        signals = []
        clashes = []
        if final != .failed {
            payload = nil
            checkpoints = []
        }
        return [.visible, .status, .final]
    }

    /// An operator's retry: only of FAILED and on the attempt that was seen so. It supersedes every attempt ever published and begins anew.
    mutating func reopen(_ record: EventRecord, _ corrected: Payload?) -> Change.Effects? {
        guard status == .failed, record.attempt == attempt else { return nil }
        if let corrected {
            payload = corrected
            checkpoints = []
        }
        status = .retrying
        phase = .closed
        reopens += 1
        attempt = max(attempt, attemptTop) &+ 1
        attemptTop = attempt
        nextAttempt = attempt
        nextAt = record.time
        boundOffset = nil
        take = ""
        worker = ""
        (failures, losses, parts) = (0, 0, 0)
        (result, progress, failure, deadline, cancellation) = (nil, nil, nil, nil, nil)
        (startedAt, attemptStartedAt, finishedAt) = (nil, nil, nil)
        attemptErrors = []
        signals = []
        reason = ""
        return [.visible, .status, .take, .reopened]
    }
}
