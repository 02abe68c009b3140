// What is due: the only place where policy and clocks meet the state. It proposes; an event on the log decides.

extension Job {
    /// What is due for this job; nil: nothing yet (`wake` says when to ask again). The same until its effect is folded, so ask with a pause.
    public func decide(_ circumstances: Circumstances) -> Decision? {
        let (now, policy) = (circumstances.now, circumstances.policy)
        guard facts != nil else { return orphanPurge(policy).flatMap { now >= $0 ? .purge : nil } }
        if status.isFinal { return finalPurge(policy).flatMap { now >= $0 ? .purge : nil } }
        if let deadline = effectiveDeadline(policy), now >= deadline {
            return .append(
                attempt: attempt, event: .expired(reason: attempt == 0 ? "never claimed by a worker" : "stalled in attempt \(attempt)"))
        }
        if let cancellation, phase != .open || circumstances.cancelAge >= policy.grace {
            return .append(attempt: attempt, event: .cancelled(reason: cancellation.reason))
        }
        switch phase {
        case .failed: return afterFailure(now, policy)
        case .open: return silence(circumstances)
        case .closed where losses >= policy.losses: return deadLetter("lost \(losses) leases")
        case .closed where seenAttempt < nextAttempt: return payload != nil && now >= nextAt ? .publish(attempt: nextAttempt) : nil
        case .new where !isStartable: return facts?.notBefore.flatMap { now >= $0 ? .publish(attempt: 1) : nil }
        case .new, .closed:
            return renewal(circumstances.requestRetention).flatMap { now >= $0 ? .publish(attempt: max(nextAttempt, 1)) : nil }
        case .ended: return nil
        }
    }

    /// When `decide` may next have something to say.
    public func wake(policy: Policy, requestRetention: Duration?) -> Wake {
        guard facts != nil else { return Wake(at: orphanPurge(policy)) }
        if status.isFinal { return Wake(at: finalPurge(policy)) }
        var wake = Wake(at: effectiveDeadline(policy))
        if cancellation != nil {
            if phase == .open { wake.cancelAge = policy.grace } else { wake.at = Self.now }
        }
        let time: Timestamp?
        switch phase {
        case .failed: time = Self.now
        case .open:
            wake.leaseAge = policy.lease
            time = nil
        case .closed where losses >= policy.losses: time = Self.now
        case .closed where seenAttempt < nextAttempt: time = payload != nil ? nextAt : nil
        case .new where !isStartable: time = facts?.notBefore
        case .new, .closed: time = renewal(requestRetention)
        case .ended: time = nil
        }
        if let time { wake.at = min(wake.at ?? time, time) }
        return wake
    }

    /// The request's own deadline; else the policy's, unless an operator has run it again.
    public func effectiveDeadline(_ policy: Policy) -> Timestamp? {
        if let deadline { return deadline }
        guard reopens == 0, let after = policy.deadline else { return nil }
        return createdAt + after
    }

    private func afterFailure(_ now: Timestamp, _ policy: Policy) -> Decision {
        if failures >= policy.attempts { return deadLetter("failed \(failures) times") }
        let wait = policy.backoff.wait(failures: failures, id: id, attempt: attempt)
        return .append(
            attempt: attempt, event: .retryScheduled(attempt: attempt &+ 1, at: now + wait, reason: failure?.code ?? ""))
    }

    private func silence(_ circumstances: Circumstances) -> Decision? {
        guard circumstances.leaseAge >= circumstances.policy.lease else { return nil }
        return .append(
            attempt: attempt, event: .leaseExpired(take: take, worker: worker, lastSeen: circumstances.now - circumstances.leaseAge))
    }

    private func deadLetter(_ reason: String) -> Decision {
        .append(attempt: attempt, event: .deadLettered(reason: reason, failures: failures, losses: losses))
    }

    /// When a request that nobody takes is published again: before retention takes its newest record.
    private func renewal(_ retention: Duration?) -> Timestamp? {
        guard payload != nil, let retention else { return nil }
        return newestRecordAt.advanced(milliseconds: retention.milliseconds / 10 &* 9)
    }

    private func finalPurge(_ policy: Policy) -> Timestamp? {
        finishedAt.map { $0 + policy.retention }
    }

    /// Events whose request never comes (it was purged, or never was) are forgotten as a final job would be.
    private func orphanPurge(_ policy: Policy) -> Timestamp? {
        kept.last.map { $0.time + policy.retention }
    }

    private static var now: Timestamp { Timestamp(milliseconds: .min) }
}
