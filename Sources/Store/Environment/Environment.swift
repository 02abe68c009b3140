internal import CLMDB
internal import Glibc

/// LMDB's environment: one per folder and process.
///
/// Sendable: LMDB synchronises the handle itself, and the field never changes. Nothing uses it after `deinit`, because
/// transactions live inside calls of ``Store``, which keeps this until the last of them has ended.
final class Environment: Sendable {
    nonisolated(unsafe) let handle: OpaquePointer

    init(path: String, mapSize: Int, tables: Int, isReadOnly: Bool) throws(StoreError) {
        var made: OpaquePointer?
        try check(mdb_env_create(&made), "create the environment", path)
        guard let handle = made else { throw StoreError(lmdb: ENOMEM, "create the environment", path: path) }
        do throws(StoreError) {
            if mapSize > 0 { try check(mdb_env_set_mapsize(handle, mapSize), "set the map size", path) }
            try check(mdb_env_set_maxdbs(handle, UInt32(tables)), "set the number of tables", path)
            try check(mdb_env_set_maxreaders(handle, UInt32(Store.readersMax)), "set the number of readers", path)
            // No MDB_WRITEMAP: with it a full disk is a SIGBUS. NOTLS: a read transaction belongs to no thread.
            let flags = MDB_NOTLS | (isReadOnly ? MDB_RDONLY : MDB_NOSYNC)
            try check(mdb_env_open(handle, path, UInt32(flags), 0o644), "open the environment", path)
            // Places that killed readers left behind would keep every page since.
            var dead: Int32 = 0
            try check(mdb_reader_check(handle, &dead), "check the readers", path)
        } catch {
            mdb_env_close(handle)
            throw error
        }
        self.handle = handle
    }

    deinit { mdb_env_close(handle) }

    /// Opens the named tables in one transaction, making them where they are missing.
    func open(_ names: [String], isReadOnly: Bool, path: String) throws(StoreError) -> [String: Table] {
        var made: OpaquePointer?
        try check(mdb_txn_begin(handle, nil, isReadOnly ? UInt32(MDB_RDONLY) : 0, &made), "open the tables", path)
        guard let transaction = made else { throw StoreError(lmdb: ENOMEM, "open the tables", path: path) }
        var tables: [String: Table] = [:]
        for name in names {
            var table: MDB_dbi = 0
            let code = mdb_dbi_open(transaction, name, isReadOnly ? 0 : UInt32(MDB_CREATE), &table)
            guard code == MDB_SUCCESS else {
                mdb_txn_abort(transaction)
                throw StoreError(lmdb: code, "open the table", path: path)
            }
            tables[name] = Table(handle: table)
        }
        try check(mdb_txn_commit(transaction), "open the tables", path)
        return tables
    }
}

/// Throws for every code but success.
func check(_ code: Int32, _ operation: StaticString, _ path: String) throws(StoreError) {
    if code != MDB_SUCCESS { throw StoreError(lmdb: code, operation, path: path) }
}
