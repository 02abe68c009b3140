/// What an owner knows beside the job when it decides.
public struct Circumstances: Sendable, Equatable {
    /// The owner's clock.
    public var now: Timestamp
    /// Since the take was folded or its worker last beat, on the owner's monotonic clock; begins anew after a start or takeover.
    public var leaseAge: Duration
    /// Since the cancellation was folded, likewise.
    public var cancelAge: Duration
    public var policy: Policy
    /// The retention of the operation's `.requests`; nil: records are kept for ever.
    public var requestRetention: Duration?

    public init(
        now: Timestamp, leaseAge: Duration = .zero, cancelAge: Duration = .zero, policy: Policy = .standard,
        requestRetention: Duration? = .seconds(7 * 86_400)
    ) {
        self.now = now
        self.leaseAge = leaseAge
        self.cancelAge = cancelAge
        self.policy = policy
        self.requestRetention = requestRetention
    }
}
