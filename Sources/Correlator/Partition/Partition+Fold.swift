internal import Core
internal import Telemetry

extension Partition {
    /// A record of `<operation>.requests`. One that belongs into another partition is put aside to be moved.
    func fold(_ request: RequestRecord, track: Int, offset: Int64, appendedAt: Timestamp) {
        let home = Core.partition(of: request.id, count: count)
        guard home == number else {
            if offset >= tracks[track].effectFrom {
                moves.append(Move(track: track, offset: offset, home: home, record: request))
                tracks[track].held.append(offset)
            }
            return
        }
        // complete up to there, not held: purged
        if offset < tracks[track].effectFrom, heldStamps?.contains(request.id) == false { return }
        let entry = findOrMake(request.id)
        let change = entry.job.fold(request: request, offset: offset, appendedAt: appendedAt)
        entry.history.append(
            HistoryRow.Event(
                track: .requests, offset: offset, time: request.createdAt.milliseconds, type: HistoryType.request, outcome: change.outcome,
                attempt: Int32(clamping: request.attempt), sequence: 0, source: "", note: ""))
        note(entry, change, isEffective: offset >= tracks[track].effectFrom)
    }

    /// A record of `<operation>.responses`.
    func fold(_ event: EventRecord, track: Int, offset: Int64) {
        let entry = findOrMake(event.id)
        let change = entry.job.fold(event: event)
        entry.history.append(
            HistoryRow.Event(
                track: .responses, offset: offset, time: event.time.milliseconds, type: HistoryType.code(event.event),
                outcome: change.outcome,
                attempt: Int32(clamping: event.attempt), sequence: event.sequence, source: event.source, note: HistoryType.note(event.event)
            ))
        if change.outcome == .counted, change.effects.contains(.part) { keepPart(event, entry) }
        note(entry, change, isEffective: offset >= tracks[track].effectFrom)
        // A take that did not bind has no effect, and must be stopped all the same; one that ended is not to be stopped any more.
        if case .started = event.event {
            noteTakes(entry)
            if isCaughtUp { stopIfStale(entry, take: event.source) }
        } else if change.outcome == .late, entry.duties.contains(.staleTake) {
            noteTakes(entry)
        }
    }

    /// A record of `rejoinder.heartbeats`.
    func fold(_ heartbeat: HeartbeatRecord) {
        beats[heartbeat.worker] = now
        guard isCaughtUp, let ids = staleTakes[heartbeat.worker] else { return }
        for id in ids {
            guard let entry = find(id) else { continue }
            for take in entry.job.openTakes(of: heartbeat.worker) { stopIfStale(entry, take: take) }
        }
    }

    private func keepPart(_ event: EventRecord, _ entry: Entry) {
        guard case .part(let index, let payload) = event.event else { return }
        entry.parts.append(Entry.Part(index: index, payload: payload, time: event.time, attempt: event.attempt))
    }

    /// What a change means for all that hangs on a job.
    private func note(_ entry: Entry, _ change: Change, isEffective: Bool) {
        eventsUncommitted += 1
        if !entry.isUncommitted {
            entry.isUncommitted = true
            uncommitted.append(entry)
        }
        guard change.isChanged else { return }
        for unkept in change.unkept where unkept.outcome == .counted { keepPart(unkept.record, entry) }
        if !change.unkept.isEmpty { noteTakes(entry) }
        if !entry.isInBatch {
            entry.isInBatch = true
            batch.append(entry)
        }
        entry.isArmed = false
        if entry.reading({ $0.awaitedRecord }) != nil {
            awaiting.insert(entry.job.id)
            entry.duties.insert(.awaits)
        }
        let effects = change.effects
        if isCaughtUp || isResumed { journal.mark(entry.job.id, isUrgent: effects.contains(.status)) }
        if effects.isEmpty { return }
        if effects.contains(.take) { entry.leaseFrom = now }
        if effects.contains(.cancelRequested) { entry.cancelFrom = now }
        if effects.contains(.reopened) {
            entry.dropsParts = true
            entry.parts = []
        }
        if isEffective {
            if effects.contains(.deadLettered) { entry.duties.insert(.deadLetter) }
            if effects.contains(.final), entry.job.facts?.replyTo != nil { entry.duties.insert(.reply) }
        }
        if !effects.isDisjoint(with: [.take, .final, .status]) { noteTakes(entry) }
        if effects.contains(.final) {
            metrics.jobsFinal.add()
            if isCaughtUp, entry.job.status == .completed, let end = entry.job.finishedAt {
                ended.append((entry.job.operation, end.milliseconds - entry.job.createdAt.milliseconds))
            }
        }
        if !entry.duties.isDisjoint(with: [.deadLetter, .reply]) { owed.insert(entry.job.id) }
    }

    /// Behind a batch: a *started* that names a record which the fold of `.requests` has passed without finding it waits no longer.
    func settleAwaited() {
        guard !awaiting.isEmpty else { return }
        for id in awaiting {
            guard let entry = find(id), let offset = entry.job.awaitedRecord else {
                entries[id]?.duties.remove(.awaits)
                awaiting.remove(id)
                continue
            }
            guard let track = track(.requests(operation: entry.job.operation)), tracks[track].position > offset else { continue }
            let change = entry.job.fold(passed: tracks[track].position - 1)
            note(entry, change, isEffective: true)
            if entry.job.awaitedRecord == nil {
                entry.duties.remove(.awaits)
                awaiting.remove(id)
            }
        }
    }

    /// Keeps apart the jobs with an open take that is not current, so that a heartbeat finds them.
    func noteTakes(_ entry: Entry) {
        var isStale = false
        for source in entry.job.sources where source.openAttempt > 0 && (entry.job.phase != .open || entry.job.take != source.name) {
            isStale = true
            staleTakes[Origin.worker(ofTake: source.name), default: []].insert(entry.job.id)
        }
        if isStale {
            entry.duties.insert(.staleTake)
        } else if entry.duties.contains(.staleTake) {
            entry.duties.remove(.staleTake)
            for worker in staleTakes.keys { staleTakes[worker]?.remove(entry.job.id) }
        }
    }
}
