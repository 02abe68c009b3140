internal import Core

/// What readers see of one owned partition.
struct PartitionView {
    /// Nil when it answers; else why it does not yet.
    var waitsFor: String? = "the partition is being restored"
    /// Jobs that the loop holds in memory, as of the last folded batch.
    var jobs: [RequestID: JobSnapshot] = [:]
    /// Jobs that left memory or were read from the store lately.
    var recent: RecentCache<RequestID, JobSnapshot>
    /// Counts what left `jobs`, so that a reader who read the store meanwhile does not put an old state into `recent`.
    var departures: UInt64 = 0
    /// The next offset of each topic that the fold will read.
    var positions: [String: Int64] = [:]
    /// Who waits for the fold.
    var waiters = FoldWaiters()

    init(recentMax: Int) { recent = RecentCache(generationMax: recentMax) }
}
