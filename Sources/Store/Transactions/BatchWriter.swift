internal import CLMDB
internal import Glibc

/// Puts rows of one table by one cursor. See ``WriteTransaction/batch(_:_:)``.
public struct BatchWriter: ~Copyable {
    private let cursor: Cursor
    private let path: String
    private let room: Int
    private(set) var changes = 0
    /// The table's last key, in a buffer that is made once: no allocation per row.
    private var last: [UInt8]
    private var lastCount: Int

    init(_ transaction: OpaquePointer, _ table: Table, _ path: String, room: Int) throws(StoreError) {
        var last = [UInt8](repeating: 0, count: Store.keyBytesMax)
        let cursor = try Cursor(transaction, table, path)
        lastCount = try cursor.copyLastKey(into: &last)
        self.cursor = cursor
        self.path = path
        self.room = room
        self.last = last
    }

    /// Puts a row, in place of the one of the same key.
    public mutating func put(_ key: RawSpan, _ value: RawSpan) throws(StoreError) {
        let cost = WriteTransaction.cost(value)
        guard changes + cost <= room else { throw WriteTransaction.full(room, path) }
        changes += cost
        let rises = isBehindLast(key)
        let code = key.withVal { key in
            value.withVal { value in mdb_cursor_put(cursor.handle, &key, &value, rises ? UInt32(MDB_APPEND) : 0) }
        }
        try check(code, "put", path)
        if rises {
            lastCount = key.byteCount
            key.withUnsafeBytes { bytes in last.withUnsafeMutableBytes { $0.copyMemory(from: bytes) } }
        }
    }

    private func isBehindLast(_ key: RawSpan) -> Bool {
        let count = key.byteCount
        guard count > 0, count <= Store.keyBytesMax else { return false }
        let order = key.withUnsafeBytes { bytes in
            last.withUnsafeBytes { last in
                guard let new = bytes.baseAddress, let old = last.baseAddress else { return Int32(0) }
                return memcmp(new, old, min(count, lastCount))
            }
        }
        return order > 0 || order == 0 && count > lastCount
    }
}
