internal import Avro
internal import Core
internal import Events
internal import Store
internal import Telemetry

/// The layout of the job store. Every key begins with the partition's number, so that a partition's rows lie together and can be thrown
/// away together.
///
/// | table | key behind the partition | value |
/// |---|---|---|
/// | jobs | id | due time, duties, the job |
/// | list | operation, status, created, id | hash of the tenant |
/// | timers | due, id | |
/// | history | id, topic kind, offset of the first event | `HistoryRow` |
/// | parts | id, index | attempt, time, schema, bytes |
/// | duties | id | what is owed |
/// | marks | id | (to be written to `rejoinder.jobs`) |
/// | purged | id | when even that is forgotten |
/// | garbage | topic, offset | time, what is wrong |
/// | offsets | topic | the offset to go on from, and the one that the jobs are folded to (above it while a command or a move is under way) |
/// | meta | a word | |
final class JobTables: Sendable {
    /// Raise it when a row's meaning changes: a store of another layout is thrown away.
    static let layout = 1
    static let names = ["jobs", "list", "timers", "history", "parts", "duties", "marks", "purged", "garbage", "offsets", "meta"]

    let store: Store
    let jobs: Table
    let list: Table
    let timers: Table
    let history: Table
    let parts: Table
    let dutyRows: Table
    let marks: Table
    let purged: Table
    let garbage: Table
    let offsets: Table
    let meta: Table
    /// Numbers of operations' names in keys; they never change within a store.
    private let operations: Locked<[String: UInt16]>

    struct Stored {
        let job: Job
        let timer: Int64
        let duties: Duties
        let listed: Entry.Listed?
    }

    init(_ store: Store) throws(StoreError) {
        self.store = store
        jobs = store.table("jobs")
        list = store.table("list")
        timers = store.table("timers")
        history = store.table("history")
        parts = store.table("parts")
        dutyRows = store.table("duties")
        marks = store.table("marks")
        purged = store.table("purged")
        garbage = store.table("garbage")
        offsets = store.table("offsets")
        meta = store.table("meta")
        var known: [String: UInt16] = [:]
        let meta = meta
        try store.read { snapshot throws(StoreError) in
            _ = try snapshot.scan(meta, .prefix(Array("operation/".utf8))) { key, value in
                var reader = ByteKeyReader(value.array)
                if let number = reader.uint16() { known[String(decoding: key.array.dropFirst(10), as: UTF8.self)] = number }
                return .next
            }
        }
        operations = Locked(known)
    }

    /// The number of an operation in keys; nil: the store has none yet.
    func number(of operation: String) -> UInt16? { operations.withLock { $0[operation] } }

    /// Gives an operation its number. Written with the commit that uses it first.
    func makeNumber(of operation: String) -> (number: UInt16, isNew: Bool) {
        operations.withLock { operations in
            if let number = operations[operation] { return (number, false) }
            let number = (operations.values.max() ?? 0) + 1
            operations[operation] = number
            return (number, true)
        }
    }

    var operationNumbers: [String: UInt16] { operations.withLock { $0 } }

    // MARK: - Keys

    static func key(_ partition: Int32) -> ByteKey {
        var key = ByteKey()
        key.append(UInt16(truncatingIfNeeded: partition))
        return key
    }

    static func key(_ partition: Int32, _ id: RequestID) -> ByteKey {
        var key = key(partition)
        key.append(id)
        return key
    }

    static func listKey(_ partition: Int32, _ listed: Entry.Listed, _ id: RequestID) -> ByteKey {
        var key = ByteKey()
        key.appendList(partition, listed, id)
        return key
    }

    static func timerKey(_ partition: Int32, _ due: Int64, _ id: RequestID) -> ByteKey {
        var key = ByteKey()
        key.appendTimer(partition, due, id)
        return key
    }

    /// FNV-1a: tells tenants apart in the list index; the job itself has the last word.
    static func hash(_ tenant: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in tenant.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash
    }

    // MARK: - Jobs

    /// A job's row; nil when there is none, or when it cannot be read (then it is folded anew).
    func job(_ partition: Int32, _ id: RequestID) -> Stored? {
        let key = Self.key(partition, id)
        return try? store.read { snapshot throws(StoreError) in
            try snapshot.get(jobs, key.bytes.span.bytes) { value in self.decode(value) } ?? nil
        }
    }

    func decode(_ row: RawSpan) -> Stored? {
        guard row.byteCount > 9 else { return nil }
        let timer = Int64(littleEndian: row.unsafeLoadUnaligned(fromByteOffset: 0, as: Int64.self))
        let duties = Duties(rawValue: row.unsafeLoad(fromByteOffset: 8, as: UInt8.self))
        guard let job = try? Job(row.extracting(9..<row.byteCount)) else { return nil }
        var listed: Entry.Listed?
        if job.isVisible, let operation = number(of: job.operation) {
            listed = Entry.Listed(operation: operation, status: job.status, created: job.createdAt)
        }
        return Stored(job: job, timer: timer, duties: duties, listed: listed)
    }

    /// Jobs in the order of their ids, from `from` on. True when there are more.
    func jobs(_ partition: Int32, from: RequestID, limit: Int, _ body: (Job) -> Void) -> Bool {
        var range = KeyRange.prefix(Self.key(partition).bytes)
        range.lower = .including(Self.key(partition, from).bytes)
        let count = try? store.read { snapshot throws(StoreError) in
            try snapshot.scan(jobs, range, limit: limit) { _, value in
                if let stored = self.decode(value) { body(stored.job) }
                return .next
            }
        }
        return count == limit
    }

    /// The ids of jobs in one of these states.
    func ids(_ partition: Int32, statuses: [JobStatus]) -> [RequestID] {
        var ids: [RequestID] = []
        for operation in operationNumbers.values {
            for status in statuses {
                var prefix = Self.key(partition)
                prefix.append(operation)
                prefix.append(status.rawValue)
                try? store.read { snapshot throws(StoreError) in
                    _ = try snapshot.scan(list, .prefix(prefix.bytes)) { key, _ in
                        if let id = RequestID(key: key, at: 13) { ids.append(id) }
                        return .next
                    }
                }
            }
        }
        return ids
    }

    func duties(_ partition: Int32, _ body: (RequestID, Duties) -> Void) {
        var rows: [(RequestID, Duties)] = []
        scan(dutyRows, .prefix(Self.key(partition).bytes)) { key, value in
            guard let id = RequestID(key: key, at: 2), value.byteCount == 1 else { return }
            rows.append((id, Duties(rawValue: value.unsafeLoad(fromByteOffset: 0, as: UInt8.self))))
        }
        for (id, duties) in rows { body(id, duties) }
    }

    func marks(_ partition: Int32, _ body: (RequestID) -> Void) {
        scan(marks, .prefix(Self.key(partition).bytes)) { key, _ in
            if let id = RequestID(key: key, at: 2) { body(id) }
        }
    }

    /// Timers that are due from `from` on and before `to`.
    func timers(_ partition: Int32, from: Int64, to: Int64, _ body: (Int64, RequestID) -> Void) {
        var lower = Self.key(partition)
        lower.append(from)
        var upper = Self.key(partition)
        upper.append(to)
        scan(timers, KeyRange(lower: .including(lower.bytes), upper: .excluding(upper.bytes))) { key, _ in
            var reader = ByteKeyReader(key.array)
            guard reader.uint16() != nil, let due = reader.int64(), let id = RequestID(key: key, at: 10) else { return }
            body(due, id)
        }
    }

    /// When an id that was purged is forgotten too; nil: it was not purged.
    func purgedUntil(_ partition: Int32, _ id: RequestID) -> Int64? {
        let bytes = try? store.read { snapshot throws(StoreError) in try snapshot.bytes(purged, Self.key(partition, id).bytes.span.bytes) }
        guard let bytes else { return nil }
        var reader = ByteKeyReader(bytes)
        return reader.int64()
    }

    // MARK: - Offsets

    /// The offsets that are stored for a partition; empty: nothing is.
    func offsets(_ partition: Int32) -> [String: Int64] {
        var found: [String: Int64] = [:]
        scan(offsets, .prefix(Self.key(partition).bytes)) { key, value in
            var reader = ByteKeyReader(value.array)
            if let offset = reader.int64() { found[String(decoding: key.array.dropFirst(2), as: UTF8.self)] = offset }
        }
        return found
    }

    /// The offsets that the stored jobs are folded to.
    func foldedOffsets(_ partition: Int32) -> [String: Int64] {
        var found: [String: Int64] = [:]
        scan(offsets, .prefix(Self.key(partition).bytes)) { key, value in
            var reader = ByteKeyReader(value.array)
            if reader.int64() != nil, let offset = reader.int64() {
                found[String(decoding: key.array.dropFirst(2), as: UTF8.self)] = offset
            }
        }
        return found
    }

    /// The partitions of which something is stored.
    var partitions: [Int32] {
        var found: Set<Int32> = []
        scan(offsets, .all) { key, _ in if let number = ByteKeyReader(key.array).firstPartition { found.insert(number) } }
        return found.sorted()
    }

    func sweep(_ partition: Int32) -> RequestID? {
        let bytes = try? store.read { snapshot throws(StoreError) in try snapshot.bytes(meta, Self.sweepKey(partition).span.bytes) }
        guard let bytes else { return nil }
        return RequestID(key: bytes.span.bytes, at: 0)
    }

    static func sweepKey(_ partition: Int32) -> [UInt8] { Array("sweep/\(partition)".utf8) }

    func scan(_ table: Table, _ range: KeyRange, limit: Int = .max, _ body: (RawSpan, RawSpan) -> Void) {
        _ = try? store.read { snapshot throws(StoreError) in
            try snapshot.scan(table, range, limit: limit) { key, value in
                body(key, value)
                return .next
            }
        }
    }
}

extension ByteKey {
    mutating func append(_ id: RequestID) {
        append(id.high)
        append(id.low)
    }

    mutating func appendList(_ partition: Int32, _ listed: Entry.Listed, _ id: RequestID) {
        append(UInt16(truncatingIfNeeded: partition))
        append(listed.operation)
        append(listed.status.rawValue)
        append(listed.created.milliseconds)
        append(id)
    }

    mutating func appendTimer(_ partition: Int32, _ due: Int64, _ id: RequestID) {
        append(UInt16(truncatingIfNeeded: partition))
        append(due)
        append(id)
    }
}

extension RequestID {
    /// The id whose 16 bytes lie in a key.
    init?(key: RawSpan, at offset: Int) {
        guard offset + 16 <= key.byteCount else { return nil }
        self.init(
            high: UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            low: UInt64(bigEndian: key.unsafeLoadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
    }
}

extension RawSpan {
    /// A copy.
    var array: [UInt8] { withUnsafeBytes { Array($0) } }
}
