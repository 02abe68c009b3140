extension Event {
    /// The event's name as the envelope's schema has it (`RetryScheduled`).
    public var name: String {
        switch self {
        case .started: "Started"
        case .progress: "Progress"
        case .part: "Part"
        case .checkpoint: "Checkpoint"
        case .waiting: "Waiting"
        case .released: "Released"
        case .completed: "Completed"
        case .failed: "Failed"
        case .cancelled: "Cancelled"
        case .signalled: "Signalled"
        case .cancelRequested: "CancelRequested"
        case .retryScheduled: "RetryScheduled"
        case .leaseExpired: "LeaseExpired"
        case .expired: "Expired"
        case .deadLettered: "DeadLettered"
        case .reopened: "Reopened"
        }
    }
}
