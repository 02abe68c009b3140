internal import Core
internal import Store

/// One page of the list index: the newest jobs of each (partition, operation, status) that the filter allows, merged.
struct JobLister {
    let tables: JobTables
    let filter: JobFilter
    let partitions: [Int32]
    let rowsMax: Int

    private struct Row {
        let partition: Int32
        let created: Timestamp
        let id: RequestID

        func isNewer(than other: Row) -> Bool { created != other.created ? created > other.created : id > other.id }
    }

    func page(limit: Int, before: JobCursor?) -> JobPage {
        var rows: [Row] = []
        var left = rowsMax
        for partition in partitions {
            for number in numbers {
                for status in filter.status.map({ [$0] }) ?? JobStatus.allCases where left > 0 {
                    rows += newest(partition, number, status, limit: limit + 1, before: before, left: &left)
                }
            }
        }
        rows.sort { $0.isNewer(than: $1) }
        var jobs: [Job] = []
        for row in rows.prefix(limit) {
            if let job = tables.job(row.partition, row.id)?.job, filter.matches(job, ignoringStatus: true) { jobs.append(job) }
        }
        let last = rows.count > limit ? rows[limit - 1] : nil
        return JobPage(jobs: jobs, next: last.map { JobCursor(createdAt: $0.created, id: $0.id) })
    }

    private var numbers: [UInt16] {
        guard let operation = filter.operation else { return tables.operationNumbers.values.sorted() }
        return tables.number(of: operation).map { [$0] } ?? []
    }

    private func newest(_ partition: Int32, _ operation: UInt16, _ status: JobStatus, limit: Int, before: JobCursor?, left: inout Int)
        -> [Row]
    {
        var prefix = JobTables.key(partition)
        prefix.append(operation)
        prefix.append(status.rawValue)
        var range = KeyRange.prefix(prefix.bytes).backward
        if let since = filter.since {
            var key = prefix
            key.append(since.milliseconds)
            range.lower = .including(key.bytes)
        }
        if let until = filter.until {
            var key = prefix
            key.append(until.milliseconds)
            range.upper = .excluding(key.bytes)
        }
        if let before, filter.until.map({ before.createdAt < $0 }) ?? true {
            var key = prefix
            key.append(before.createdAt.milliseconds)
            key.append(before.id)
            range.upper = .excluding(key.bytes)
        }
        let tenant = filter.tenant.map { JobTables.hash($0) }
        var rows: [Row] = []
        var seen = 0
        let budget = left
        _ = try? tables.store.read { snapshot throws(StoreError) in
            try snapshot.scan(tables.list, range) { key, value in
                seen += 1
                var reader = ByteKeyReader(key.array)
                _ = reader.bytes(5)
                if let created = reader.int64(), let id = RequestID(key: key, at: 13),
                    tenant == nil || UInt64(bigEndian: value.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)) == tenant
                {
                    rows.append(Row(partition: partition, created: Timestamp(milliseconds: created), id: id))
                }
                return rows.count < limit && seen < budget ? .next : .stop
            }
        }
        left -= seen
        return rows
    }
}

extension JobFilter {
    func matches(_ job: Job, ignoringStatus: Bool = false) -> Bool {
        (operation == nil || operation == job.operation) && (ignoringStatus || status == nil || status == job.status)
            && (tenant == nil || tenant == job.tenant) && (since.map { job.createdAt >= $0 } ?? true)
            && (until.map { job.createdAt < $0 } ?? true)
    }
}
