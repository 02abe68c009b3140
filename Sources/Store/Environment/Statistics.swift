/// How full the store is.
public struct Statistics: Sendable {
    /// What the file takes up to its last used page.
    public let usedBytes: Int
    /// What it may take at most.
    public let mapBytes: Int
    /// Places that readers hold just now, pooled ones included.
    public let readers: Int
    /// The number of the last commit.
    public let lastCommit: Int
}
