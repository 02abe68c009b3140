public import Core

/// What the gateway asks of the correlator: the only way in which the two meet besides Kafka's topics. The program joins them.
///
/// All functions may be called from any thread and return at once; what takes longer calls back: on a thread of the correlator, or at once on
/// the caller's when the answer is known already. Callbacks must not wait.
public protocol JobQueries: Sendable {
    /// The job as it is folded now.
    func lookup(_ id: RequestID) -> JobAnswer

    /// Watches a job. The answer is the job on arrival; `onChange` gets every later state of it, newest last, possibly with versions left out,
    /// until the observation is cancelled. When the partition moves away, `onChange` is called once more with nil.
    func observe(_ id: RequestID, _ onChange: @escaping @Sendable (Job?) -> Void) -> (now: JobAnswer, observation: any JobObservation)

    /// Calls `done(true)` once the fold has passed `offset` of the operation's request topic, `done(false)` when that did not happen in
    /// time or this node does not own the partition.
    func whenFolded(
        operation: String, partition: Int32, past offset: Int64, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void)

    /// The same for the ends that all topics of the id's partition had when asked; askers share one look at the ends.
    func whenFoldedToEnd(of id: RequestID, within limit: Duration, _ done: @escaping @Sendable (Bool) -> Void)

    /// This node's jobs, newest first.
    func jobs(_ filter: JobFilter) -> JobPage

    /// Partial results with an index above `after`, at most `limit`, by index. Nil where the job is not here.
    func parts(of id: RequestID, after: Int, limit: Int) -> [JobPart]?

    /// Every event of the job in the order of the log. Nil where the job is not here.
    func history(of id: RequestID) -> [HistoryEntry]?

    /// Which node owns the partition of this id.
    func owner(of id: RequestID) -> PartitionOwner

    /// How long jobs of this operation usually take from acceptance to their end; nil when none has ended yet.
    func typicalDuration(of operation: String) -> Duration?

    /// Nil when this node can answer for its partitions; else what it waits for.
    func notReadyReason() -> String?
}

/// What is known of an id. Unknown, not yet visible, and forgotten are three answers.
public enum JobAnswer: Sendable {
    case job(Job)
    /// Not folded here, and the fold may not have passed it yet: ask `whenFoldedToEnd` before saying that it is unknown.
    case absent
    /// It ended, and was removed after its operation's retention.
    case purged
    /// Owned here, but the partition is being restored, or the proof of ownership is too old.
    case notReady(String)
    /// Another node owns the partition.
    case elsewhere
}

/// A registered watch; forgetting it without `cancel` leaks it until the job's partition moves.
public protocol JobObservation: Sendable {
    func cancel()
}

public enum PartitionOwner: Sendable, Equatable {
    case here
    /// `host:port` of its HTTP side.
    case node(address: String)
    /// No node has claimed it.
    case nobody
}

/// The filters of `GET /jobs`.
public struct JobFilter: Sendable, Equatable {
    public var operation: String?
    public var status: JobStatus?
    public var tenant: String?
    /// Created at or after, and before.
    public var since: Timestamp?
    public var until: Timestamp?
    public var limit: Int
    /// Only jobs older than this one.
    public var cursor: JobCursor?

    public init(
        operation: String? = nil, status: JobStatus? = nil, tenant: String? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        limit: Int,
        cursor: JobCursor? = nil
    ) {
        self.operation = operation
        self.status = status
        self.tenant = tenant
        self.since = since
        self.until = until
        self.limit = limit
        self.cursor = cursor
    }
}

/// A place in the list of jobs, which is ordered by time of creation, then id.
public struct JobCursor: Sendable, Equatable {
    public let createdAt: Timestamp
    public let id: RequestID

    public init(createdAt: Timestamp, id: RequestID) {
        self.createdAt = createdAt
        self.id = id
    }
}

public struct JobPage: Sendable {
    public let jobs: [Job]
    /// Where the next page begins; nil when there is none.
    public let next: JobCursor?

    public init(jobs: [Job], next: JobCursor?) {
        self.jobs = jobs
        self.next = next
    }
}

/// One partial result.
public struct JobPart: Sendable {
    public let index: Int
    public let attempt: Int
    public let time: Timestamp
    public let payload: Payload

    public init(index: Int, attempt: Int, time: Timestamp, payload: Payload) {
        self.index = index
        self.attempt = attempt
        self.time = time
        self.payload = payload
    }
}

/// One event of a job, with where it lies and what it did.
public struct HistoryEntry: Sendable {
    public let topic: String
    public let partition: Int32
    public let offset: Int64
    public let time: Timestamp
    /// The event's name; `Request` for a request record.
    public let type: String
    public let attempt: Int
    /// Who wrote it: a take, a correlator, the commands; empty for request records.
    public let source: String
    public let sequence: Int64
    /// Whether it changed the job; duplicates and late events did not.
    public let counted: Bool
    /// What a person wants to know of it: a message, a reason, an error's code.
    public let note: String

    public init(
        topic: String, partition: Int32, offset: Int64, time: Timestamp, type: String, attempt: Int, source: String, sequence: Int64,
        counted: Bool,
        note: String
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.time = time
        self.type = type
        self.attempt = attempt
        self.source = source
        self.sequence = sequence
        self.counted = counted
        self.note = note
    }
}
