import Core

/// What a node's store of a partition holds after a commit.
struct SimulatedStore {
    var jobs: [RequestID: Job]
    var offsets: Offsets
    var dirty: Set<RequestID>
}

/// What one node holds of one partition number. The store outlives it; memory does not.
final class SimulatedOwner: SimulatedSender {
    struct PendingCommand {
        var offset: Int
        var command: CommandRecord
        /// The ends that `.requests` and `.responses` had when it was read.
        var requestsEnd: Int
        var responsesEnd: Int
        var isDecided = false
    }

    struct PendingMove {
        var request: RequestRecord
        var isSent = false
    }

    unowned let world: SimulatedWorld
    unowned let node: SimulatedNode
    let partition: Int
    var producer: SimulatedProducer
    var store: SimulatedStore?
    var owns = false
    var isCaughtUp = false
    var jobs: [RequestID: Job] = [:]
    var offsets = Offsets()
    var source = ""
    var sequence: Int64 = 0
    var leaseFrom: [RequestID: Int64] = [:]
    var cancelFrom: [RequestID: Int64] = [:]
    var sentAt: [String: Int64] = [:]
    var moves: [Int: PendingMove] = [:]
    var commands: [PendingCommand] = []
    var dirty: Set<RequestID> = []
    /// Written for the checkpoint under way: marked until it is acknowledged.
    var marked: Set<RequestID> = []
    var urgent: Set<RequestID> = []
    var checkpoint: (number: Int, waitsFor: Int, offsets: Offsets)?
    var checkpoints = 0
    /// Of the last checkpoint in the log at the start.
    var checkpointOffsets: Offsets?
    /// While rebuilding: the ids that `rejoinder.jobs` holds.
    var held: Set<RequestID>?
    var noEffectBelow = 0
    var endsAtStart = Offsets()
    var knownEnds = Offsets()
    var lookedAt: Int64 = 0

    init(_ world: SimulatedWorld, _ node: SimulatedNode, _ partition: Int) {
        self.world = world
        self.node = node
        self.partition = partition
        producer = SimulatedProducer(world)
    }

    static let folded: [Topic] = [.requests, .responses, .commands]

    func log(_ topic: Topic) -> SimulatedLog { world[Place(topic, partition)] }

    var clock: Int64 { world.now + node.skew }

    /// Each producer of each start writes under its own name.
    var writer: String { "\(source).\(producer.generation)" }

    func ends() -> Offsets {
        var ends = Offsets()
        for topic in Topic.allCases where topic != .jobs { ends[topic] = log(topic).end }
        return ends
    }

    // MARK: - Start

    func assign(rebuild: Bool = false) {
        source = "correlator/\(node.name)\(world.nextName())"
        (sequence, owns, isCaughtUp) = (0, true, false)
        producer = SimulatedProducer(world)
        producer.sender = self
        (leaseFrom, cancelFrom, sentAt, moves, commands, dirty, marked, urgent) = ([:], [:], [:], [:], [], [], [], [])
        (checkpoint, checkpointOffsets, held) = (nil, nil, nil)
        endsAtStart = ends()
        let usable = store != nil && !rebuild && world.claims[partition] === node
        if usable, let store {
            (jobs, offsets, dirty) = (store.jobs, store.offsets, store.dirty)
        } else {
            store = nil
            restore(rebuild: rebuild)
        }
        for topic in Self.folded where offsets[topic] < log(topic).start {
            world.fail("I5 loud stop: \(topic) \(offsets[topic]) < \(log(topic).start)")
        }
        offsets[.heartbeats] = endsAtStart[.heartbeats]
        if rebuild { offsets[.commands] = max(offsets[.commands], checkpointOffsets?[.commands] ?? 0) }
        noEffectBelow = max(offsets[.requests], checkpointOffsets?[.requests] ?? 0)
        if !usable, world.fault == .storeAhead, world.random.chance(0.5) { offsets[.responses] = endsAtStart[.responses] }
        world.claims[partition] = node
        (lookedAt, knownEnds) = (world.now, endsAtStart)
        catchUp()
    }

    /// From `rejoinder.jobs` up to the checkpoint; without one, or to rebuild, from the start of the log.
    private func restore(rebuild: Bool) {
        let log = log(.jobs)
        var latest: [RequestID: (index: Int, record: SimulatedJobRecord)] = [:]
        var last: (index: Int, offsets: Offsets)?
        for (index, record) in log.records.enumerated() {
            switch record {
            case .checkpoint(_, let offsets)?: last = (index, offsets)
            case .job(let record)?: latest[record.job.id] = (index, record)
            default: break
            }
        }
        checkpointOffsets = last?.offsets
        held = rebuild ? Set(latest.keys) : nil
        var starts = Offsets()
        for topic in Topic.allCases { starts[topic] = topic == .jobs ? log.end : self.log(topic).start }
        guard let last, !rebuild else {
            offsets = starts
            jobs = latest.filter { $0.value.record.firstRequest < starts[.requests] || $0.value.record.firstEvent < starts[.responses] }
                .mapValues(\.record.job)
            return
        }
        offsets = last.offsets
        offsets[.jobs] = log.end
        jobs = latest.mapValues(\.record.job)
        // A record behind the checkpoint may be a former owner's: begin as early as it does.
        for (index, record) in latest.values where index >= last.offsets[.jobs] {
            for topic in [Topic.requests, .responses] { offsets[topic] = max(min(offsets[topic], record.offsets[topic]), starts[topic]) }
        }
        world.covered["restored", default: 0] += 1
    }

    func catchUp() {
        guard !isCaughtUp, Self.folded.allSatisfy({ offsets[$0] >= endsAtStart[$0] }) else { return }
        isCaughtUp = true
        for id in jobs.keys {
            leaseFrom[id] = world.now
            cancelFrom[id] = world.now
        }
    }

    func giveUp() {
        owns = false
        producer.crash()
    }

    func acknowledged(_ tag: Tag) {
        guard owns else { return }
        switch tag {
        case .command(let offset): commands.removeAll { $0.offset == offset }
        case .move(let offset): moves[offset] = nil
        case .job(let number) where checkpoint?.number == number:
            checkpoint?.waitsFor -= 1
            sendCheckpointIfReady()
        case .checkpoint(let number) where checkpoint?.number == number: (checkpoint, marked) = (nil, [])
        default: break
        }
    }

    /// What may be stored: a command, and a move, only once its effect is acknowledged.
    var storableOffsets: Offsets {
        var offsets = offsets
        offsets[.commands] = min(commands.map(\.offset).min() ?? .max, offsets[.commands])
        offsets[.requests] = min(moves.keys.min() ?? .max, offsets[.requests])
        return offsets
    }

    // MARK: - Writing

    func commit() {
        store = SimulatedStore(jobs: jobs, offsets: storableOffsets, dirty: dirty.union(marked))
    }

    private func write(_ id: RequestID, _ tag: Tag? = nil) {
        guard let job = jobs[id] else { return }
        let record = SimulatedJobRecord(
            job: job, offsets: offsets, firstRequest: job.facts.map { Int($0.offset) } ?? .max,
            firstEvent: world.firstEvents[partition]?[id] ?? .max, writer: writer)
        producer.send(Place(.jobs, partition), .job(record), tag)
    }

    func writeUrgent() {
        for id in urgent.sorted() where jobs[id]?.isVisible == true { write(id) }
        urgent = []
    }

    func writeCheckpoint() {
        guard checkpoint == nil, isCaughtUp else { return }
        let ids = dirty.sorted()
        (dirty, marked, urgent) = ([], dirty, [])
        var offsets = storableOffsets
        offsets[.jobs] = self.offsets[.jobs]
        checkpoints += 1
        checkpoint = (checkpoints, ids.count, offsets)
        for id in ids { write(id, .job(checkpoint: checkpoints)) }
        sendCheckpointIfReady()
    }

    private func sendCheckpointIfReady() {
        guard let checkpoint, checkpoint.waitsFor == 0 else { return }
        producer.send(Place(.jobs, partition), .checkpoint(writer: source, offsets: checkpoint.offsets), .checkpoint(checkpoint.number))
    }
}
