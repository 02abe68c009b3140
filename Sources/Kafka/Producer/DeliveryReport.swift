/// What became of one record of `Producer.enqueue`.
public struct DeliveryReport: Sendable {
    /// The number that was given to `enqueue`.
    public let token: UInt64
    /// What became of it.
    public let outcome: DeliveryOutcome
}
