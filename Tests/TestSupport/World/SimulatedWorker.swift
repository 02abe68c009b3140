import Core

/// A run of a handler in the simulated world.
final class SimulatedTake {
    enum Outcome { case ok, retry, fatal, wait, slow }
    enum State { case running, waiting, done }

    let request: RequestRecord
    let source: String
    let startedAt: Int64
    /// Whether its handler looks at cancellations.
    let obeys: Bool
    var sequence: Int64 = 0
    var isAcknowledged = false
    var state: State = .running
    var dueAt: Int64
    var outcome: Outcome
    var signals: Set<String> = []

    init(_ request: RequestRecord, source: String, startedAt: Int64, obeys: Bool, dueAt: Int64, outcome: Outcome) {
        self.request = request
        self.source = source
        self.startedAt = startedAt
        self.obeys = obeys
        self.dueAt = dueAt
        self.outcome = outcome
    }
}

/// A worker process: takes requests of partition 0, runs handlers, beats, answers commands; may pause, stop and die.
final class SimulatedWorker: SimulatedSender {
    private unowned let world: SimulatedWorld
    let name: String
    let producer: SimulatedProducer
    let skew: Int64
    var isAlive = true
    var pausedUntil: Int64 = 0
    var wokeAt: Int64
    var owns = false
    var closingAt: Int64?
    var takes: [SimulatedTake] = []
    private var remembered: [AttemptKey: Int] = [:]
    private var batch: [(offset: Int, waitsFor: String?)] = []
    private var position = 0
    private var commandPosition: Int
    private var nextBeat: Int64 = 0
    private var count = 0

    init(_ world: SimulatedWorld, name: String) {
        self.world = world
        self.name = name
        producer = SimulatedProducer(world)
        skew = Int64(world.random.within(-5...5)) * 100
        commandPosition = world[Place(.commands, 0)].end
        wokeAt = world.now
        producer.sender = self
    }

    var isRunnable: Bool { isAlive && pausedUntil <= world.now }
    private var clock: Int64 { world.now + skew }

    func acknowledged(_ tag: Tag) {
        switch tag {
        case .started(let source):
            takes.first { $0.source == source }?.isAcknowledged = true
            for index in batch.indices where batch[index].waitsFor == source { batch[index].waitsFor = nil }
        case .answer(let source): takes.removeAll { $0.source == source }
        default: break
        }
    }

    func own(from offset: Int) {
        owns = true
        position = offset
        batch = []
    }

    func poll() {
        guard owns, closingAt == nil else { return }
        if world.groupOwner !== self, world.random.chance(0.5) {  // the fetch or the heartbeat tells the former owner
            owns = false
            batch = []
            return
        }
        let log = world[Place(.requests, 0)]
        position = max(position, log.start)
        let stop = min(log.end, position + world.random.within(1...4))
        while position < stop {
            let offset = position
            position += 1
            guard case .request(let request, _)? = log.records[offset] else { continue }
            batch.append((offset, start(request, offset)))
        }
        if world.fault == .commitEarly { world.groupCommitted = max(world.groupCommitted, position) }
    }

    private func start(_ request: RequestRecord, _ offset: Int) -> String? {
        if let deadline = request.deadline, clock >= deadline.milliseconds { return nil }
        if let notBefore = request.notBefore, clock < notBefore.milliseconds { return nil }
        let key = AttemptKey(id: request.id, attempt: request.attempt)
        if let other = remembered[key], other != offset { return nil }
        count += 1
        let outcome: SimulatedTake.Outcome = world.random.pick(
            [.ok, .retry, .fatal, .wait, .slow], weights: world.healedAt == nil ? [60, 18, 4, 12, 6] : [80, 8, 2, 10, 0])
        let wait = Int64(world.random.below(80) + world.random.below(40)) * 100 / 2
        let take = SimulatedTake(
            request, source: "\(name)/\(count)", startedAt: world.now, obeys: world.random.chance(0.8),
            dueAt: world.now + wait + (outcome == .slow ? 40_000 : 0), outcome: outcome)
        takes.append(take)
        remembered[key] = offset
        world.ran(take, offset: offset)
        send(take, .started(offset: Int64(offset), worker: name), .started(take.source))
        return take.source
    }

    private func send(_ take: SimulatedTake, _ event: Event, _ tag: Tag? = nil) {
        take.sequence += 1
        let record = EventRecord(
            id: take.request.id, attempt: take.request.attempt, source: take.source, sequence: take.sequence,
            time: Timestamp(milliseconds: clock), event: event)
        producer.send(Place(.responses, 0), .event(record), tag)
    }

    private func answer(_ take: SimulatedTake, _ event: Event) {
        take.state = .done
        send(take, event, .answer(take.source))
    }

    func handle() {
        for take in takes where take.state != .done {
            if !take.isAcknowledged, world.now - take.startedAt > 5_000 {
                answer(take, .released(reason: "not acknowledged"))
            } else if take.state == .waiting {
                if take.signals.contains("ok") {
                    (take.state, take.outcome, take.dueAt) = (.running, .ok, world.now + 1_000)
                }
            } else if world.now >= take.dueAt {
                finish(take)
            } else if world.random.chance(0.05) {
                send(take, .progress(Progress(message: "\(take.source):\(take.sequence)")))
            } else if world.random.chance(0.03) {
                send(take, .part(index: Int(take.sequence), payload: take.request.payload))
            } else if world.random.chance(0.03) {
                send(take, .checkpoint(Checkpoint(step: world.random.pick(["", "a"]), value: Array("\(take.sequence)".utf8))))
            }
        }
    }

    private func finish(_ take: SimulatedTake) {
        switch take.outcome {
        case .wait:
            take.state = .waiting
            send(take, .waiting(Waiting(name: "ok")))
        case .ok, .slow:
            answer(take, .completed(payload: Payload(schema: 2, bytes: take.request.payload.bytes + Array("|\(take.source)".utf8))))
        case .retry: answer(take, .failed(Failure(code: "again", message: "", retryable: true)))
        case .fatal: answer(take, .failed(Failure(code: "fatal", message: "")))
        }
    }

    func commit() {
        while let first = batch.first, first.waitsFor == nil {
            batch.removeFirst()
            if world.groupOwner === self {
                world.groupCommitted = max(world.groupCommitted, first.offset + 1)
            } else {
                owns = false
            }
        }
    }

    func readCommands() {
        let log = world[Place(.commands, 0)]
        commandPosition = max(commandPosition, log.start)
        while commandPosition < log.end {
            let record = log.records[commandPosition]
            commandPosition += 1
            guard case .command(let command)? = record else { continue }
            for take in takes where take.request.id == command.id && take.state != .done {
                switch command.command {
                case .cancel where take.obeys: answer(take, .cancelled(reason: "obeyed"))
                case .stop(take.source, _): answer(take, .released(reason: "stopped"))
                case .deliver(take.source, let signals): take.signals.formUnion(signals.map(\.name))
                default: break
                }
            }
        }
    }

    func tick() {
        guard isRunnable else { return }
        if world.now >= nextBeat {
            nextBeat = world.now + Times.beat
            if owns || !takes.isEmpty { producer.send(Place(.heartbeats, 0), .heartbeat(worker: name)) }
        }
        if let closingAt, world.now >= closingAt || producer.queue.isEmpty && producer.unacknowledged.isEmpty {
            commit()
            die()
        }
    }

    func shutDown() {
        closingAt = world.now + Int64(world.random.pick([8_000, 8_000, 500]))
        for take in takes where take.state != .done { answer(take, .released(reason: "shutting down")) }
    }

    func die() {
        isAlive = false
        owns = false
        producer.crash()
        if world.groupOwner === self { world.groupOwner = nil }
    }
}

struct AttemptKey: Hashable {
    var id: RequestID
    var attempt: Int
}
