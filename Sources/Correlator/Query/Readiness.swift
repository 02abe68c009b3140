/// How far this node's correlator is.
public struct Readiness: Sendable, Equatable {
    /// Whether it has had an assignment and all its partitions answer.
    public var isReady: Bool
    /// The partitions that this node owns.
    public var owned: [Int32]
    /// Those of them that are restored and answer.
    public var ready: [Int32]
    /// What to tell an operator when it is not ready.
    public var reason: String
    /// What ended the correlator for good, with the remedy; nil while it runs.
    public var failure: String?
}
