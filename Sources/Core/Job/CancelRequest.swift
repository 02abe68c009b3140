/// That somebody asked for a job's cancellation.
public struct CancelRequest: Sendable, Equatable {
    public var by: String
    public var reason: String
    public var time: Timestamp

    public init(by: String, reason: String, time: Timestamp) {
        self.by = by
        self.reason = reason
        self.time = time
    }
}
