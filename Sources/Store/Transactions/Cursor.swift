internal import CLMDB

/// A place in a table, inside one transaction.
struct Cursor: ~Copyable {
    let handle: OpaquePointer
    private let path: String

    init(_ transaction: OpaquePointer, _ table: Table, _ path: String) throws(StoreError) {
        var made: OpaquePointer?
        try check(mdb_cursor_open(transaction, table.handle, &made), "open a cursor", path)
        guard let made else { throw StoreError(lmdb: MDB_PANIC, "open a cursor", path: path) }
        handle = made
        self.path = path
    }

    deinit { mdb_cursor_close(handle) }

    borrowing func scan(
        _ range: KeyRange, limit: Int, _ body: (RawSpan, RawSpan) throws(StoreError) -> Step
    ) throws(StoreError) -> Int {
        guard limit > 0 else { return 0 }
        var key = MDB_val()
        var value = MDB_val()
        var count = 0
        var code = begin(range, &key, &value)
        while code == MDB_SUCCESS {
            guard range.isBackward ? key.isAbove(range.lower) : key.isBelow(range.upper) else { return count }
            count += 1
            if try body(key.buffer.bytes, value.buffer.bytes) == .stop || count == limit { return count }
            code = mdb_cursor_get(handle, &key, &value, range.isBackward ? MDB_PREV : MDB_NEXT)
        }
        if code != MDB_NOTFOUND { try check(code, "scan", path) }
        return count
    }

    /// Deletes the rows of a range, at most `limit`; returns how many went.
    borrowing func delete(_ range: KeyRange, limit: Int) throws(StoreError) -> Int {
        var key = MDB_val()
        var value = MDB_val()
        var count = 0
        var code = begin(range, &key, &value)
        while code == MDB_SUCCESS, count < limit, range.isBackward ? key.isAbove(range.lower) : key.isBelow(range.upper) {
            try check(mdb_cursor_del(handle, 0), "delete a range", path)
            count += 1
            // The cursor stands on the row behind the deleted one, and MDB_NEXT takes that one first.
            code = mdb_cursor_get(handle, &key, &value, range.isBackward ? MDB_PREV : MDB_NEXT)
        }
        if code != MDB_SUCCESS, code != MDB_NOTFOUND { try check(code, "delete a range", path) }
        return count
    }

    /// Copies the table's last key into the front of `buffer`, which has room for any; returns its length, 0 when the table is empty.
    borrowing func copyLastKey(into buffer: inout [UInt8]) throws(StoreError) -> Int {
        var key = MDB_val()
        var value = MDB_val()
        let code = mdb_cursor_get(handle, &key, &value, MDB_LAST)
        if code == MDB_NOTFOUND { return 0 }
        try check(code, "find the last key", path)
        buffer.withUnsafeMutableBytes { $0.copyMemory(from: key.buffer) }
        return key.mv_size
    }

    /// Goes to the first row of the range in its direction, without looking at its other end.
    private borrowing func begin(_ range: KeyRange, _ key: inout MDB_val, _ value: inout MDB_val) -> Int32 {
        let start = range.isBackward ? range.upper : range.lower
        switch start {
        case .none:
            return mdb_cursor_get(handle, &key, &value, range.isBackward ? MDB_LAST : MDB_FIRST)
        case .including(let bound), .excluding(let bound):
            var code = seek(bound, &key, &value)
            if range.isBackward {
                // Stands at or above the bound: step back to what is below it, or at it.
                if code == MDB_NOTFOUND { return mdb_cursor_get(handle, &key, &value, MDB_LAST) }
                if code == MDB_SUCCESS, !key.isBelow(start) { code = mdb_cursor_get(handle, &key, &value, MDB_PREV) }
            } else if code == MDB_SUCCESS, !key.isAbove(start) {
                code = mdb_cursor_get(handle, &key, &value, MDB_NEXT)
            }
            return code
        }
    }

    private borrowing func seek(_ bound: [UInt8], _ key: inout MDB_val, _ value: inout MDB_val) -> Int32 {
        if bound.isEmpty { return mdb_cursor_get(handle, &key, &value, MDB_FIRST) }
        var found = MDB_val()
        let code = bound.span.bytes.withVal { wanted in
            let code = mdb_cursor_get(handle, &wanted, &value, MDB_SET_RANGE)
            found = wanted  // LMDB has put its own key here, which lies in the map
            return code
        }
        if code == MDB_SUCCESS { key = found }
        return code
    }
}
