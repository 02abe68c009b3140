import Core

// Reading: every record changes the fold, and some ask for an answer.

extension SimulatedOwner {
    func fold() {
        let topics = Topic.allCases.filter { offsets[$0] < log($0).end }
        if !topics.isEmpty {
            let topic = world.random.pick(topics)
            let stop = min(log(topic).end, offsets[topic] + world.random.within(1...6))
            while offsets[topic] < stop {
                let offset = offsets[topic]
                offsets[topic] += 1
                if let record = log(topic).records[offset] { take(record, offset) }
            }
        }
        if world.random.chance(0.5) { (knownEnds, lookedAt) = (ends(), world.now) }
        catchUp()
    }

    private func take(_ record: SimulatedRecord, _ offset: Int) {
        switch record {
        case .request(let request, _): take(request, offset)
        case .event(let event): take(event)
        case .heartbeat(let worker): beat(worker)
        case .command(let command):
            switch command.command {
            case .cancel, .signal, .retry:
                commands.append(
                    PendingCommand(offset: offset, command: command, requestsEnd: log(.requests).end, responsesEnd: log(.responses).end))
            case .stop, .deliver: break
            }
        case .job(let record):
            if record.writer != writer, jobs[record.job.id] != nil { dirty.insert(record.job.id) }  // another owner's: ours goes behind it
        case .checkpoint: break
        }
    }

    private func take(_ request: RequestRecord, _ offset: Int) {
        guard partition == 0 else {
            if offset >= noEffectBelow { moves[offset] = PendingMove(request: request) }
            return
        }
        if let held, offset < checkpointOffsets?[.requests] ?? 0, !held.contains(request.id) { return }  // it was purged
        let time = Timestamp(milliseconds: log(.requests).times[offset])
        changed(request.id) { $0.fold(request: request, offset: Int64(offset), appendedAt: time) }
    }

    private func take(_ event: EventRecord) {
        let change = changed(event.id) { $0.fold(event: event) }
        if change.effects.contains(.cancelRequested) { cancelFrom[event.id] = world.now }
        if case .started = event.event, isCaughtUp, let stop = jobs[event.id]?.stop(take: event.source) { command(event.id, stop) }
    }

    @discardableResult
    private func changed(_ id: RequestID, _ fold: (inout Job) -> Change) -> Change {
        var job = jobs[id] ?? Job(id: id)
        let change = fold(&job)
        jobs[id] = job
        if change.effects.contains(.take) {
            leaseFrom[id] = world.now
            if job.cancellation != nil { cancelFrom[id] = world.now }
        }
        world.see(job)
        dirty.insert(id)
        if change.effects.contains(.status) { urgent.insert(id) }
        return change
    }

    private func beat(_ worker: String) {
        for (id, job) in jobs where job.worker == worker { leaseFrom[id] = world.now }
        guard isCaughtUp else { return }
        for id in jobs.keys.sorted() {
            guard let job = jobs[id] else { continue }
            for take in job.openTakes(of: worker) {
                if let stop = job.stop(take: take) { command(id, stop) }
            }
        }
    }

    func command(_ id: RequestID, _ command: Command, again: Int64 = Times.again) {
        let key = "\(id) \(command)"
        guard world.now - (sentAt[key] ?? -(1 << 50)) > again else { return }
        sentAt[key] = world.now
        let record = CommandRecord(id: id, operation: "work", time: Timestamp(milliseconds: world.now), command: command)
        producer.send(Place(.commands, partition), .command(record))
    }
}
