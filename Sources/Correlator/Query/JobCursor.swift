public import Core

/// A place in the list of jobs, which is ordered by time of creation, then id, newest first.
public struct JobCursor: Sendable, Equatable {
    /// When the job was created.
    public let createdAt: Timestamp
    /// Its id.
    public let id: RequestID

    /// A place.
    public init(createdAt: Timestamp, id: RequestID) {
        self.createdAt = createdAt
        self.id = id
    }
}
