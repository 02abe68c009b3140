import Core

// Timers, commands and publications.

extension SimulatedOwner {
    func act() {
        guard isCaughtUp || world.fault == .earlyTimers else { return }
        for offset in moves.keys.sorted() where moves[offset]?.isSent == false {
            guard let move = moves[offset] else { continue }
            moves[offset]?.isSent = true
            producer.send(Place(.requests, 0), .request(move.request, by: "mover"), .move(offset))
        }
        decideCommands()
        let read = Topic.allCases.filter { $0 != .jobs }
        if world.fault == .noTimers { return }
        if world.fault != .earlyTimers, read.contains(where: { offsets[$0] < knownEnds[$0] }) { return }  // the fold lags
        if world.now - lookedAt > 1_000 { return }  // the look at the ends is too old
        for id in jobs.keys.sorted() { decide(id) }
    }

    private func decide(_ id: RequestID) {
        guard let job = jobs[id] else { return }
        if let delivery = job.delivery { command(id, delivery, again: 1 << 40) }
        if !isCaughtUp {
            if leaseFrom[id] == nil { leaseFrom[id] = world.now }
            if cancelFrom[id] == nil { cancelFrom[id] = world.now }
        }
        let circumstances = Circumstances(
            now: Timestamp(milliseconds: clock), leaseAge: .milliseconds(world.now - (leaseFrom[id] ?? world.now)),
            cancelAge: .milliseconds(world.now - (cancelFrom[id] ?? world.now)), policy: Times.policy,
            requestRetention: .milliseconds(Times.retention(.requests)))
        let decision = job.decide(circumstances)
        world.checkWake(job, circumstances, decision)
        guard let decision else { return }
        let key = Self.key(id, decision)
        guard world.now - (sentAt[key] ?? -(1 << 50)) > Times.again else { return }
        sentAt[key] = world.now
        switch decision {
        case .publish(let attempt):
            world.checkPublication(job, attempt)
            if let request = job.request(attempt: attempt) {
                producer.send(Place(.requests, partition), .request(request, by: "correlator"))
            } else {
                world.fail("I8 \(id): attempt \(attempt) is due and its payload is gone")
            }
        case .append(let attempt, let event):
            if case .leaseExpired(let take, _, _) = event { world.checkLease(job, take) }
            append(id, attempt, event)
        case .purge: world.fail("I1 \(id): purged before its time")
        }
    }

    private static func key(_ id: RequestID, _ decision: Decision) -> String {
        switch decision {
        case .publish(let attempt): "\(id) publish \(attempt)"
        case .append(let attempt, let event): "\(id) \(event.name) \(attempt)"
        case .purge: "\(id) purge"
        }
    }

    private func append(_ id: RequestID, _ attempt: Int, _ event: Event, command offset: Int? = nil) {
        let time = Timestamp(milliseconds: clock)
        if let offset {
            let record = EventRecord(
                id: id, attempt: attempt, source: Origin.commands(partition: Int32(partition)), sequence: Int64(offset) + 1, time: time,
                event: event)
            producer.send(Place(.responses, partition), .event(record), .command(offset))
        } else {
            sequence += 1
            let record = EventRecord(id: id, attempt: attempt, source: source, sequence: sequence, time: time, event: event)
            producer.send(Place(.responses, partition), .event(record))
        }
    }

    /// In order, each once the fold has passed the ends that the topics had when it was read.
    private func decideCommands() {
        var refused: Set<Int> = []
        for index in commands.indices where !commands[index].isDecided {
            let pending = commands[index]
            if offsets[.requests] < pending.requestsEnd || offsets[.responses] < pending.responsesEnd { break }
            commands[index].isDecided = true
            let id = pending.command.id
            switch Job.decide(pending.command, on: jobs[id]) {
            case .append(let attempt, let event): append(id, attempt, event, command: pending.offset)
            case .refuse:
                refused.insert(pending.offset)
                world.checkRefusal(pending.command, jobs[id])
            }
        }
        commands.removeAll { refused.contains($0.offset) }
    }
}
