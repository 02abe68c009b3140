internal import CLMDB
internal import Glibc

/// What the store could not do.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: Sendable, Hashable {
        /// The map is as full as it may get; a larger one is an option away.
        case mapFull
        /// The disk has no room.
        case diskFull
        /// The folder is missing and cannot be made, or cannot be written.
        case unwritableFolder
        /// Another process, or another place in this one, has the store open.
        case locked
        /// There is no store to open read-only, or it lacks a table.
        case missing
        /// The file is damaged or no store.
        case corrupt
        /// More changes in one transaction than it can hold.
        case transactionFull
        /// More readers at once than there are places.
        case readersFull
        /// A key is empty or longer than ``Store/keyBytesMax``.
        case keySize
        /// The store was closed.
        case closed
        /// Another of LMDB's or the system's codes.
        case other(Int32)
    }

    /// What a caller can do.
    public enum Disposition: Sendable {
        /// The same later, or in smaller pieces.
        case retry
        /// Nothing here: an operator must act, then the process starts again.
        case fatal
        /// What was asked for is wrong; the store is well.
        case reject
    }

    /// What is wrong.
    public let code: Code
    /// What a caller can do.
    public let disposition: Disposition
    /// What was tried.
    public let operation: StaticString
    /// What is wrong and what to do, for a person.
    public let detail: String

    /// What happened, for a person.
    public var description: String { "\(operation): \(detail)" }

    init(_ code: Code, _ operation: StaticString, _ detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
        disposition =
            switch code {
            case .transactionFull, .readersFull: .retry
            case .keySize, .missing, .closed: .reject
            case .mapFull, .diskFull, .unwritableFolder, .locked, .corrupt, .other: .fatal
            }
    }

    /// What LMDB's code means; the one place where it is read.
    init(lmdb code: Int32, _ operation: StaticString, path: String) {
        let words = String(cString: mdb_strerror(code))
        switch code {
        case MDB_MAP_FULL:
            self.init(.mapFull, operation, "the store in \(path) has reached its map size; start with a larger one (--map-size)")
        case ENOSPC, EDQUOT, EFBIG:
            self.init(
                .diskFull, operation, "the disk under \(path) is full or a limit of its files reached (\(words)); free room and start again"
            )
        case EIO where Self.isFull(path):
            self.init(.diskFull, operation, "the disk under \(path) is full; free room and start again")
        case EIO:
            self.init(.other(EIO), operation, "a write to \(path) was cut short: the disk is failing, or a limit of file sizes reached")
        case EACCES, EROFS, EPERM: self.init(.unwritableFolder, operation, "\(path) cannot be written: \(words)")
        case ENOENT: self.init(.missing, operation, "there is no store in \(path)")
        case MDB_NOTFOUND: self.init(.missing, operation, "the store in \(path) lacks a table; it is of another version")
        case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID, MDB_VERSION_MISMATCH, MDB_PANIC:
            self.init(.corrupt, operation, "the store in \(path) is damaged (\(words)); delete the folder, it is rebuilt from Kafka")
        case MDB_TXN_FULL: self.init(.transactionFull, operation, "too many changes in one transaction; commit in smaller pieces")
        case MDB_READERS_FULL: self.init(.readersFull, operation, "more readers at once than the store has places for")
        case MDB_BAD_VALSIZE: self.init(.keySize, operation, "a key has 1 to \(Store.keyBytesMax) bytes")
        case ENOMEM: self.init(.other(code), operation, "no address space for the map of \(path); start with a smaller one (--map-size)")
        default: self.init(.other(code), operation, "\(words) (\(path))")
        }
    }

    /// What the system's `errno` means for a folder or file of the store.
    init(errno code: Int32, _ operation: StaticString, path: String) {
        let words = String(cString: strerror(code))
        switch code {
        case ENOSPC, EDQUOT, EFBIG:
            self.init(
                .diskFull, operation, "the disk under \(path) is full or a limit of its files reached (\(words)); free room and start again"
            )
        case EACCES, EROFS, EPERM, ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG:
            self.init(.unwritableFolder, operation, "\(path) cannot be written: \(words); choose another folder (--data)")
        default: self.init(.other(code), operation, "\(path): \(words)")
        }
    }

    /// LMDB calls a write that came out short an I/O error; on a full disk that is what it gets first.
    private static func isFull(_ path: String) -> Bool {
        var disk = statvfs()
        return statvfs(path, &disk) == 0 && disk.f_bavail * disk.f_frsize < 1 << 20
    }
}
