// What a worker's take says.

extension Job {
    /// Whether the source's *started* was bound in the attempt that counts now. What a source says whose *started* did not bind (a twin, a
    /// record published twice, another attempt) counts for nothing.
    func isBound(_ record: EventRecord, _ source: Int) -> Bool {
        record.attempt == attempt && attempt > 0 && sources[source].attempt == attempt
    }

    /// Whether the source holds the attempt, and the attempt is open.
    func isCurrent(_ record: EventRecord) -> Bool {
        phase == .open && record.source == take
    }

    /// The first *started* of an attempt binds it to a request record; the same record again is a redelivery and takes over while the attempt is
    /// open; another record is a twin or was published twice. A later attempt supersedes.
    mutating func bind(_ record: EventRecord, to offset: Int64, worker: String, _ source: Int) -> Change.Effects? {
        guard record.attempt > 0, record.attempt < Self.countMax, record.attempt >= attempt else { return nil }
        if record.attempt > attempt || boundOffset == nil {
            if record.attempt == 1, clashes.contains(offset) { return nil }  // another body than the facts' never runs as this job
            let superseded: Change.Effects = record.attempt > attempt ? .visible : []
            attempt = record.attempt
            attemptTop = max(attemptTop, attempt)
            boundOffset = offset
            clashes = []
            return takeOver(record, worker, source).union(superseded)
        }
        guard boundOffset == offset, phase == .open else { return nil }
        return takeOver(record, worker, source)
    }

    private mutating func takeOver(_ record: EventRecord, _ named: String, _ source: Int) -> Change.Effects {
        var effects: Change.Effects = .take
        take = record.source
        sources[source].attempt = attempt
        phase = .open
        nextAttempt = 0
        attemptStartedAt = record.time
        if startedAt == nil {
            startedAt = record.time
            effects.formUnion(.visible)
        }
        let holder = named.isEmpty ? Origin.worker(ofTake: record.source) : named
        if worker != holder {
            worker = holder
            effects.formUnion(.visible)
        }
        return effects.union(run())
    }

    /// RUNNING, waiting for nothing.
    private mutating func run() -> Change.Effects {
        waiting = nil
        guard status != .running else { return [] }
        status = .running
        return [.visible, .status]
    }

    mutating func advance(_ record: EventRecord) -> Change.Effects? {
        switch record.event {
        case .progress(let new):
            let effects: Change.Effects = progress == new ? [] : .visible
            progress = new
            return effects.union(run())
        case .part(let index, _):
            guard index >= 0, index < Self.countMax else { return nil }
            parts = max(parts, index + 1)
            return [.visible, .part]
        case .checkpoint(let checkpoint):
            if let known = checkpoints.firstIndex(where: { $0.step == checkpoint.step }) {
                checkpoints[known].value = checkpoint.value
            } else {
                checkpoints.append(checkpoint)
            }
            return []
        case .waiting(let new):
            // A signal that came first is not waited for.
            if signals.contains(where: { $0.name == new.name }) { return run() }
            let effects: Change.Effects = status == .waiting ? (waiting == new ? [] : .visible) : [.visible, .status]
            status = .waiting
            waiting = new
            return effects
        case .released:
            return close(record, at: record.time)
        default:
            return nil
        }
    }

    mutating func complete(_ record: EventRecord, _ payload: Payload) -> Change.Effects {
        result = payload
        return end(.completed, record, "")
    }

    mutating func fail(_ record: EventRecord, _ failure: Failure) -> Change.Effects {
        note(failure, record)
        return end(.failed, record, "")
    }

    /// The attempt is over; whether there is another one is for a correlator to decide.
    mutating func failRetryably(_ record: EventRecord, _ failure: Failure) -> Change.Effects {
        note(failure, record)
        phase = .failed
        failures += 1
        nextAttempt = 0
        return .visible
    }

    /// Remembers how the attempt came to nothing.
    mutating func note(_ failure: Failure, _ record: EventRecord) {
        self.failure = failure
        if attemptErrors.count >= Self.attemptErrorsMax { attemptErrors.removeFirst() }
        attemptErrors.append(
            AttemptError(attempt: record.attempt, worker: worker, time: record.time, code: failure.code, message: failure.message))
    }

    mutating func add(_ signal: Signal) -> Change.Effects {
        signals.append(signal)
        guard waiting?.name == signal.name else { return .signalled }
        return run().union(.signalled)
    }
}
