/// How long jobs of an operation took of late, from the request to the end.
public struct TypicalDuration: Sendable, Equatable {
    /// Half of them were faster.
    public let p50: Duration
    /// Nine of ten were faster.
    public let p90: Duration
    /// How many jobs this is taken from.
    public let samples: Int
}
