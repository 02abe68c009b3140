/// What was found in the folder when the store was opened.
public enum Opening: Sendable, Equatable {
    /// Nothing: the store is new and empty.
    case created
    /// A store whose last commit is whole.
    case kept
    /// A store that cannot be trusted, for this reason; it was thrown away, and the new one is empty.
    case discarded(reason: String)
}
