internal import Core
internal import Events

extension Partition {
    /// Writes to `rejoinder.jobs` what is due: jobs whose status changed, coalesced; what a fold from the start left to be swept; and the
    /// jobs that a checkpoint waits for, then the checkpoint itself.
    func writeJournal(_ outbox: Outbox) {
        guard isCaughtUp else { return }
        guard !journal.isIdle || now - journal.closedAt >= timings.checkpointInterval.wholeMilliseconds else { return }
        let place = outbox.place(currentOffsets, at: wall)
        if now - journal.writtenAt >= timings.journalInterval.wholeMilliseconds, !journal.urgent.isEmpty {
            journal.writtenAt = now
            var seen: Set<RequestID> = []
            for id in journal.takeUrgent() where seen.insert(id).inserted { write(id, place, outbox) }
        }
        if journal.sweep != nil { sweep(place, outbox) }
        if !journal.isClosing, journal.sweep == nil, now - journal.closedAt >= timings.checkpointInterval.wholeMilliseconds {
            guard !journal.marked.isEmpty || storableOffsets.map(\.offset) != lastCheckpoint else {
                journal.closedAt = now
                return
            }
            journal.beginCheckpoint(storableOffsets)
        }
        guard journal.isClosing else { return }
        while journal.inFlight < limits.journalInFlightMax, let id = journal.toSend.popLast() {
            if journal.closing[id] != nil { write(id, place, outbox) }
        }
        if journal.closing.isEmpty, !journal.isSealing {
            journal.seal()
            if !outbox.checkpoint(outbox.place(journal.offsets, at: wall), partition: number, instance: instance) {
                journal.sealed(at: now, isDone: false)
            }
        }
    }

    private func write(_ id: RequestID, _ place: FoldedPlace, _ outbox: Outbox) {
        guard let entry = find(id) else { return journal.forget(id) }
        let serial = journal.marked[id] ?? 0
        if outbox.journal(entry.job, place, partition: number, effect: .job(instance: instance, id: id, serial: serial)) {
            journal.inFlight += 1
        } else {
            journal.acknowledge(id, serial: serial, isDone: false)
        }
    }

    /// After a fold from the start: every job that `rejoinder.jobs` does not hold in this state. Each is marked until it is acknowledged, so that
    /// the checkpoint behind it waits for it, whatever becomes of the record.
    private func sweep(_ place: FoldedPlace, _ outbox: Outbox) {
        guard let from = journal.sweep, journal.inFlight < limits.journalInFlightMax / 2 else { return }
        var next = from
        var count = 0
        let isMore = tables.jobs(number, from: from, limit: 1000) { job in
            next = job.id
            count += 1
            if heldStamps?.holds(job.id, JobStamp(job)) == true { return }
            if journal.marked[job.id] == nil { journal.mark(job.id, isUrgent: false) }
            // What memory holds may be newer than the store: the mark's own record says it then.
            guard entries[job.id] == nil, let serial = journal.marked[job.id] else { return }
            if outbox.journal(job, place, partition: number, effect: .job(instance: instance, id: job.id, serial: serial)) {
                journal.inFlight += 1
            }
        }
        journal.sweep = isMore ? next.successor : nil
        isSweepDirty = true
        if !isMore { heldStamps = nil }
    }

    func acknowledged(_ id: RequestID, serial: UInt64, isDone: Bool) {
        journal.inFlight -= 1
        journal.acknowledge(id, serial: serial, isDone: isDone)
        if !isDone, journal.closing[id] != nil { journal.toSend.append(id) }
    }

    func sealed(isDone: Bool) {
        if isDone { lastCheckpoint = journal.offsets.map(\.offset) }
        journal.sealed(at: now, isDone: isDone)
    }

    /// All that is folded.
    var currentOffsets: [(topic: String, offset: Int64)] {
        tracks.filter { $0.isDecisive }.map { ($0.topic, $0.position) }
    }

    /// All that is folded and has had its effect.
    var storableOffsets: [(topic: String, offset: Int64)] {
        tracks.filter { $0.isDecisive }.map { ($0.topic, $0.storable) }
    }
}

extension RequestID {
    /// The next id in order; nil behind the last one.
    var successor: RequestID? {
        if low != .max { return RequestID(high: high, low: low + 1) }
        return high != .max ? RequestID(high: high + 1, low: 0) : nil
    }
}
