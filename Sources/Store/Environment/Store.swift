internal import CLMDB
internal import Glibc
internal import Telemetry

/// Named tables of byte rows in one folder, over LMDB: whole commits, one writer, readers that never wait.
///
/// Commits reach the kernel, not the disk. After `kill -9` the last commit stands whole. After a crash of the machine the store is thrown
/// away at the next open and says so (``opening``): it is a view of Kafka's topics, which are kept.
///
/// One writer at a time, on a thread of its owner's; a second one waits. Readers come from any thread, up to ``readersMax`` at once.
/// One process has a folder open for writing; others may open it read-only. A process opens a folder once.
public final class Store: Sendable {
    /// The longest key.
    public static let keyBytesMax = 511
    /// The most snapshots at once.
    public static let readersMax = 510
    /// The map size unless another is asked for. It is a limit and costs nothing: the file grows as it is filled.
    public static let mapSizeDefault = 64 << 30
    /// The most changes that one transaction takes, see ``WriteTransaction``. LMDB holds about 100,000 changed pages in one, and a change
    /// may split a page.
    public static let changesMax = 50_000

    /// What was found in the folder.
    public let opening: Opening
    /// The folder, as the file system knows it.
    public let path: String

    private let tables: [String: Table]
    private let layout: Int
    private let isReadOnly: Bool
    private let gate = Gate(idleMax: 32)
    /// Used only by who is inside the gate; closed by who closed it.
    private nonisolated(unsafe) let handle: OpaquePointer
    private let held: Locked<Held>

    /// What the end of the store gives back, in this order.
    private struct Held: ~Copyable, Sendable {
        var environment: Environment?
        var folder: Folder?
    }

    /// Opens the store in `path` for writing, making folder and tables where they are missing.
    ///
    /// - Parameters:
    ///   - mapSize: bytes that the store may grow to; a map that is larger already stays so.
    ///   - tables: the names of all tables.
    ///   - layout: the version of what the rows mean; a store of another version is thrown away.
    /// - Throws: `.locked` when it is open elsewhere, `.unwritableFolder`, `.diskFull`.
    public init(path: String, mapSize: Int = Store.mapSizeDefault, tables: [String], layout: Int = 1) throws(StoreError) {
        let folder = try Folder(owned: path)
        let boot = Mark.currentBoot()
        var opening = Opening.created
        if folder.hasData {
            let fault =
                Mark(folder: folder.path).map { $0.fault(boot: boot, layout: layout) } ?? "it has no mark that says how it was closed"
            opening = fault.map { .discarded(reason: $0) } ?? .kept
        }
        if case .discarded = opening { try folder.discard() }
        // On the disk before the first commit that is not.
        try Mark(isClosed: false, boot: boot, layout: layout).write(folder: folder.path)
        let (environment, handles) = try Self.open(folder, mapSize, tables, &opening)
        self.path = folder.path
        self.opening = opening
        self.tables = handles
        self.layout = layout
        isReadOnly = false
        handle = environment.handle
        held = Locked(Held(environment: consume environment, folder: consume folder))
    }

    /// Opens a store for reading, beside a writer in another process. Nothing of it is changed.
    ///
    /// - Throws: `.missing` when there is no store, one of the tables is not in it, or its layout is another.
    public init(readingFrom path: String, tables: [String], layout: Int = 1) throws(StoreError) {
        let folder = try Folder(readOnly: path)
        if let mark = Mark(folder: folder.path), mark.layout != layout {
            throw StoreError(.missing, "open the store", "the store in \(path) has the layout \(mark.layout), this program reads \(layout)")
        }
        let environment = try Environment(path: folder.path, mapSize: 0, tables: tables.count, isReadOnly: true)
        self.tables = try environment.open(tables, isReadOnly: true, path: folder.path)
        self.path = folder.path
        opening = .kept
        self.layout = layout
        isReadOnly = true
        handle = environment.handle
        held = Locked(Held(environment: consume environment, folder: consume folder))
    }

    deinit {
        // The net: whoever needs to know closes it.
        try? close()
    }

    /// The table of this name, which must be one of those the store was opened with.
    public func table(_ name: String) -> Table {
        guard let table = tables[name] else { preconditionFailure("the store was opened without a table '\(name)'") }
        return table
    }

    /// Hands the store as it is at its last commit to `body`. From any thread; waits for nobody.
    public func read<Result: ~Copyable>(_ body: (borrowing Snapshot) throws(StoreError) -> Result) throws(StoreError) -> Result {
        var idle: Gate.Idle?
        guard gate.enter(&idle) else { throw closed("read") }
        var kept: Gate.Idle?
        defer { if !gate.leave(kept), let kept { mdb_txn_abort(kept.transaction) } }
        let transaction: OpaquePointer
        if let idle {
            let code = mdb_txn_renew(idle.transaction)
            if code != MDB_SUCCESS { mdb_txn_abort(idle.transaction) }
            try check(code, "read", path)
            transaction = idle.transaction
        } else {
            transaction = try begin(UInt32(MDB_RDONLY), "read")
        }
        defer {
            mdb_txn_reset(transaction)
            kept = Gate.Idle(transaction: transaction)
        }
        return try body(Snapshot(transaction: transaction, path: path))
    }

    /// Commits the changes of `body` as one, or none of them when it throws. A second writer waits; a write inside a write is a bug.
    ///
    /// Not for a thread of the cooperative pool: a commit writes.
    public func write<Result: ~Copyable>(_ body: (inout WriteTransaction) throws(StoreError) -> Result) throws(StoreError) -> Result {
        precondition(!isReadOnly, "the store was opened for reading")
        guard gate.enterToWrite() else { throw closed("write") }
        defer { _ = gate.leave(nil) }
        let transaction = try begin(0, "write")
        gate.writes(true)
        var changes = WriteTransaction(transaction, path, changesMax: Self.changesMax)
        let result: Result
        do throws(StoreError) {
            result = try body(&changes)
        } catch {
            gate.writes(false)
            mdb_txn_abort(transaction)
            throw error
        }
        gate.writes(false)
        try check(mdb_txn_commit(transaction), "commit", path)
        return result
    }

    /// Writes what was committed to the disk, so that it outlives a crash of the machine as well (which a later open does not rely on).
    public func sync() throws(StoreError) {
        guard gate.enterToWrite() else { throw closed("sync") }
        defer { _ = gate.leave(nil) }
        try check(mdb_env_sync(handle, 1), "sync", path)
    }

    /// Writes a copy without gaps into `folder`, which is made, and must be empty. Goes on beside readers and the writer.
    public func compactCopy(to folder: String) throws(StoreError) {
        var idle: Gate.Idle?
        guard gate.enter(&idle) else { throw closed("copy") }
        defer { if !gate.leave(idle), let idle { mdb_txn_abort(idle.transaction) } }
        try Folder.make(folder)
        guard access(folder + "/data.mdb", F_OK) != 0 else { throw StoreError(errno: EEXIST, "copy the store", path: folder) }
        try check(mdb_env_copy2(handle, folder, UInt32(MDB_CP_COMPACT)), "copy the store", folder)
        try Mark(isClosed: true, boot: Mark.currentBoot(), layout: layout).write(folder: folder)
    }

    /// How full it is.
    public func statistics() throws(StoreError) -> Statistics {
        var idle: Gate.Idle?
        guard gate.enter(&idle) else { throw closed("statistics") }
        defer { if !gate.leave(idle), let idle { mdb_txn_abort(idle.transaction) } }
        var info = MDB_envinfo()
        var pages = MDB_stat()
        try check(mdb_env_info(handle, &info), "statistics", path)
        try check(mdb_env_stat(handle, &pages), "statistics", path)
        return Statistics(
            usedBytes: (info.me_last_pgno + 1) * Int(pages.ms_psize), mapBytes: info.me_mapsize, readers: Int(info.me_numreaders),
            lastCommit: info.me_last_txnid)
    }

    /// Waits for those inside, writes everything to the disk and marks the store as closed well. Not from inside a read or write.
    ///
    /// - Throws: what the disk says; then the next open after a crash of the machine throws the store away, and after any other keeps it.
    public func close() throws(StoreError) {
        guard let idle = gate.close() else { return }
        for reader in idle { mdb_txn_abort(reader.transaction) }
        let code = isReadOnly ? MDB_SUCCESS : mdb_env_sync(handle, 1)
        // Closed and let go outside the lock: both call C.
        do { _ = held.withLock { $0.environment.take() } }
        defer { _ = held.withLock { $0.folder.take() } }
        try check(code, "close", path)
        if !isReadOnly { try Mark(isClosed: true, boot: Mark.currentBoot(), layout: layout).write(folder: path) }
    }

    private func begin(_ flags: UInt32, _ operation: StaticString) throws(StoreError) -> OpaquePointer {
        var made: OpaquePointer?
        try check(mdb_txn_begin(handle, nil, flags, &made), operation, path)
        guard let made else { throw StoreError(lmdb: ENOMEM, operation, path: path) }
        return made
    }

    private func closed(_ operation: StaticString) -> StoreError {
        StoreError(.closed, operation, "the store in \(path) was closed")
    }

    /// Opens the environment; a file that LMDB itself calls damaged is thrown away like any other that cannot be trusted.
    private static func open(
        _ folder: borrowing Folder, _ mapSize: Int, _ tables: [String], _ opening: inout Opening
    ) throws(StoreError) -> (Environment, [String: Table]) {
        while true {
            do throws(StoreError) {
                let environment = try Environment(path: folder.path, mapSize: mapSize, tables: tables.count, isReadOnly: false)
                let handles = try environment.open(tables, isReadOnly: false, path: folder.path)
                return (environment, handles)
            } catch {
                guard error.code == .corrupt, opening == .kept else { throw error }
                opening = .discarded(reason: "its file is damaged")
                try folder.discard()
            }
        }
    }
}
