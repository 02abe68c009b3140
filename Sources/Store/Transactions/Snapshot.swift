internal import CLMDB

/// The store as it was at one commit. Lives inside the closure of ``Store/read(_:)``.
///
/// Spans that it lends point into the map and are good only inside their closure. Keep a snapshot short: while it lives, no page that was
/// given up since can be used again.
public struct Snapshot: ~Copyable {
    let transaction: OpaquePointer
    let path: String

    /// Hands the value of `key` to `body`; nil without it when there is none.
    public borrowing func get<Result: ~Copyable>(
        _ table: Table, _ key: RawSpan, _ body: (RawSpan) throws(StoreError) -> Result
    ) throws(StoreError) -> Result? {
        var value = MDB_val()
        let code = key.withVal { key in mdb_get(transaction, table.handle, &key, &value) }
        if code == MDB_NOTFOUND { return nil }
        try check(code, "get", path)
        return try body(value.buffer.bytes)
    }

    /// A copy of the value of `key`; nil when there is none.
    public borrowing func bytes(_ table: Table, _ key: RawSpan) throws(StoreError) -> [UInt8]? {
        try get(table, key) { value in value.withUnsafeBytes { Array($0) } }
    }

    /// Whether there is a row of this key.
    public borrowing func contains(_ table: Table, _ key: RawSpan) throws(StoreError) -> Bool {
        try get(table, key) { _ in true } ?? false
    }

    /// Hands the rows of a range to `body`, in order, until it stops, the range ends or `limit` rows have come. Returns how many came.
    @discardableResult
    public borrowing func scan(
        _ table: Table, _ range: KeyRange = .all, limit: Int = .max,
        _ body: (_ key: RawSpan, _ value: RawSpan) throws(StoreError) -> Step
    ) throws(StoreError) -> Int {
        let cursor = try Cursor(transaction, table, path)
        return try cursor.scan(range, limit: limit, body)
    }

    /// How many rows the table has; takes no time.
    public borrowing func count(_ table: Table) throws(StoreError) -> Int {
        var statistics = MDB_stat()
        try check(mdb_stat(transaction, table.handle, &statistics), "count", path)
        return statistics.ms_entries
    }

    /// How many rows a range has, by walking over them, but no further than `limit`.
    public borrowing func count(_ table: Table, _ range: KeyRange, limit: Int = .max) throws(StoreError) -> Int {
        try scan(table, range, limit: limit) { _, _ in .next }
    }

    /// The first key of a range, in its direction.
    public borrowing func firstKey(_ table: Table, _ range: KeyRange = .all) throws(StoreError) -> [UInt8]? {
        var found: [UInt8]?
        try scan(table, range, limit: 1) { key, _ in
            found = key.withUnsafeBytes { Array($0) }
            return .stop
        }
        return found
    }
}
