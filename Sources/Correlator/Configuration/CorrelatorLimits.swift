/// The bounds of the correlator's memory and work.
public struct CorrelatorLimits: Sendable {
    /// Records folded before readers see them.
    public var recordsPerBatchMax = 2_000
    /// The same while catching up, when nobody reads.
    public var recordsPerBatchCatchingUpMax = 5_000
    /// Changed jobs a commit.
    public var changedJobsPerCommitMax = 20_000
    /// Events of all partitions that are not committed while catching up.
    public var eventsPerCommitCatchingUpMax = 100_000
    /// Jobs of all partitions in memory while folding from nothing, above which topics that are ahead of their counterparts rest.
    public var jobsCatchingUpMax = 100_000
    /// Open jobs of all partitions held in memory, beside those that are being worked on; the others are read from the store when something
    /// happens to them.
    public var jobsInMemoryMax = 100_000
    /// Finished jobs held in memory for readers, of all partitions.
    public var recentJobsMax = 20_000
    /// Timers fired in one turn of the loop; the next turn goes on.
    public var timersPerTurnMax = 2_000
    /// Jobs written to `rejoinder.jobs` that are not acknowledged yet.
    public var journalInFlightMax = 10_000
    /// Who waits for a fold (`whenFolded`).
    public var waitersMax = 100_000
    /// Records set aside that are kept in the store's table; older ones go, the count stays.
    public var garbageRowsMax = 10_000
    /// Rows looked at for one page of `jobs`; then the page ends early with a cursor.
    public var listRowsMax = 50_000
    /// Records that the library fetches ahead for each topic partition, and bytes for all of them.
    public var prefetchRecords = 100_000
    public var prefetchBytes = 32 << 20
    /// The size of the store's map: a limit, not a cost.
    public var storeBytesMax = 64 << 30

    /// The defaults.
    public init() {}
}
