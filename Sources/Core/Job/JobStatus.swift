/// What a client is told about a job.
public enum JobStatus: UInt8, Sendable, CaseIterable {
    case accepted
    case running
    case retrying
    case waiting
    case completed
    case failed
    case cancelled
    case expired

    /// Whether nothing but an operator's retry of FAILED changes it any more.
    public var isFinal: Bool { rawValue >= JobStatus.completed.rawValue }

    /// The word on the wire: `ACCEPTED`, …
    public var name: String {
        switch self {
        case .accepted: "ACCEPTED"
        case .running: "RUNNING"
        case .retrying: "RETRYING"
        case .waiting: "WAITING"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .cancelled: "CANCELLED"
        case .expired: "EXPIRED"
        }
    }

    /// The status of that word.
    public init?(name: some StringProtocol) {
        guard let status = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = status
    }
}
