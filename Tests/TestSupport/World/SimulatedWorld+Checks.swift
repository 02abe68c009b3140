import Core

// The invariants that are looked at while the world runs.

extension SimulatedWorld {
    /// I8: who asks again when `wake` says misses nothing, and never asks in vain.
    func checkWake(_ job: Job, _ circumstances: Circumstances, _ decision: Decision?) {
        let wake = job.wake(policy: circumstances.policy, requestRetention: circumstances.requestRetention)
        let isDue =
            wake.at.map { circumstances.now >= $0 } ?? false || wake.leaseAge.map { circumstances.leaseAge >= $0 } ?? false
            || wake.cancelAge.map { circumstances.cancelAge >= $0 } ?? false
        if isDue != (decision != nil) {
            fail("I8 \(job.id): wake says \(wake), decide says \(String(describing: decision)) at \(circumstances.now)")
        }
    }

    /// I6: a worker that beats keeps its lease.
    func checkLease(_ job: Job, _ take: String) {
        covered["lease expired", default: 0] += 1
        guard let worker = workers.first(where: { $0.name == Origin.worker(ofTake: take) }), worker.isRunnable, worker.closingAt == nil
        else { return }
        guard worker.takes.contains(where: { $0.source == take }), now - worker.wokeAt > Times.lease else { return }
        guard now - (beats[worker.name] ?? 0) < Times.lease * 6 / 10, now - (irregular[worker.name] ?? 0) > Times.lease + 1_000 else {
            return
        }
        fail("I6 \(job.id): the lease of \(take) expired while its worker beats")
    }

    /// I7 and I5: a publication is needed, and its record was not consumed without a *started*.
    func checkPublication(_ job: Job, _ attempt: Int) {
        publications[AttemptKey(id: job.id, attempt: attempt), default: 0] += 1
        if attempt <= job.seenAttempt, job.isStartable, now - job.newestRecordAt.milliseconds < Times.retention(.requests) / 2 {
            fail("I7 \(job.id) published again though its record is \(now - job.newestRecordAt.milliseconds) ms old")
        }
        guard healedAt != nil, let truth = reference[0][job.id], !truth.status.isFinal else { return }
        let log = self[Place(.requests, 0)]
        var last: Int?
        for offset in log.start..<log.end {
            guard case .request(let request, _)? = log.records[offset], request.id == job.id, request.attempt == attempt,
                request.notBefore == nil
            else { continue }
            if request.payload == job.payload { last = offset }
        }
        if let last, last < groupCommitted, now - log.times[last] > 30_000 {
            fail("I5 \(job.id) attempt \(attempt) was consumed and never started")
        }
    }

    /// I8: a command is not refused because something was not folded yet.
    func checkRefusal(_ command: CommandRecord, _ job: Job?) {
        guard let truth = reference[0][command.id] else { return }
        switch command.command {
        case .cancel where job?.isVisible != true && truth.isVisible && !truth.status.isFinal:
            fail("I8 \(command.id): a cancel is dropped because the request is not folded yet")
        case .retry(let attempt, _)
        where attempt == truth.attempt && truth.status == .failed && job?.status != .failed
            && retries.contains(AttemptKey(id: command.id, attempt: truth.attempt)):
            fail("I8 \(command.id): a retry is dropped because the failure is not folded yet")
        default: break
        }
    }

    /// I8 and I7 in good weather: what is due is published, and not again and again.
    func checkPublications() {
        for job in reference[0].values where job.phase == .closed && job.seenAttempt < job.nextAttempt {
            if now - max(job.nextAt.milliseconds, healedAt ?? 0) > 40_000 {
                fail("I8 \(job.id): attempt \(job.nextAttempt) is due and nobody publishes it")
            }
        }
        for (key, count) in publications where count > 3 + extra {
            fail("I7 \(key.id) attempt \(key.attempt) published \(count) times in good weather")
        }
    }
}
