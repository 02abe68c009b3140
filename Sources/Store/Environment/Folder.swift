internal import CSys
internal import Glibc
internal import Telemetry

/// The folder of a store, held by one opener at a time.
struct Folder: ~Copyable, Sendable {
    /// As the file system knows it.
    let path: String
    /// Holds the lock of the file `owner`; -1 for a reader of another process's store.
    private let lock: Int32

    /// Folders that this process has open: a second environment in one process would break LMDB's locks.
    private static let inUse = Locked<Set<String>>([])

    /// Makes the folder where it is missing and takes it for writing.
    init(owned path: String) throws(StoreError) {
        try Self.make(path)
        let real = try Self.register(path)
        let file = open(real + "/owner", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        let code = errno
        guard file >= 0 else {
            Self.release(real)
            throw StoreError(errno: code, "open the store", path: real)
        }
        guard csys_try_lock(file) == 0 else {
            close(file)
            Self.release(real)
            throw StoreError(.locked, "open the store", "another process has the store in \(real) open; give each its own folder (--data)")
        }
        self.path = real
        lock = file
    }

    /// Takes the folder for reading beside a writer in another process.
    init(readOnly path: String) throws(StoreError) {
        guard access(path + "/data.mdb", R_OK) == 0 else {
            throw StoreError(.missing, "open the store", "there is no store in \(path)")
        }
        self.path = try Self.register(path)
        lock = -1
    }

    deinit {
        if lock >= 0 { close(lock) }
        Self.release(path)
    }

    var hasData: Bool { access(path + "/data.mdb", F_OK) == 0 }

    /// Throws the data away.
    func discard() throws(StoreError) {
        for name in ["data.mdb", "lock.mdb"] where unlink(path + "/" + name) != 0 && errno != ENOENT {
            throw StoreError(errno: errno, "discard the store", path: path)
        }
    }

    static func make(_ path: String) throws(StoreError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o755) != 0, errno != EEXIST { throw StoreError(errno: errno, "make the folder", path: made) }
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw StoreError(errno: errno, "make the folder", path: path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw StoreError(errno: ENOTDIR, "make the folder", path: path) }
        guard access(path, W_OK | X_OK) == 0 else { throw StoreError(errno: errno, "open the store", path: path) }
    }

    private static func register(_ path: String) throws(StoreError) -> String {
        guard let resolved = realpath(path, nil) else { throw StoreError(errno: errno, "open the store", path: path) }
        defer { free(resolved) }
        let real = String(cString: resolved)
        guard inUse.withLock({ $0.insert(real).inserted }) else {
            throw StoreError(.locked, "open the store", "this process has the store in \(real) open already")
        }
        return real
    }

    private static func release(_ real: String) {
        inUse.withLock { _ = $0.remove(real) }
    }
}
