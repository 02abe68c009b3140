/// A consumer group.
public struct ConsumerGroup: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// `Stable`, `Empty`, `PreparingRebalance`, `CompletingRebalance`, `Dead` or `Unknown`.
    public let state: String
    /// Whether no member ever joined: offsets are committed from outside.
    public let isSimple: Bool
}
