import Core

/// All that a client sees of a job at one version.
struct Content: Equatable {
    let status: JobStatus
    let attempt: Int
    let worker: String
    let progress: Progress?
    let waiting: Waiting?
    let result: Payload?
    let error: Failure?
    let attemptErrors: [AttemptError]
    let parts: Int
    let times: [Timestamp?]

    init(_ job: Job) {
        status = job.status
        attempt = job.attempt
        worker = job.worker
        progress = job.progress
        waiting = job.waiting
        result = job.result
        error = job.error
        attemptErrors = job.error == nil ? [] : job.attemptErrors
        parts = job.parts
        times = [job.createdAt, job.updatedAt, job.startedAt, job.finishedAt, job.deadline]
    }
}

// The logs, and the truth about them: the fold of each record as it is appended.

extension SimulatedWorld {
    @discardableResult
    func append(_ place: Place, _ record: SimulatedRecord) -> Int {
        let offset = self[place].end
        self[place].records.append(record)
        self[place].times.append(now)
        if place.topic != .heartbeats, place.topic != .jobs { say("\(place.topic)-\(place.partition)@\(offset) \(record)") }
        switch record {
        case .heartbeat(let worker):
            if now - (beats[worker] ?? -100_000) > Times.lease * 6 / 10 { irregular[worker] = now }
            beats[worker] = now
        case .command(let command):
            if case .stop(let take, _) = command.command, healedAt != nil {
                stops[take, default: 0] += 1
                if stops[take, default: 0] > 4 { fail("I7 \(command.id): Stop is sent to \(take) for ever") }
            }
        case .request(let request, let by):
            guard place.partition == 0 else { break }
            reference[0][request.id, default: Job(id: request.id)].fold(
                request: request, offset: Int64(offset), appendedAt: Timestamp(milliseconds: now))
            if by == "mover" { moved[request.id, default: 0] += 1 }
            if let job = job(request.id) { see(job) }
        case .event(let event): take(event, place.partition, offset)
        case .job, .checkpoint: break
        }
        return offset
    }

    private func take(_ event: EventRecord, _ partition: Int, _ offset: Int) {
        let id = event.id
        if firstEvents[partition]?[id] == nil { firstEvents[partition]?[id] = offset }
        let old = reference[partition][id] ?? Job(id: id)
        reference[partition][id] = old
        reference[partition][id]?.fold(event: event)
        guard let job = reference[partition][id] else { return }
        see(job)
        if job.losses > old.losses { checkLease(old, old.take) }
        if job.cancellation != nil, old.cancellation == nil, lastCancelAt[id] ?? 0 < lastRetryAt[id] ?? 0 {
            fail("I1 \(id): a cancel older than the retry ends it")
        }
        let given = signals[id] ?? 0
        if job.signals.count > given, given > 0, job.signals.count > old.signals.count {
            fail("I1 \(id): \(given) signals were given, \(job.signals.count) counted")
        }
        if job.status == .expired, old.status != .expired, job.reopens > 0 { fail("I8 \(id): a retry that expires") }
        if !old.status.isFinal, job.status.isFinal { finalAt[id] = now }
        if !old.status.isFinal, job.status == .completed, let result = job.result {
            let parts = text(result).split(separator: "|").map(String.init)
            if runs[parts.last ?? ""] != parts.first || parts.first != text(old.payload) {
                fail(
                    "I2 \(id): the job is \(text(old.payload)), its result \(text(result)) of a run with \(runs[parts.last ?? ""] ?? "nothing")"
                )
            }
        }
        if old.status == .failed, job.status == .retrying {
            reopenCounts[id, default: 0] += 1
            reopenedAt[id] = now
            signals[id] = 0
            covered["reopened", default: 0] += 1
            if retries.remove(AttemptKey(id: id, attempt: event.attempt)) == nil {
                fail("I1 \(id) left FAILED (attempt \(event.attempt)) without an operator")
            }
            cancelAt[id] = nil
        } else if old.status.isFinal, job.status != old.status {
            fail("I1 \(id) final \(old.status) became \(job.status)")
        }
    }

    func see(_ job: Job) {
        guard job.isVisible else { return }
        let content = Content(job)
        if let known = contents[job.id]?[job.version] {
            if known != content { fail("I4 \(job.id) version \(job.version) shows two states: \(known) and \(content)") }
        } else {
            contents[job.id, default: [:]][job.version] = content
        }
    }

    func ran(_ take: SimulatedTake, offset: Int) {
        let id = take.request.id
        runs[take.source] = text(take.request.payload)
        runCounts[id, default: 0] += 1
        say("RUN \(take.source) \(id) attempt \(take.request.attempt) offset \(offset) \(text(take.request.payload)) \(take.outcome)")
        if refused[id]?.contains(text(take.request.payload)) == true { covered["ran a body that was answered 422", default: 0] += 1 }
        if let healedAt, let final = finalAt[id], job(id)?.status.isFinal == true, now - max(final, healedAt) > 60_000,
            self[Place(.requests, 0)].times[offset] < healedAt
        {
            fail("I7 \(id) run again long after it was final")
        }
        if let facts = job(id)?.facts, let notBefore = facts.notBefore, job(id)?.reopens == 0, now < notBefore.milliseconds - 1_100 {
            fail("I8 \(id) runs at \(now), not before \(notBefore.milliseconds)")
        }
    }

    /// Removes what a newer record of the same key hides, up to a random place.
    func compact() {
        for partition in partitions {
            let place = Place(.jobs, partition)
            var seen: Set<String> = []
            for index in stride(from: random.within(0...self[place].end) - 1, through: 0, by: -1) {
                let key: String
                switch self[place].records[index] {
                case .job(let record)?: key = record.job.id.text
                case .checkpoint?: key = "checkpoint"
                default: continue
                }
                if !seen.insert(key).inserted { self[place].records[index] = nil }
            }
        }
    }

    /// Removes what is too old, unless the correlators were down for as long (that loses by design).
    func retain() {
        for topic in Topic.allCases where topic != .jobs {
            for partition in partitions {
                let place = Place(topic, partition)
                var start = self[place].start
                while start < self[place].end, self[place].times[start] < now - Times.retention(topic) { start += 1 }
                guard start > self[place].start, topic == .heartbeats || isPassed(start, topic, partition) else { continue }
                covered["retention \(topic)", default: 0] += 1
                for index in self[place].start..<start { self[place].records[index] = nil }
                self[place].start = start
            }
        }
    }

    /// Whether the owner, its store and every checkpoint that may still count lie beyond.
    private func isPassed(_ start: Int, _ topic: Topic, _ partition: Int) -> Bool {
        guard let owner = owners[partition]?.owners[partition], owner.owns else { return false }
        var flying: [Int] = []
        var last: Int?
        for case .checkpoint(_, let offsets)? in self[Place(.jobs, partition)].records { last = offsets[topic] }
        guard let last else { return false }
        let waiting = owner.producer.queue.map(\.record) + ghosts.flatMap { $0.records.map(\.record) }
        for case .checkpoint(_, let offsets) in waiting { flying.append(offsets[topic]) }
        if let checkpoint = owner.checkpoint { flying.append(checkpoint.offsets[topic]) }
        return ([owner.offsets[topic], last, owner.store?.offsets[topic] ?? last] + flying).allSatisfy { $0 >= start }
    }
}
