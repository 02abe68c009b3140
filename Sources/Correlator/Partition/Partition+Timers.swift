internal import Core
internal import Telemetry

extension Partition {
    /// How far ahead the timers of the store's index are held in memory.
    static let horizon: Int64 = 60_000
    /// How far apart two looks into the index are.
    static let horizonStep: Int64 = 20_000

    func circumstances(_ entry: Entry, _ policy: Policy) -> Circumstances {
        let beat = entry.job.worker.isEmpty ? nil : beats[entry.job.worker]
        return Circumstances(
            now: wall, leaseAge: .milliseconds(now - max(entry.leaseFrom, beat ?? entry.leaseFrom)),
            cancelAge: .milliseconds(now - entry.cancelFrom), policy: policy, requestRetention: timings.requestRetention)
    }

    /// Sets a job's timers to what its state asks for.
    func arm(_ entry: Entry) {
        guard !entry.isArmed else { return }
        let wake = entry.arm(policies, requestRetention: timings.requestRetention)
        guard isCaughtUp else { return }
        let at = entry.timer
        if at <= wall.milliseconds {
            due.append(entry.job.id)
        } else if at < timersLoadedTo {
            wallTimers.push(entry.job.id, due: at)
        }
        if let lease = wake.leaseAge { leaseTimers.push(entry.job.id, due: leaseEnd(entry, lease)) }
        if let grace = wake.cancelAge { leaseTimers.push(entry.job.id, due: entry.cancelFrom + grace.wholeMilliseconds) }
    }

    private func leaseEnd(_ entry: Entry, _ lease: Duration) -> Int64 {
        max(entry.leaseFrom, beats[entry.job.worker] ?? entry.leaseFrom) + lease.wholeMilliseconds
    }

    /// Brings the timers of the next while from the store's index into memory.
    func loadTimers() {
        guard isCaughtUp, timersLoadedTo - wall.milliseconds < Self.horizon - Self.horizonStep else { return }
        let end = wall.milliseconds + Self.horizon
        tables.timers(number, from: timersLoadedTo, to: end) { due, id in wallTimers.push(id, due: due) }
        timersLoadedTo = end
    }

    /// Jobs that an own timer says to look at.
    func collectDue() {
        var left = limits.timersPerTurnMax - due.count
        while left > 0, let timer = wallTimers.pop(dueAt: wall.milliseconds) {
            due.append(timer.id)
            left -= 1
        }
        while left > 0, let timer = leaseTimers.pop(dueAt: now) {
            // A job that has left memory since is final, or has its timers in the store's index.
            if entries[timer.id] != nil { due.append(timer.id) }
            left -= 1
        }
    }

    /// Looks at the jobs whose time may have come. Only while the fold is abreast of a fresh look at the ends.
    func review(_ outbox: Outbox) {
        var jobs: [RequestID] = []
        swap(&jobs, &due)
        if jobs.count > limits.timersPerTurnMax {
            due = Array(jobs[limits.timersPerTurnMax...])
            jobs.removeLast(jobs.count - limits.timersPerTurnMax)
        }
        for id in jobs {
            guard let entry = find(id) else {
                if let until = tables.purgedUntil(number, id), until <= wall.milliseconds { forgotten.append((id, until)) }
                continue
            }
            review(entry, outbox)
        }
    }

    private func review(_ entry: Entry, _ outbox: Outbox) {
        let policy = policies.policy(of: entry.job.operation)
        guard let decision = entry.job.decide(circumstances(entry, policy)) else {
            entry.sent = nil
            entry.isArmed = false
            return arm(entry)
        }
        let again = timings.decisionAgain.wholeMilliseconds
        let sent: Entry.Sent
        switch decision {
        case .append(let attempt, let event): sent = Entry.Sent(event: event.name, attempt: attempt, at: now)
        case .publish(let attempt): sent = Entry.Sent(event: "", attempt: attempt, at: now)
        case .purge: return purge(entry, outbox)
        }
        if let last = entry.sent, last.event == sent.event, last.attempt == sent.attempt, now - last.at < again {
            return leaseTimers.push(entry.job.id, due: last.at + again)
        }
        guard perform(decision, entry, outbox) else {
            return leaseTimers.push(entry.job.id, due: now + 100)  // the producer took nothing: soon again
        }
        entry.sent = sent
        leaseTimers.push(entry.job.id, due: now + again)
    }

    private func perform(_ decision: Decision, _ entry: Entry, _ outbox: Outbox) -> Bool {
        switch decision {
        case .append(let attempt, let event):
            sequence += 1
            metrics.decisions.add()
            logger.info("decided", ["requestId": entry.job.id, "attempt": attempt, "event": event.name])
            return outbox.append(
                EventRecord(
                    id: entry.job.id, attempt: attempt, source: source, sequence: sequence, time: wall,
                    traceparent: entry.job.facts?.traceparent,
                    event: event), operation: entry.job.operation, partition: number, effect: nil)
        case .publish(let attempt):
            guard let record = entry.job.request(attempt: attempt) else { return false }
            metrics.publications.add()
            logger.info("published", ["requestId": entry.job.id, "attempt": attempt])
            return outbox.publish(record, partition: number, effect: nil)
        case .purge:
            return true
        }
    }

    /// A job whose retention is over leaves the store, `rejoinder.jobs` and memory.
    private func purge(_ entry: Entry, _ outbox: Outbox) {
        guard outbox.forget(entry.job.id, partition: number) else { return leaseTimers.push(entry.job.id, due: now + 1000) }
        purged.append(entry)
        entry.isPurged = true
        entries[entry.job.id] = nil
        owed.remove(entry.job.id)
        awaiting.remove(entry.job.id)
        journal.forget(entry.job.id)
    }

    /// Tells a worker to end a take that is not current; not more often than a decision is repeated.
    func stopIfStale(_ entry: Entry, take: String) {
        guard let command = entry.job.stop(take: take) else { return }
        if let last = stops[take], now - last < timings.decisionAgain.wholeMilliseconds { return }
        if stops.count > 10_000 { stops.removeAll() }
        stops[take] = now
        messages.append((entry.job.id, entry.job.operation, command))
    }

    /// Hands the current take the signals of its job, once for each take and each new signal.
    func deliverSignals(_ entry: Entry) {
        guard isCaughtUp, entry.job.isDeliverable else { return }
        guard entry.delivered.take != entry.job.take || entry.delivered.signals != entry.job.signals.count else { return }
        guard let command = entry.job.delivery else { return }
        entry.delivered = (entry.job.take, entry.job.signals.count)
        messages.append((entry.job.id, entry.job.operation, command))
    }
}
