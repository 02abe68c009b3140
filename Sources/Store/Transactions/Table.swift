internal import CLMDB

/// A named table of a store; get it once from ``Store/table(_:)``.
public struct Table: Sendable, Hashable {
    let handle: MDB_dbi
}
