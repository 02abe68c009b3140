/// How long the correlator waits for what. The defaults are those of 1-system.md; tests shorten them.
public struct CorrelatorTimings: Sendable {
    /// The group's session time-out. A node whose loop stood still, or that Kafka has not answered, for as long gives up its partitions.
    public var session: Duration = .seconds(10)
    /// How much younger than the session time-out the proof of membership must be for readers to be answered.
    public var proofMargin: Duration = .seconds(2)
    /// Between two commits of the hint offsets: each one that succeeds is a fresh proof of membership.
    public var proofInterval: Duration = .seconds(1)
    /// Between two looks at the ends of the topics, while timers are due.
    public var lookInterval: Duration = .milliseconds(200)
    /// Timers wait while the last look is older.
    public var lookAgeMax: Duration = .seconds(1)
    /// How long one look at the ends may take.
    public var lookLimit: Duration = .seconds(5)
    /// A folded batch is in the store at the latest after this.
    public var commitInterval: Duration = .milliseconds(50)
    /// Between two looks for operations that appeared or went.
    public var metadataInterval: Duration = .seconds(3)
    /// A decision whose effect is not folded after this is taken again.
    public var decisionAgain: Duration = .seconds(5)
    /// Between two writes of jobs whose status changed to `rejoinder.jobs`.
    public var journalInterval: Duration = .seconds(1)
    /// Between two checkpoints of `rejoinder.jobs`.
    public var checkpointInterval: Duration = .seconds(30)
    /// How long the loop waits for records when there is nothing to do.
    public var pollLimit: Duration = .milliseconds(20)
    /// The retention of `<operation>.requests`; a request that nobody has taken by nine tenths of it is published again.
    public var requestRetention: Duration = .seconds(7 * 24 * 3600)

    /// The defaults.
    public init() {}
}
