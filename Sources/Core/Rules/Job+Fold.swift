// The fold: pure and total. Only `.responses` orders state; request records add facts that never change. The rules are those of
// "One order decides"; what a clause is for is said where it stands.

extension Job {
    /// Folds a record of `.requests` of this id. `appendedAt` is the record's time in the log. Folding it again changes nothing.
    @discardableResult
    public mutating func fold(request record: RequestRecord, offset: Int64, appendedAt: Timestamp) -> Change {
        seenAttempt = max(seenAttempt, record.attempt)
        newestRecordAt = max(newestRecordAt, appendedAt)
        var change = take(record, offset: offset, appendedAt: appendedAt)
        if record.attempt <= 1 {
            lastRecordOffset = max(lastRecordOffset, offset)
            if record.notBefore == nil, change.outcome != .clash { isStartable = true }
        }
        if !kept.isEmpty { unkeep(&change) }
        return change
    }

    /// Tells that the fold of `.requests` has passed `offset`: a *started* that names a record up to there, of which there is none, waits no longer.
    @discardableResult
    public mutating func fold(passed offset: Int64) -> Change {
        var change = Change(.duplicate)
        while facts != nil, let waited = awaitedRecord, waited <= offset {
            lastRecordOffset = max(lastRecordOffset, waited)
            change.outcome = .counted
            unkeep(&change)
        }
        return change
    }

    /// Folds a record of `.responses` of this id.
    @discardableResult
    public mutating func fold(event record: EventRecord) -> Change {
        let index = sources.lastIndex { $0.name == record.source }
        if record.sequence <= (index.map { sources[$0].sequence } ?? 0) { return Change(.duplicate) }
        if !kept.isEmpty || !isReady(record) {
            // Within a source, kept sequences only rise: the last one kept decides.
            if let last = kept.last(where: { $0.source == record.source }), last.sequence >= record.sequence { return Change(.duplicate) }
            kept.append(record)
            return Change(.kept)
        }
        let (outcome, effects) = apply(record, index)
        return Change(outcome, effects)
    }

    /// The offset of the request record that the first kept event waits for; nil when nothing waits, or the request itself is missing.
    public var awaitedRecord: Int64? {
        guard facts != nil, let first = kept.first, case .started(let offset, _) = first.event else { return nil }
        return offset
    }

    // MARK: - Request records

    private mutating func take(_ record: RequestRecord, offset: Int64, appendedAt: Timestamp) -> Change {
        guard let facts else {
            facts = JobFacts(record, offset: offset, appendedAt: appendedAt)
            payload = record.payload
            deadline = record.deadline
            updatedAt = record.createdAt
            return Change(.first, [.visible, .status])
        }
        if offset == facts.offset { return Change(.first) }
        guard record.attempt <= 1 else { return Change(.attempt) }
        guard record.payload.digest != facts.digest else { return Change(.twin) }
        // Remembered until an attempt is bound: only a *started* of attempt 1 can still name it.
        if attempt == 0, !status.isFinal, offset > lastRecordOffset { clashes.append(offset) }
        return Change(.clash)
    }

    // MARK: - Kept events

    /// Whether what an event needs of `.requests` is folded: the request, and for a *started* of attempt 1 the record it names, whose body
    /// may differ from the facts.
    private func isReady(_ record: EventRecord) -> Bool {
        guard let facts else { return false }
        guard attempt == 0, record.attempt == 1, case .started(let offset, _) = record.event else { return true }
        return offset <= facts.offset || offset <= lastRecordOffset
    }

    private mutating func unkeep(_ change: inout Change) {
        var count = 0
        while count < kept.count, isReady(kept[count]) {
            let record = kept[count]
            count += 1
            // No duplicate: it was told from the folded and the kept ones when it came, and its source has not gone on since.
            let (outcome, effects) = apply(record, sources.lastIndex { $0.name == record.source })
            change.effects.formUnion(effects)
            change.unkept.append(Change.Unkept(record: record, outcome: outcome))
        }
        if count == kept.count { kept = [] } else { kept.removeFirst(count) }
    }

    // MARK: - Events

    /// Folds an event whose turn it is; `known` is the index of its source.
    private mutating func apply(_ record: EventRecord, _ known: Int?) -> (Change.Outcome, Change.Effects) {
        let index = known ?? sources.count
        if known == nil {
            sources.append(JobSource(name: record.source, sequence: record.sequence))
        } else {
            sources[index].sequence = record.sequence
        }
        switch record.event {
        case .started: sources[index].openAttempt = record.attempt
        case .completed, .failed, .cancelled, .released: sources[index].openAttempt = 0
        default: break
        }
        guard let effects = change(record, index) else {
            late &+= 1
            return (.late, [])
        }
        if effects.contains(.visible) {
            version &+= 1
            updatedAt = record.time
        }
        return (.counted, effects)
    }

    /// What an event changes; nil: nothing.
    private mutating func change(_ record: EventRecord, _ source: Int) -> Change.Effects? {
        if case .reopened(_, let corrected) = record.event { return reopen(record, corrected) }
        guard !status.isFinal else { return nil }  // the first final event won
        switch record.event {
        case .started(let offset, let worker):
            return bind(record, to: offset, worker: worker, source)
        case .completed(let payload):
            return isBound(record, source) ? complete(record, payload) : nil
        case .failed(let failure):
            guard isBound(record, source) else { return nil }
            if !failure.retryable { return fail(record, failure) }
            return isCurrent(record) ? failRetryably(record, failure) : nil
        case .cancelled(let reason):
            let counts = Origin(source: record.source) == .correlator ? record.attempt == attempt : isBound(record, source)
            return counts ? end(.cancelled, record, reason) : nil
        case .progress, .part, .checkpoint, .waiting, .released:
            return isBound(record, source) && isCurrent(record) ? advance(record) : nil
        case .signalled(let signal):
            return add(signal)
        case .cancelRequested(let by, let reason):
            guard cancellation == nil else { return nil }
            cancellation = CancelRequest(by: by, reason: reason, time: record.time)
            return .cancelRequested
        case .retryScheduled, .leaseExpired, .expired, .deadLettered:
            return record.attempt == attempt ? settle(record) : nil  // decided on another attempt: fenced
        case .reopened:
            return nil
        }
    }
}
