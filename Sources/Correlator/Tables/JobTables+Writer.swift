internal import Avro
internal import Core
internal import Events
internal import Store

extension JobTables {
    /// Puts what changed into one transaction.
    struct Writer: ~Copyable {
        let tables: JobTables
        private var encoder = AvroWriter(capacity: 2048)
        private var row: [UInt8] = []

        init(_ tables: JobTables) { self.tables = tables }

        /// At most so many changes go with one job, beside its parts.
        static let changesPerJob = 7

        /// Jobs in the order of their ids: their rows, and everything that hangs on them.
        mutating func put(_ entries: ArraySlice<Entry>, _ partition: Int32, in transaction: inout WriteTransaction) throws(StoreError) {
            try putJobs(entries, partition, &transaction)
            try putHistory(entries, partition, &transaction)
            try putList(entries, partition, &transaction)
            try putTimers(entries, partition, &transaction)
            for entry in entries {
                if entry.duties != entry.storedDuties { try put(entry.duties, entry.job.id, partition, &transaction) }
                if entry.dropsParts { try transaction.delete(tables.parts, .prefix(JobTables.key(partition, entry.job.id).bytes)) }
                for part in entry.parts { try put(part, entry.job.id, partition, &transaction) }
            }
        }

        /// Writes jobs in the order of their ids, in as many transactions as their number asks for, but for the last of these.
        /// - Returns: the jobs of that.
        mutating func putPieces(_ entries: [Entry], _ partition: Int32) throws(StoreError) -> ArraySlice<Entry> {
            var start = 0
            var size = 0
            for index in entries.indices {
                let cost = Self.changesPerJob + entries[index].parts.count
                if size + cost > Store.changesMax * 3 / 4, index > start {
                    let piece = entries[start..<index]
                    try tables.store.write { transaction throws(StoreError) in try put(piece, partition, in: &transaction) }
                    start = index
                    size = 0
                }
                size += cost
            }
            return entries[start...]
        }

        private mutating func putJobs(_ entries: ArraySlice<Entry>, _ partition: Int32, _ transaction: inout WriteTransaction)
            throws(StoreError)
        {
            var key = ByteKey()
            var encoder = AvroWriter(capacity: 2048)
            let table = tables.jobs
            try transaction.batch(table) { batch throws(StoreError) in
                for entry in entries {
                    key.reset()
                    key.append(UInt16(truncatingIfNeeded: partition))
                    key.append(entry.job.id)
                    encoder.removeAll()
                    encoder.writeLittleEndian(entry.timer)
                    encoder.writeByte(entry.duties.rawValue)
                    entry.reading { encoder.writeJob($0) }
                    try batch.put(key.bytes.span.bytes, encoder.span)
                }
            }
        }

        private func putHistory(_ entries: ArraySlice<Entry>, _ partition: Int32, _ transaction: inout WriteTransaction) throws(StoreError)
        {
            var key = ByteKey()
            let table = tables.history
            try transaction.batch(table) { batch throws(StoreError) in
                for entry in entries where !entry.history.isEmpty {
                    key.reset()
                    key.append(UInt16(truncatingIfNeeded: partition))
                    key.append(entry.job.id)
                    key.append(entry.history.firstTrack)
                    key.append(entry.history.firstOffset)
                    try batch.put(key.bytes.span.bytes, entry.history.bytes.span.bytes)
                }
            }
        }

        private func putList(_ entries: ArraySlice<Entry>, _ partition: Int32, _ transaction: inout WriteTransaction) throws(StoreError) {
            var rows: [(listed: Entry.Listed, id: RequestID, tenant: UInt64)] = []
            rows.reserveCapacity(entries.count)
            var known: (operation: String, number: UInt16)?
            for entry in entries where entry.job.isVisible {
                let operation = entry.job.operation
                let number: UInt16
                if let known, known.operation == operation {
                    number = known.number
                } else {
                    let made = tables.makeNumber(of: operation)
                    number = made.number
                    known = (operation, number)
                    if made.isNew {
                        let name = Array("operation/\(operation)".utf8)
                        let value = [UInt8(number >> 8), UInt8(number & 0xff)]
                        try transaction.put(tables.meta, name.span.bytes, value.span.bytes)
                    }
                }
                let listed = Entry.Listed(operation: number, status: entry.job.status, created: entry.job.createdAt)
                guard listed != entry.listed else { continue }
                if let old = entry.listed {
                    try transaction.delete(tables.list, JobTables.listKey(partition, old, entry.job.id).bytes.span.bytes)
                }
                rows.append((listed, entry.job.id, JobTables.hash(entry.job.tenant)))
                entry.listed = listed
            }
            // In the order of their keys.
            rows.sort { left, right in
                let (old, new) = (left.listed, right.listed)
                if old.operation != new.operation { return old.operation < new.operation }
                if old.status != new.status { return old.status.rawValue < new.status.rawValue }
                if old.created != new.created { return old.created < new.created }
                return left.id < right.id
            }
            var key = ByteKey()
            var value = ByteKey()
            let table = tables.list
            try transaction.batch(table) { batch throws(StoreError) in
                for row in rows {
                    key.reset()
                    key.appendList(partition, row.listed, row.id)
                    value.reset()
                    value.append(row.tenant)
                    try batch.put(key.bytes.span.bytes, value.bytes.span.bytes)
                }
            }
        }

        private func putTimers(_ entries: ArraySlice<Entry>, _ partition: Int32, _ transaction: inout WriteTransaction) throws(StoreError) {
            var rows: [(due: Int64, id: RequestID)] = []
            for entry in entries where entry.timer != entry.storedTimer {
                if entry.storedTimer != Entry.never {
                    try transaction.delete(tables.timers, JobTables.timerKey(partition, entry.storedTimer, entry.job.id).bytes.span.bytes)
                }
                if entry.timer != Entry.never { rows.append((entry.timer, entry.job.id)) }
            }
            rows.sort { $0.due != $1.due ? $0.due < $1.due : $0.id < $1.id }
            let table = tables.timers
            let empty: [UInt8] = [0]
            var key = ByteKey()
            try transaction.batch(table) { batch throws(StoreError) in
                for row in rows {
                    key.reset()
                    key.appendTimer(partition, row.due, row.id)
                    try batch.put(key.bytes.span.bytes, empty.span.bytes)
                }
            }
        }

        private func put(_ duties: Duties, _ id: RequestID, _ partition: Int32, _ transaction: inout WriteTransaction) throws(StoreError) {
            let key = JobTables.key(partition, id)
            if duties.isEmpty {
                try transaction.delete(tables.dutyRows, key.bytes.span.bytes)
            } else {
                let value = [duties.rawValue]
                try transaction.put(tables.dutyRows, key.bytes.span.bytes, value.span.bytes)
            }
        }

        private func put(_ part: Entry.Part, _ id: RequestID, _ partition: Int32, _ transaction: inout WriteTransaction) throws(StoreError)
        {
            var key = JobTables.key(partition, id)
            key.append(Int64(part.index))
            var value = ByteKey()
            value.append(Int64(part.attempt))
            value.append(part.time.milliseconds)
            value.append(UInt64(part.payload.schema))
            value.append(contentsOf: part.payload.bytes)
            try transaction.put(tables.parts, key.bytes.span.bytes, value.bytes.span.bytes)
        }

        /// A job whose retention is over. That it was here is remembered until `until`.
        func purge(_ entry: Entry, _ partition: Int32, until: Int64, in transaction: inout WriteTransaction) throws(StoreError) {
            let id = entry.job.id
            let key = JobTables.key(partition, id)
            try transaction.delete(tables.jobs, key.bytes.span.bytes)
            try transaction.delete(tables.dutyRows, key.bytes.span.bytes)
            if let listed = entry.listed { try transaction.delete(tables.list, JobTables.listKey(partition, listed, id).bytes.span.bytes) }
            if entry.storedTimer != Entry.never {
                try transaction.delete(tables.timers, JobTables.timerKey(partition, entry.storedTimer, id).bytes.span.bytes)
            }
            try transaction.delete(tables.history, .prefix(key.bytes))
            try transaction.delete(tables.parts, .prefix(key.bytes))
            guard entry.job.isVisible else { return }
            var value = ByteKey()
            value.append(until)
            try transaction.put(tables.purged, key.bytes.span.bytes, value.bytes.span.bytes)
            let empty: [UInt8] = [0]
            try transaction.put(tables.timers, JobTables.timerKey(partition, until, id).bytes.span.bytes, empty.span.bytes)
        }

        /// Nothing is known of the id any more.
        func forget(_ id: RequestID, _ partition: Int32, until: Int64, in transaction: inout WriteTransaction) throws(StoreError) {
            try transaction.delete(tables.purged, JobTables.key(partition, id).bytes.span.bytes)
            try transaction.delete(tables.timers, JobTables.timerKey(partition, until, id).bytes.span.bytes)
        }

        func mark(_ id: RequestID, _ partition: Int32, in transaction: inout WriteTransaction) throws(StoreError) {
            let value: [UInt8] = [1]
            try transaction.put(tables.marks, JobTables.key(partition, id).bytes.span.bytes, value.span.bytes)
        }

        func unmark(_ id: RequestID, _ partition: Int32, in transaction: inout WriteTransaction) throws(StoreError) {
            try transaction.delete(tables.marks, JobTables.key(partition, id).bytes.span.bytes)
        }

        func put(offset: Int64, folded: Int64, topic: String, _ partition: Int32, in transaction: inout WriteTransaction) throws(StoreError)
        {
            var key = JobTables.key(partition)
            key.append(contentsOf: Array(topic.utf8))
            var value = ByteKey()
            value.append(offset)
            value.append(folded)
            try transaction.put(tables.offsets, key.bytes.span.bytes, value.bytes.span.bytes)
        }

        func put(sweep: RequestID?, _ partition: Int32, in transaction: inout WriteTransaction) throws(StoreError) {
            let key = JobTables.sweepKey(partition)
            guard let sweep else {
                try transaction.delete(tables.meta, key.span.bytes)
                return
            }
            var value = ByteKey()
            value.append(sweep)
            try transaction.put(tables.meta, key.span.bytes, value.bytes.span.bytes)
        }

        func put(_ garbage: Garbage, _ partition: Int32, in transaction: inout WriteTransaction) throws(StoreError) {
            var key = JobTables.key(partition)
            key.append(contentsOf: Array(garbage.topic.utf8))
            key.append(0 as UInt8)
            key.append(garbage.offset)
            var value = ByteKey()
            value.append(garbage.time.milliseconds)
            value.append(contentsOf: Array(garbage.detail.utf8.prefix(500)))
            try transaction.put(tables.garbage, key.bytes.span.bytes, value.bytes.span.bytes)
        }
    }

    /// Throws a partition's rows away, in pieces that a transaction holds.
    func discard(_ partition: Int32) throws(StoreError) {
        let prefix = Self.key(partition).bytes
        // The offsets first: without them nobody takes what a crash leaves of the rest for a store.
        for table in [offsets, jobs, list, timers, history, parts, dutyRows, marks, purged, garbage] {
            while try store.write({ transaction throws(StoreError) in try transaction.delete(table, .prefix(prefix), limit: 10_000) })
                == 10_000
            {}
        }
        try store.write { transaction throws(StoreError) in _ = try transaction.delete(meta, Self.sweepKey(partition).span.bytes) }
    }
}

extension AvroWriter {
    /// Eight bytes as they lie in memory of most machines.
    mutating func writeLittleEndian(_ value: Int64) {
        var rest = UInt64(bitPattern: value)
        for _ in 0..<8 {
            writeByte(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
