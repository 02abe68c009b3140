/// When to look at a job again. Whatever is reached first.
public struct Wake: Sendable, Equatable {
    /// When the owner's clock reaches this time; nil: nothing waits for the clock.
    public var at: Timestamp?
    /// When the current take's lease is older than this; nil: no lease runs.
    public var leaseAge: Duration?
    /// When the cancellation was folded longer ago than this; nil: none waits.
    public var cancelAge: Duration?

    public init(at: Timestamp? = nil, leaseAge: Duration? = nil, cancelAge: Duration? = nil) {
        self.at = at
        self.leaseAge = leaseAge
        self.cancelAge = cancelAge
    }
}
