/// Where the current attempt stands, finer than the status: what counts and what is to be decided hangs on it.
public enum JobPhase: UInt8, Sendable, CaseIterable {
    /// No attempt has started.
    case new
    /// A take holds the attempt.
    case open
    /// The attempt failed and may be retried; a decision is due.
    case failed
    /// Lost, handed back, scheduled or reopened: the next attempt is on its way.
    case closed
    /// Final.
    case ended
}
