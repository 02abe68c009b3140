/// How a wait for the fold ended (`Correlator.whenFolded`).
public enum FoldedAnswer: Sendable, Equatable {
    /// The fold has passed the place, or the end that the partition had when asked. What is absent now is unknown.
    case passed
    /// Time ran out.
    case timedOut
    /// This node does not own the partition (any more), or gave it up meanwhile.
    case notOwned
    /// Too many wait already (`CorrelatorLimits.waitersMax`).
    case refused
}
