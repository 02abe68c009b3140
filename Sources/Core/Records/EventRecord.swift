/// A record of `<operation>.responses`: one event in a job's life.
public struct EventRecord: Sendable, Equatable {
    public var id: RequestID
    /// The attempt of a take, or the one that a decision was taken on; 0: none yet.
    public var attempt: Int
    /// Unique for each take and for each start of a correlator (`Origin`).
    public var source: String
    /// Counts within `source`, from 1; of a decision about a command: the command's offset + 1.
    public var sequence: Int64
    public var time: Timestamp
    public var traceparent: String?
    public var event: Event

    public init(
        id: RequestID, attempt: Int, source: String, sequence: Int64, time: Timestamp, traceparent: String? = nil, event: Event
    ) {
        self.id = id
        self.attempt = attempt
        self.source = source
        self.sequence = sequence
        self.time = time
        self.traceparent = traceparent
        self.event = event
    }
}
