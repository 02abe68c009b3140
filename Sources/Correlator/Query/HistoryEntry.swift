public import Core

/// One event of a job, as it lies in the log.
public struct HistoryEntry: Sendable, Equatable {
    /// The topic's name.
    public let topic: String
    /// The partition's number.
    public let partition: Int32
    /// The record's offset.
    public let offset: Int64
    /// The event's own time.
    public let time: Timestamp
    /// `Request`, or the name of the event's record in `events.avdl`.
    public let type: String
    /// Who wrote it: a take, a correlator's start or `commands-<partition>`; empty for requests.
    public let source: String
    /// Its number within the source; 0 for requests.
    public let sequence: Int64
    /// The attempt it names.
    public let attempt: Int
    /// What became of it when it was folded: late, duplicate and contradictory events are kept here and change nothing.
    public let outcome: Change.Outcome
    /// What a person wants to know of it: a message, a reason, an error's code.
    public let note: String
}
