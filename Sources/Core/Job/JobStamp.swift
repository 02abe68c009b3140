/// How far a job is folded, in a few words: every record that changes a job changes its stamp, so that two folds of one id with the same
/// stamp are the same job. `version` does not tell that: a cancellation, a checkpoint or a late event is no change that a client sees.
public struct JobStamp: Sendable, Hashable {
    public let version: Int64
    public let late: Int64
    /// The sum of the sequences of all sources: it rises with each event that is folded.
    public let sequences: Int64
    public let kept: Int
    public let newestRecordAt: Timestamp
    public let lastRecordOffset: Int64
    public let seenAttempt: Int

    public init(_ job: Job) {
        version = job.version
        late = job.late
        sequences = job.sources.reduce(0) { $0 &+ $1.sequence }
        kept = job.kept.count
        newestRecordAt = job.newestRecordAt
        lastRecordOffset = job.lastRecordOffset
        seenAttempt = job.seenAttempt
    }

    public init(
        version: Int64, late: Int64, sequences: Int64, kept: Int, newestRecordAt: Timestamp, lastRecordOffset: Int64, seenAttempt: Int
    ) {
        self.version = version
        self.late = late
        self.sequences = sequences
        self.kept = kept
        self.newestRecordAt = newestRecordAt
        self.lastRecordOffset = lastRecordOffset
        self.seenAttempt = seenAttempt
    }
}
