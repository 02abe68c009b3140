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

    public init(version: Int64, late: Int64, sequences: Int64, kept: Int, newestRecordAt: Timestamp, lastRecordOffset: Int64, seenAttempt: Int) {
        self.version = version
        self.late = late
        self.sequences = sequences
        self.kept = kept
        self.newestRecordAt = newestRecordAt
        self.lastRecordOffset = lastRecordOffset
        self.seenAttempt = seenAttempt
    }

    /// The stamp in one word, by the mixing of MurmurHash3's 64-bit finalizer: two stamps of a job that differ have different digests but for
    /// one pair in 2^64.
    public var digest: UInt64 {
        var hash: UInt64 = 0
        for word in [version, late, sequences, Int64(kept), newestRecordAt.milliseconds, lastRecordOffset, Int64(seenAttempt)] {
            hash = Self.mix(hash ^ UInt64(bitPattern: word) &+ 0x9e37_79b9_7f4a_7c15)
        }
        return hash
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var hash = value
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ (hash >> 33)
    }
}
