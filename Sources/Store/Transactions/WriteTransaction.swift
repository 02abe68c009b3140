internal import CLMDB

/// The changes of one commit. Lives inside the closure of ``Store/write(_:)``: they become visible together when it returns, and not at
/// all when it throws.
///
/// It holds at most ``Store/changesMax`` changes. A put counts one, and one more for each page of a value that is too large for a shared
/// one; a delete counts one.
public struct WriteTransaction: ~Copyable {
    /// The store as it is with the changes so far.
    public let snapshot: Snapshot
    private let changesMax: Int
    /// The changes so far.
    public private(set) var changes = 0

    init(_ transaction: OpaquePointer, _ path: String, changesMax: Int) {
        snapshot = Snapshot(transaction: transaction, path: path)
        self.changesMax = changesMax
    }

    /// How many changes still fit.
    public var room: Int { changesMax - changes }

    /// Puts a row, in place of the one of the same key.
    public mutating func put(_ table: Table, _ key: RawSpan, _ value: RawSpan) throws(StoreError) {
        try spend(Self.cost(value))
        let code = key.withVal { key in
            value.withVal { value in mdb_put(snapshot.transaction, table.handle, &key, &value, 0) }
        }
        try check(code, "put", snapshot.path)
    }

    /// Deletes a row; false when there is none.
    @discardableResult
    public mutating func delete(_ table: Table, _ key: RawSpan) throws(StoreError) -> Bool {
        try spend(1)
        let code = key.withVal { key in mdb_del(snapshot.transaction, table.handle, &key, nil) }
        if code == MDB_NOTFOUND { return false }
        try check(code, "delete", snapshot.path)
        return true
    }

    /// Deletes the rows of a range, at most `limit` and at most as many as there is ``room`` for. Returns how many went: fewer than the
    /// range holds when one of the two was reached.
    @discardableResult
    public mutating func delete(_ table: Table, _ range: KeyRange, limit: Int = .max) throws(StoreError) -> Int {
        let cursor = try Cursor(snapshot.transaction, table, snapshot.path)
        let count = try cursor.delete(range, limit: min(limit, room))
        changes += count
        return count
    }

    /// Deletes every row of a table; counts as no change.
    public mutating func clear(_ table: Table) throws(StoreError) {
        try check(mdb_drop(snapshot.transaction, table.handle, 0), "clear a table", snapshot.path)
    }

    /// Puts many rows of one table, best in the order of their keys: neighbours are found without a descent from the root, and rows behind
    /// the table's last one are appended to full pages.
    public mutating func batch(_ table: Table, _ body: (inout BatchWriter) throws(StoreError) -> Void) throws(StoreError) {
        var writer = try BatchWriter(snapshot.transaction, table, snapshot.path, room: room)
        defer { changes += writer.changes }
        try body(&writer)
    }

    private mutating func spend(_ cost: Int) throws(StoreError) {
        guard cost <= room else { throw Self.full(changesMax, snapshot.path) }
        changes += cost
    }

    static func cost(_ value: RawSpan) -> Int { value.byteCount > 2_000 ? 2 + value.byteCount / 4_096 : 1 }

    static func full(_ changesMax: Int, _ path: String) -> StoreError {
        StoreError(.transactionFull, "put", "a transaction holds at most \(changesMax) changes; commit in smaller pieces (\(path))")
    }
}
