internal import Core
internal import Telemetry

extension Partition {
    /// The fold has passed the ends of assignment: timers and leases begin.
    func beginDeciding() {
        for id in tables.ids(number, statuses: [.running, .waiting]) { _ = find(id) }
        tables.duties(number) { id, duties in
            guard let entry = find(id) else { return }
            if !duties.isDisjoint(with: [.deadLetter, .reply]) { owed.insert(id) }
            if duties.contains(.awaits) { awaiting.insert(id) }
            if duties.contains(.staleTake) { noteTakes(entry) }
        }
        for entry in entries.values {
            entry.leaseFrom = now
            entry.cancelFrom = now
            entry.isArmed = false
            arm(entry)
            deliverSignals(entry)  // a former owner may have died before it did
        }
    }

    /// Behind each folded batch: timers of what changed.
    func armChanged() {
        guard isCaughtUp else { return }
        for entry in batch {
            arm(entry)
            deliverSignals(entry)
        }
    }

    /// Everything that is not the fold: moves, commands, timers, duties, in this order. `isLookFresh`: the ends were looked at of late.
    /// - Returns: whether a look at the ends is wanted.
    func act(_ outbox: Outbox) -> Bool {
        guard isCaughtUp else { return false }
        sendMoves(outbox)
        sendMessages(outbox)
        var wantsLook = decideCommands(outbox)
        performDuties(outbox)
        loadTimers()
        collectDue()
        guard !due.isEmpty else { return wantsLook }
        // So that an outage expires nothing: timers fire only while the fold has passed a look at the ends that is under a second old.
        if now - lookedAt > timings.lookAgeMax.wholeMilliseconds {
            wantsLook = true
        } else if isAbreast {
            review(outbox)
        }
        return wantsLook
    }

    // MARK: - Records in a wrong partition

    private func sendMoves(_ outbox: Outbox) {
        for index in moves.indices where !moves[index].isSent {
            guard case .requests = tracks[moves[index].track].kind else { continue }
            let effect = Effect.move(instance: instance, track: moves[index].track, offset: moves[index].offset)
            guard outbox.publish(moves[index].record, partition: moves[index].home, effect: effect) else { return }
            metrics.recordsMisplaced.add()
            moves[index].isSent = true
        }
    }

    /// The moved record is acknowledged (or was not: it is sent again).
    func moved(track: Int, offset: Int64, isDone: Bool) {
        guard let index = moves.firstIndex(where: { $0.track == track && $0.offset == offset }) else { return }
        if isDone {
            moves.remove(at: index)
            tracks[track].release(offset)
            isOffsetsDirty = true
        } else {
            moves[index].isSent = false
        }
    }

    // MARK: - Commands

    /// A record of `rejoinder.commands`. What is for workers, or was decided before, is passed over.
    func read(_ command: CommandRecord, track: Int, offset: Int64, look: UInt64) {
        switch command.command {
        case .stop, .deliver: return
        case .cancel, .signal, .retry: break
        }
        guard offset >= tracks[track].effectFrom else { return }
        commands.append(PendingCommand(offset: offset, record: command, look: look))
        tracks[track].held.append(offset)
    }

    /// The ends that `look` saw: commands that were read before it began wait for the fold to pass them.
    func learn(ends: [String: Int64], look: UInt64, at time: Int64) {
        for index in tracks.indices {
            if let end = ends[tracks[index].topic] { tracks[index].known = max(tracks[index].known, end) }
        }
        lookedAt = time
        lookSeen = look
        lookEnds = ends
    }

    /// In the order of the log, each once the fold has passed the ends that the topics had when it was read.
    private func decideCommands(_ outbox: Outbox) -> Bool {
        guard commands.contains(where: { !$0.isSent }) else { return false }
        var refused: [Int64] = []
        var wantsLook = false
        // One command of a job at a time: were an earlier one's event sent again behind a later one's, its lower sequence would make it a duplicate.
        var underWay = Set(commands.lazy.filter(\.isSent).map(\.record.id))
        decide: for index in commands.indices where !commands[index].isSent && !underWay.contains(commands[index].record.id) {
            guard commands[index].look <= lookSeen else {
                wantsLook = true
                break decide
            }
            guard tracks.allSatisfy({ $0.position >= (lookEnds[$0.topic] ?? 0) || $0.kind == .commands || !$0.isDecisive }) else {
                break decide
            }
            let command = commands[index].record
            let job = find(command.id)?.job
            switch Job.decide(command, on: job) {
            case .refuse(let reason):
                logger.info("refused a command", ["requestId": command.id, "why": String(describing: reason)])
                refused.append(commands[index].offset)
            case .append(let attempt, let event):
                let record = EventRecord(
                    id: command.id, attempt: attempt, source: commandSource, sequence: commands[index].offset + 1, time: wall,
                    traceparent: job?.facts?.traceparent, event: event)
                let effect = Effect.command(instance: instance, offset: commands[index].offset)
                guard outbox.append(record, operation: job?.operation ?? command.operation, partition: number, effect: effect) else {
                    break decide
                }
                metrics.decisions.add()
                commands[index].isSent = true
                underWay.insert(command.id)
            }
        }
        for offset in refused { decided(offset: offset, isDone: true) }
        return wantsLook
    }

    /// The event of a command is acknowledged (or was not: it is decided again).
    func decided(offset: Int64, isDone: Bool) {
        guard let index = commands.firstIndex(where: { $0.offset == offset }) else { return }
        if isDone {
            commands.remove(at: index)
            if let track = track(.commands) { tracks[track].release(offset) }
            isOffsetsDirty = true
        } else {
            commands[index].isSent = false
        }
    }

    private func sendMessages(_ outbox: Outbox) {
        guard !messages.isEmpty else { return }
        var sent = 0
        for (id, operation, command) in messages {
            let record = CommandRecord(id: id, operation: operation, time: wall, by: source, command: command)
            var effect: Effect?
            if case .deliver = command { effect = .deliver(instance: instance, id: id) }
            guard outbox.send(record, partition: number, effect: effect) else { break }
            sent += 1
        }
        messages.removeFirst(sent)
    }

    /// A `Deliver` was not acknowledged: nobody else sends it again. (A lost `Stop` is sent again at the worker's next heartbeat.)
    func notDelivered(_ id: RequestID) {
        guard let entry = find(id) else { return }
        entry.delivered = ("", 0)
        deliverSignals(entry)
    }

    // MARK: - Duties

    /// Dead letters and replies: sent until acknowledged.
    private func performDuties(_ outbox: Outbox) {
        for id in owed {
            guard let entry = find(id) else {
                owed.remove(id)
                continue
            }
            if entry.duties.contains(.deadLetter), !entry.sentDuties.contains(.deadLetter) {
                guard outbox.deadLetter(entry.job, partition: number, instance: instance) else { return }
                entry.sentDuties.insert(.deadLetter)
            }
            if entry.duties.contains(.reply), !entry.sentDuties.contains(.reply) {
                guard outbox.reply(entry.job, partition: number, instance: instance) else { return }
                entry.sentDuties.insert(.reply)
            }
        }
    }

    /// A dead letter or reply is acknowledged, or was not.
    func performed(_ duty: Duties, of id: RequestID, isDone: Bool) {
        guard let entry = find(id) else { return }
        entry.sentDuties.remove(duty)
        guard isDone else { return }
        entry.duties.remove(duty)
        if entry.duties.isDisjoint(with: [.deadLetter, .reply]) { owed.remove(id) }
        touch(entry)
    }

    /// The entry must be written at the next commit.
    func touch(_ entry: Entry) {
        guard !entry.isUncommitted else { return }
        entry.isUncommitted = true
        uncommitted.append(entry)
    }
}
