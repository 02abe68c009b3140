import Core

/// The rules of a job's life played in one process: real logs, owners, zombies, workers, twins, crashes, pauses, lost acknowledgements, cut
/// networks, retention, compaction and skewed clocks, by a seeded scheduler. It heals, and ten invariants are checked; the core's fold and
/// decide are the real ones.
///
/// I1 an acknowledged request reaches one final state, and it stays; I2 the result comes from a run of the job's own record; I3 store = fresh
/// fold = restore; I4 versions never go back, one version is one content; I5 nothing waits for ever; I6 bounds on failures and losses hold,
/// live workers keep their leases; I7 no needless runs or publications; I8 cancel, deadline, signal, retry, release and delayed start take
/// effect; I9 a record in a wrong partition ends in the right one once; I10 another interleaving of topics gives the same jobs.
public final class SimulatedWorld {
    /// A mistake of a shell, to see that the invariants notice it.
    public enum Fault: Sendable, CaseIterable {
        /// A worker commits before *started* is acknowledged.
        case commitEarly
        /// An owner decides before its fold has passed the ends.
        case earlyTimers
        /// A store has offsets without the jobs.
        case storeAhead
        /// Nobody decides anything.
        case noTimers
    }

    public let seed: UInt64
    let fault: Fault?
    let isTracing: Bool
    var random: SplitMix64
    /// The first invariant that was seen broken.
    public private(set) var broken: String?
    /// What happened, when tracing.
    public private(set) var trace: [String] = []
    /// How often what was reached.
    public var covered: [String: Int] = [:]

    var now: Int64 = 100_000
    var healedAt: Int64?
    /// How many producers had to send again, partitions changed hands, groups rebalanced.
    var (extra, handovers, rebalances) = (0, 0, 0)
    private var names = 0
    private var logs: [Place: SimulatedLog] = [:]
    var ghosts: [(time: Int64, records: [(place: Place, record: SimulatedRecord)])] = []

    let partitions: [Int]
    var nodes: [SimulatedNode] = []
    var owners: [SimulatedNode?] = [nil, nil]
    var claims: [SimulatedNode?] = [nil, nil]
    var workers: [SimulatedWorker] = []
    var groupOwner: SimulatedWorker?
    var groupCommitted = 0
    var rates: [String: Double] = [:]
    let jobsWanted: Int

    // Ground truth, kept at each append.
    var reference: [[RequestID: Job]] = [[:], [:]]
    var firstEvents: [[RequestID: Int]?] = [[:], [:]]
    var contents: [RequestID: [Int64: Content]] = [:]
    var finalAt: [RequestID: Int64] = [:]
    var runs: [String: String] = [:]
    var runCounts: [RequestID: Int] = [:]
    var moved: [RequestID: Int] = [:]
    var publications: [AttemptKey: Int] = [:]
    var beats: [String: Int64] = [:]
    var irregular: [String: Int64] = [:]
    var stops: [String: Int] = [:]

    // What clients know and did.
    var ids: [RequestID] = []
    var keyed: Set<RequestID> = []
    var pending: [(id: RequestID, offset: Int, body: String)] = []
    var acknowledged: [RequestID: Set<String>] = [:]
    var refused: [RequestID: Set<String>] = [:]
    var seen: [RequestID: (version: Int64, status: JobStatus, reopens: Int)] = [:]
    var signals: [RequestID: Int] = [:]
    var signalled: Set<RequestID> = []
    var retries: Set<AttemptKey> = []
    var cancelAt: [RequestID: Int64] = [:]
    var lastCancelAt: [RequestID: Int64] = [:]
    var lastRetryAt: [RequestID: Int64] = [:]
    var reopenedAt: [RequestID: Int64] = [:]
    var reopenCounts: [RequestID: Int] = [:]

    init(seed: UInt64, fault: Fault?, isTracing: Bool) {
        self.seed = seed
        self.fault = fault
        self.isTracing = isTracing
        random = SplitMix64(seed: seed)
        partitions = random.chance(0.25) ? [0, 1] : [0]
        jobsWanted = random.within(1...4)
        for kind in [
            "worker crash", "worker stop", "worker pause", "rebalance", "node crash", "node pause", "cut", "move", "fatal", "compact",
        ] {
            rates[kind] = random.pick([0, 0, 0.02, 0.06])
        }
        for topic in Topic.allCases { for partition in 0...1 { logs[Place(topic, partition)] = SimulatedLog() } }
        nodes = [SimulatedNode(self, name: "A"), SimulatedNode(self, name: "B")]
        for _ in 0..<random.within(1...2) { addWorker() }
        for partition in partitions { assign(partition) }
    }

    /// Plays a seed to its end; the world tells what was broken.
    public static func played(seed: UInt64, fault: Fault? = nil, tracing: Bool = false) -> SimulatedWorld {
        let world = SimulatedWorld(seed: seed, fault: fault, isTracing: tracing)
        world.run()
        return world
    }

    /// What to print when a seed fails: the broken invariant and the end of the same schedule, step by step.
    public static func report(seed: UInt64, fault: Fault? = nil) -> String {
        let world = played(seed: seed, fault: fault, tracing: true)
        return "seed \(seed): \(world.broken ?? "nothing broken")\n" + world.trace.suffix(80).joined(separator: "\n")
    }

    subscript(place: Place) -> SimulatedLog {
        get { logs[place] ?? SimulatedLog() }
        _modify { yield &logs[place, default: SimulatedLog()] }
    }

    func nextName() -> Int {
        names += 1
        return names
    }

    func fail(_ message: @autoclosure () -> String) {
        guard broken == nil else { return }
        broken = message()
        say("BROKEN \(broken ?? "")")
    }

    func say(_ what: @autoclosure () -> String) {
        if isTracing { trace.append("\(Double(now) / 1000) \(what())") }
    }

    func job(_ id: RequestID) -> Job? { reference[0][id] }

    func text(_ payload: Payload?) -> String { payload.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "" }

    // MARK: - Groups

    func addWorker() {
        let worker = SimulatedWorker(self, name: "w\(nextName())")
        workers.append(worker)
        if groupOwner == nil { give(worker) }
    }

    func give(_ worker: SimulatedWorker) {
        groupOwner = worker
        worker.own(from: groupCommitted)
        rebalances += 1
        say("partition to worker \(worker.name) from \(groupCommitted)")
    }

    func rebalance() {
        let live = workers.filter { $0.isRunnable && $0.closingAt == nil }
        guard !live.isEmpty else { return }
        let next = random.pick(live)
        if let old = groupOwner, old !== next, old.isRunnable, random.chance(0.5) {
            old.commit()
            old.owns = false
        }
        give(next)
    }

    func assign(_ partition: Int) {
        let live = nodes.filter { $0.isRunnable && $0.cutUntil <= now }
        guard !live.isEmpty else { return }
        let node = random.pick(live)
        let old = owners[partition]
        if old === node, node.owners[partition].owns { return }
        if let old, old !== node, old.isRunnable, old.owners[partition].owns, old.cutUntil <= now {  // an orderly revoke
            if random.chance(0.7) { old.owners[partition].commit() }
            old.owners[partition].giveUp()
        }
        // who joins anew has lost what it had
        for owner in node.owners where owner.owns && owners[owner.partition] !== node { owner.giveUp() }
        owners[partition] = node
        handovers += 1
        (node.lastProof, node.loopedAt) = (now, now)
        say("partition \(partition) to node \(node.name)")
        node.owners[partition].assign(rebuild: random.chance(0.05))
    }
}
