internal import Core
internal import Store

extension Partition {
    /// Whether the store lacks something.
    var isDirty: Bool {
        !uncommitted.isEmpty || !purged.isEmpty || isOffsetsDirty || isSweepDirty || !journal.removed.isEmpty || !garbage.isEmpty
            || !forgotten.isEmpty
    }

    /// How many changes the commit is about.
    var changes: Int {
        uncommitted.reduce(0) { $0 + JobTables.Writer.changesPerJob + $1.parts.count } + 10 * purged.count + journal.added.count
            + journal.removed.count
    }

    /// Everything since the last commit. What one transaction does not hold goes in pieces, the offsets in the last: what lies before
    /// it is then folded again, which changes nothing.
    func commit() throws(StoreError) {
        // Sorted beside their ids: the entries themselves are neither touched nor counted in each comparison.
        var order: [(id: RequestID, index: Int)] = []
        order.reserveCapacity(uncommitted.count)
        for index in uncommitted.indices where !uncommitted[index].isPurged { order.append((uncommitted[index].job.id, index)) }
        order.sort { $0.id < $1.id }
        uncommitted = order.map { uncommitted[$0.index] }
        for entry in uncommitted where !entry.isArmed { arm(entry) }
        var writer = JobTables.Writer(tables)
        var start = 0
        var size = 0
        for index in uncommitted.indices {
            let cost = JobTables.Writer.changesPerJob + uncommitted[index].parts.count
            if size + cost > Store.changesMax * 3 / 4, index > start {
                let piece = uncommitted[start..<index]
                try tables.store.write { transaction throws(StoreError) in try writer.put(piece, number, in: &transaction) }
                start = index
                size = 0
            }
            size += cost
        }
        while journal.added.count + journal.removed.count > Store.changesMax / 8 { try commitMarks(&writer) }
        let rest = uncommitted[start...]
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
        for index in tracks.indices where tracks[index].isStored && tracks[index].isUnstored {
            try writer.put(offset: tracks[index].storable, folded: tracks[index].position, topic: tracks[index].topic, number, in: &transaction)
        }
        for each in garbage { try writer.put(each, number, in: &transaction) }
        if isSweepDirty { try writer.put(sweep: journal.sweep, number, in: &transaction) }
    }

    /// How long a purged id is known to have been purged.
    static let purgedFor: Int64 = 30 * 86_400_000

    /// The transaction is done: what is final leaves memory, and more when there are too many.
    /// - Returns: the jobs that left memory; none before readers are answered.
    func committed() -> [Job] {
        var left: [Job] = []
        for entry in uncommitted {
            storedIDs?.insert(entry.job.id)
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
        for index in tracks.indices {
            tracks[index].stored = tracks[index].storable
            tracks[index].storedPosition = tracks[index].position
        }
        return left
    }

    private func leave(_ entry: Entry, _ left: inout [Job]) {
        guard entries[entry.job.id] === entry else { return }
        let isOver = entry.job.status.isFinal || entries.count > limits.jobsInMemoryMax && entry.job.phase != .open
        guard isOver, entry.sent == nil || entry.job.status.isFinal, entry.sentDuties.isEmpty else { return }
        entries[entry.job.id] = nil
        if isCaughtUp, entry.job.isVisible { left.append(entry.job) }
    }
}
