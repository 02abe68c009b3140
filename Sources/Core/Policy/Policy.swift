/// How an operation's jobs are treated. Read only when something is decided, never by the fold.
public struct Policy: Sendable, Equatable {
    /// From creation to the time when the answer stops being useful; for requests that name none.
    public var deadline: Duration?
    /// So many failures, and the job is dead-lettered.
    public var attempts: Int
    /// So many lost leases, and the job is dead-lettered.
    public var losses: Int
    public var backoff: Backoff
    /// How long a worker may be silent before its attempt is lost.
    public var lease: Duration
    /// How long a final job is kept.
    public var retention: Duration
    /// How many handlers a worker runs at once; nil: the worker's own limit.
    public var concurrency: Int?
    /// How long a worker has to end a cancelled job before the correlator does.
    public var grace: Duration

    public init(
        deadline: Duration? = nil, attempts: Int = 3, losses: Int = 10, backoff: Backoff = Backoff(), lease: Duration = .seconds(10),
        retention: Duration = .seconds(7 * 86_400), concurrency: Int? = nil, grace: Duration = .seconds(10)
    ) {
        self.deadline = deadline
        self.attempts = attempts
        self.losses = losses
        self.backoff = backoff
        self.lease = lease
        self.retention = retention
        self.concurrency = concurrency
        self.grace = grace
    }

    /// What holds for an operation that says nothing: the values of the example in the documentation, no deadline, no limit.
    public static let standard = Policy()
}
