internal import Core
internal import Store

extension Partition {
    /// Whether the store lacks something.
    var isDirty: Bool {
        !uncommitted.isEmpty || !purged.isEmpty || isOffsetsDirty || isSweepDirty || !journal.removed.isEmpty || !garbage.isEmpty
            || !forgotten.isEmpty
    }

    /// Whether a commit brings the offsets with it.
    var storesOffsets: Bool { fromNothing == nil || isCaughtUp }

    /// How many changes the commit is about.
    var changes: Int {
        uncommitted.reduce(0) { $0 + JobTables.Writer.changesPerJob + $1.parts.count } + 10 * purged.count + journal.added.count
            + journal.removed.count
    }

    /// Everything since the last commit. What one transaction does not hold goes in pieces, the offsets in the last: what lies before
    /// it is then folded again, which changes nothing.
    func commit() throws(StoreError) {
        uncommitted = Entry.ordered(uncommitted.filter { !$0.isPurged })
        for entry in uncommitted where !entry.isArmed { arm(entry) }
        var writer = JobTables.Writer(tables)
        let rest = try writer.putPieces(uncommitted, number)
        while journal.added.count + journal.removed.count > Store.changesMax / 8 { try commitMarks(&writer) }
        try tables.store.write { transaction throws(StoreError) in
            try writer.put(rest, number, in: &transaction)
            try commitRest(&writer, &transaction)
        }
    }

    private func commitMarks(_ writer: inout JobTables.Writer) throws(StoreError) {
        let (added, removed) = journal.takeMarks(Store.changesMax / 4)
        try tables.store.write { transaction throws(StoreError) in
            for id in added { try writer.mark(id, number, in: &transaction) }
            for id in removed { try writer.unmark(id, number, in: &transaction) }
        }
    }

    private func commitRest(_ writer: inout JobTables.Writer, _ transaction: inout WriteTransaction) throws(StoreError) {
        for entry in purged { try writer.purge(entry, number, until: wall.milliseconds + Self.purgedFor, in: &transaction) }
        for (id, until) in forgotten { try writer.forget(id, number, until: until, in: &transaction) }
        let (added, removed) = journal.takeMarks(.max)
        for id in added { try writer.mark(id, number, in: &transaction) }
        for id in removed { try writer.unmark(id, number, in: &transaction) }
        for index in tracks.indices where storesOffsets && tracks[index].isStored && tracks[index].isUnstored {
            try writer.put(
                offset: tracks[index].storable, folded: tracks[index].position, topic: tracks[index].topic, number, in: &transaction)
        }
        for each in garbage { try writer.put(each, number, in: &transaction) }
        if isSweepDirty { try writer.put(sweep: journal.sweep, number, in: &transaction) }
    }

    /// How long a purged id is known to have been purged.
    static let purgedFor: Int64 = 30 * 86_400_000

    /// The transaction is done: what is final leaves memory, and more when there are too many.
    /// - Returns: the jobs that left memory; none before readers are answered.
    func committed() -> [JobSnapshot] {
        var left: [JobSnapshot] = []
        for entry in uncommitted {
            fromNothing?.storedIDs.insert(entry.job.id)
            entry.isUncommitted = false
            entry.history = HistoryRow()
            entry.parts = []
            entry.dropsParts = false
            entry.storedTimer = entry.timer
            entry.storedDuties = entry.duties
            if !entry.isPurged { leave(entry, &left) }
        }
        for entry in loaded where !entry.isUncommitted && !entry.isPurged { leave(entry, &left) }
        uncommitted.removeAll(keepingCapacity: true)
        loaded.removeAll(keepingCapacity: true)
        gone += purged.map(\.job.id)
        purged.removeAll()
        forgotten.removeAll()
        garbage.removeAll()
        eventsUncommitted = 0
        isOffsetsDirty = false
        isSweepDirty = false
        for index in tracks.indices where storesOffsets {
            tracks[index].stored = tracks[index].storable
            tracks[index].storedPosition = tracks[index].position
        }
        return left
    }

    /// Of a fold from nothing: the changed jobs that are over. They leave memory for whoever writes them.
    func takeFinished() -> FinishedJobs? {
        guard !storesOffsets else { return nil }
        func isFinished(_ entry: Entry) -> Bool {
            entry.job.status.isFinal && entry.isUncommitted && !entry.isPurged && entry.sentDuties.isEmpty
        }
        var finished: [Entry] = []
        var rest: [Entry] = []
        finished.reserveCapacity(uncommitted.count)
        for entry in uncommitted {
            if isFinished(entry) {
                finished.append(entry)
                entries[entry.job.id] = nil
                fromNothing?.storedIDs.insert(entry.job.id)
            } else {
                rest.append(entry)
            }
        }
        guard !finished.isEmpty else { return nil }
        if !loaded.isEmpty { loaded.removeAll(where: isFinished) }
        uncommitted = rest
        eventsUncommitted = rest.count
        return FinishedJobs(partition: number, finished)
    }

    private func leave(_ entry: Entry, _ left: inout [JobSnapshot]) {
        guard entries[entry.job.id] === entry else { return }
        let isOver = entry.job.status.isFinal || entries.count > jobsInMemoryMax && entry.job.phase != .open
        guard isOver, entry.sent == nil || entry.job.status.isFinal, entry.sentDuties.isEmpty else { return }
        entries[entry.job.id] = nil
        if isCaughtUp, entry.job.isVisible { left.append(entry.shown ?? JobSnapshot(entry.job)) }
    }
}
