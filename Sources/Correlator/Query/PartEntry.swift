public import Core

/// One partial result.
public struct PartEntry: Sendable, Equatable {
    /// Its number, as the worker counts.
    public let index: Int
    /// The part, in its operation's schema.
    public let payload: Payload
    /// The event's time.
    public let time: Timestamp
    /// The attempt that sent it.
    public let attempt: Int
}
