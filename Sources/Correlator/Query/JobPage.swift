public import Core

/// One page of a list, newest first.
public struct JobPage: Sendable {
    /// The jobs.
    public let jobs: [Job]
    /// Where the next page begins; nil when this is the last.
    public let next: JobCursor?
}
