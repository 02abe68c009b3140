/// What a consumer has done lately, for readiness.
public struct ConsumerProgress: Sendable {
    /// When the consumer was made.
    let begun: ContinuousClock.Instant
    /// The end of the last poll.
    public internal(set) var lastPoll: ContinuousClock.Instant?
    /// The end of the last poll that brought records.
    public internal(set) var lastRecord: ContinuousClock.Instant?
    /// Records read in all.
    public internal(set) var recordCount: Int
    /// The last thing that the library complained of (a broker that is down, a name that does not resolve).
    public internal(set) var lastError: KafkaError?

    /// No poll for longer than `limit`, or records to read and none read for so long.
    func isStalled(for limit: Duration, isBehind: Bool, now: ContinuousClock.Instant) -> Bool {
        now - (lastPoll ?? begun) > limit || isBehind && now - (lastRecord ?? begun) > limit
    }
}
