internal import Core
internal import Events
internal import Telemetry

/// What one start of a correlator holds of one partition number: the folded jobs in memory, how far the topics are folded, what is
/// owed. Used by the loop's thread only; it decides nothing itself (Core does) and sends nothing itself (`Outbox` does).
final class Partition {
    let number: Int32
    let count: Int
    /// Tells this start of the partition from others of the process.
    let instance: Int
    /// Under which its decisions are written: unique for each start.
    let source: String
    let commandSource: String
    let names: TopicNames
    let tables: JobTables
    let policies: Policies
    let limits: CorrelatorLimits
    /// This partition's part of the node's `jobsInMemoryMax`.
    let jobsInMemoryMax: Int
    let timings: CorrelatorTimings
    let metrics: CorrelatorMetrics
    let logger: Logger

    /// Counts within `source`.
    var sequence: Int64 = 0
    var tracks: [Track] = []
    /// Of each operation, the tracks of its requests and of its responses.
    var operations: [(requests: Int, responses: Int)] = []
    var entries: [RequestID: Entry] = [:]
    /// Changed by the batch that is being folded.
    var batch: [Entry] = []
    /// Jobs that the batch completed, and how long they took.
    var ended: [(operation: String, milliseconds: Int64)] = []
    /// Changed since the last commit.
    var uncommitted: [Entry] = []
    /// Read from the store since the last commit.
    var loaded: [Entry] = []
    /// Events folded since the last commit.
    var eventsUncommitted = 0
    /// Records of a wrong partition, and of commands, that are being dealt with.
    var moves: [Move] = []
    var commands: [PendingCommand] = []
    /// Jobs to look at as soon as decisions are allowed.
    var due: [RequestID] = []
    var wallTimers = TimerHeap<RequestID>()
    var leaseTimers = TimerHeap<RequestID>()
    /// Timers of the store's index that are due before this are in `wallTimers`.
    var timersLoadedTo = Int64.min / 2
    /// When a worker's last heartbeat was read (monotonic).
    var beats: [String: Int64] = [:]
    /// Jobs that have an open take of this worker which is not current.
    var staleTakes: [String: Set<RequestID>] = [:]
    /// When a take was last told to stop.
    var stops: [String: Int64] = [:]
    /// Jobs whose first kept event waits for a request record.
    var awaiting: Set<RequestID> = []
    /// Jobs whose rows the next commit takes out.
    var purged: [Entry] = []
    /// Purged ids that are forgotten too, with their timers' times.
    var forgotten: [(id: RequestID, until: Int64)] = []
    /// Records that were set aside since the last commit.
    var garbage: [Garbage] = []
    /// `Stop` and `Deliver` for workers, to be sent.
    var messages: [(id: RequestID, operation: String, command: Command)] = []
    /// Jobs to whom something is owed.
    var owed: Set<RequestID> = []
    var journal = Journal()
    /// The fold has passed the ends of assignment: readers are answered, decisions are taken.
    var isCaughtUp = false
    /// Kafka has acknowledged that this node claims the partition.
    var isClaimed = false
    var isSweepDirty = false
    var lastCheckpoint: [Int64] = []
    /// Whether the fold went on from the store's offsets, not from the start of the topics.
    var isResumed = false
    /// `rejoinder.jobs` is read before all else.
    var isRestoring = false
    /// Of what it held, the jobs of which the topics do not tell (everything) any more.
    var restoredJobs: [RequestID: Job] = [:]
    /// The operation that a record of `rejoinder.jobs` was of last, and what of its topics retention has taken.
    var cutOperation = (name: "", begin: Int64(0), lacksEvents: false)
    /// Up to where the last checkpoint says that `rejoinder.jobs` is complete.
    var checkpoint: [String: Int64] = [:]
    /// The bounds that the topics had at assignment.
    var resolution: Resolution?
    var isClaimSent = false
    /// Tracks by the consumer's topic indexes; -1: none.
    var topicTracks: [Int] = []
    /// Jobs that were purged with the last commit.
    var gone: [RequestID] = []
    /// Held offsets were let go: the store's offsets move without any job.
    var isOffsetsDirty = false
    /// The last look at the ends, and what it saw.
    var lookSeen: UInt64 = 0
    var lookEnds: [String: Int64] = [:]
    /// When the ends were last looked at (monotonic).
    var lookedAt = Int64.min / 2
    /// The jobs that `rejoinder.jobs` holds and how far they are folded there, when the partition is folded from the start of the topics.
    var heldStamps: StampTable?
    var fromNothing: FoldFromNothing?
    /// Something was read since readers were told last.
    var isTouched = false
    var now: Int64
    var wall: Timestamp

    init(number: Int32, count: Int, instance: Int, start: String, environment: Environment) {
        self.number = number
        self.count = count
        self.instance = instance
        source = "\(Origin.correlatorPrefix)\(environment.node)/\(start)-\(number)"
        commandSource = Origin.commands(partition: number)
        names = environment.names
        tables = environment.tables
        policies = environment.policies
        limits = environment.limits
        jobsInMemoryMax = max(1, environment.limits.jobsInMemoryMax / max(1, count))
        timings = environment.timings
        metrics = environment.metrics
        logger = environment.logger.with(["partition": number])
        now = Clocks.monotonic
        wall = Clocks.wall
    }

    /// What all partitions of a node share.
    struct Environment {
        let node: String
        let names: TopicNames
        let tables: JobTables
        let policies: Policies
        let limits: CorrelatorLimits
        let timings: CorrelatorTimings
        let metrics: CorrelatorMetrics
        let logger: Logger
    }

    /// The job in memory, read from the store, or nil when neither has it.
    func find(_ id: RequestID) -> Entry? {
        if let entry = entries[id] { return entry }
        if let fromNothing, !fromNothing.mayHave(id) { return nil }
        guard let stored = tables.job(number, id) else { return nil }
        let entry = Entry(stored.job, now: now)
        entry.listed = stored.listed
        entry.storedTimer = stored.timer
        entry.timer = stored.timer
        entry.storedDuties = stored.duties
        entry.duties = stored.duties
        entries[id] = entry
        loaded.append(entry)
        return entry
    }

    /// The job, made when there is none.
    func findOrMake(_ id: RequestID) -> Entry {
        if let entry = find(id) { return entry }
        let entry = Entry(Job(id: id), now: now)
        entries[id] = entry
        return entry
    }

    func track(_ kind: Track.Kind) -> Int? { tracks.firstIndex { $0.kind == kind } }

    /// Looks whether the fold has passed the ends of assignment. True once: at that moment.
    func catchesUp() -> Bool {
        guard !isCaughtUp, isClaimed, !tracks.isEmpty, tracks.allSatisfy({ !$0.isDecisive || $0.position >= $0.goal }) else { return false }
        isCaughtUp = true
        return true
    }

    /// Whether all that the last look at the ends saw is folded.
    var isAbreast: Bool { tracks.allSatisfy { !$0.isTimely || $0.position >= $0.known } }

    /// The next offset of each topic.
    var positions: [String: Int64] { Dictionary(tracks.map { ($0.topic, $0.position) }, uniquingKeysWith: { first, _ in first }) }
}
