internal import Core
internal import Store

/// Jobs of a fold from nothing that are over, on their way to the store.
///
/// Sendable: nothing else holds the entries any more, and one thread at a time has them: the loop's until they are handed over, the
/// writer's until they are written, and then the loop's again.
final class FinishedJobs: Sendable {
    let partition: Int32
    nonisolated(unsafe) let entries: [Entry]

    init(partition: Int32, _ entries: [Entry]) {
        self.partition = partition
        self.entries = entries
    }

    /// Writes them, in as many transactions as they need.
    func write(to tables: JobTables, _ policies: Policies, requestRetention: Duration) throws(StoreError) {
        for entry in entries where !entry.isArmed { entry.arm(policies, requestRetention: requestRetention) }
        let ordered = Entry.ordered(entries)
        var writer = JobTables.Writer(tables)
        let last = try writer.putPieces(ordered, partition)
        try tables.store.write { transaction throws(StoreError) in try writer.put(last, partition, in: &transaction) }
    }
}
