/// A source that a job has had events of: a worker's take, a start of a correlator, or the commands of its partition.
public struct JobSource: Sendable, Equatable {
    /// The `source` of its events.
    public var name: String
    /// The highest sequence that was folded; what is not above it is a duplicate.
    public var sequence: Int64
    /// The attempt that its *started* was bound in; 0: it never bound, and nothing of it counts.
    public var attempt: Int
    /// The attempt of its last *started* while it has not said how it ended; 0: it is not open.
    public var openAttempt: Int

    public init(name: String, sequence: Int64 = 0, attempt: Int = 0, openAttempt: Int = 0) {
        self.name = name
        self.sequence = sequence
        self.attempt = attempt
        self.openAttempt = openAttempt
    }
}
