/// The state of one request, as folded from its events. A value: what a reader holds never changes under it.
///
/// Only `fold` changes a job (in this package also the codec that restores one); copies share facts, payloads and lists.
public struct Job: Sendable, Equatable {
    public let id: RequestID
    /// Nil while only events have come: they wait in `kept`, and no client sees the job.
    public package(set) var facts: JobFacts?
    /// The request's body, corrected by an operator's retry perhaps; kept while the job is open or FAILED.
    public package(set) var payload: Payload?

    // What a client sees.
    public package(set) var status: JobStatus = .accepted
    /// Counts the events that changed what a client sees, from 0.
    public package(set) var version: Int64 = 0
    /// The attempt that counts; 0: none has started.
    public package(set) var attempt = 0
    /// The process that holds, or last held, the attempt; "": none yet.
    public package(set) var worker = ""
    public package(set) var progress: Progress?
    public package(set) var waiting: Waiting?
    public package(set) var result: Payload?
    /// The last failure, of whichever attempt; `error` says when a client sees it.
    public package(set) var failure: Failure?
    /// How the latest attempts came to nothing, oldest first, at most `attemptErrorsMax`.
    public package(set) var attemptErrors: [AttemptError] = []
    /// How many partial results there are: the highest index + 1.
    public package(set) var parts = 0
    public package(set) var deadline: Timestamp?
    /// Of the last event that changed what a client sees; `createdAt` before.
    public package(set) var updatedAt = Timestamp(milliseconds: 0)
    public package(set) var startedAt: Timestamp?
    public package(set) var finishedAt: Timestamp?
    /// Why it was cancelled, expired or dead-lettered.
    public package(set) var reason = ""
    public package(set) var cancellation: CancelRequest?

    // The current attempt.
    public package(set) var phase: JobPhase = .new
    /// The source of the take that holds the attempt, or held it last; "": none yet.
    public package(set) var take = ""
    /// The request record that the current attempt is bound to.
    public package(set) var boundOffset: Int64?
    public package(set) var attemptStartedAt: Timestamp?
    public package(set) var failures = 0
    public package(set) var losses = 0
    /// The attempt to be published next; 0: none is decided.
    public package(set) var nextAttempt = 0
    /// When it is to be published.
    public package(set) var nextAt = Timestamp(milliseconds: 0)
    /// The highest attempt that was ever decided on.
    public package(set) var attemptTop = 0
    /// How many times an operator ran it again.
    public package(set) var reopens = 0

    // What a handler is given.
    /// Every signal that was folded; each new take gets them all.
    public package(set) var signals: [Signal] = []
    /// The last value of each step.
    public package(set) var checkpoints: [Checkpoint] = []

    // What `.requests` tells beyond the facts.
    /// The highest attempt that a request record was seen of.
    public package(set) var seenAttempt = 0
    /// The highest log time of a request record.
    public package(set) var newestRecordAt = Timestamp(milliseconds: .min)
    /// The offset of the last record of attempt 1.
    public package(set) var lastRecordOffset: Int64 = -1
    /// Whether a record was seen that workers may start at once (one without `notBefore`).
    public package(set) var isStartable = false
    /// Offsets of records of attempt 1 with another body than the facts', until an attempt is bound.
    public package(set) var clashes: [Int64] = []

    // The order of events.
    public package(set) var sources: [JobSource] = []
    /// Events that wait for a request record, in their order.
    public package(set) var kept: [EventRecord] = []
    /// How many events came too late to change anything.
    public package(set) var late: Int64 = 0

    /// A job of which nothing is known yet.
    public init(id: RequestID) {
        self.id = id
    }

    /// Attempts and parts are Avro's `int` on the topics: what has no successor there does not count.
    static let countMax = Int(Int32.max)

    /// At most so many entries of `attemptErrors`: the oldest go first.
    public static let attemptErrorsMax = 20
}
