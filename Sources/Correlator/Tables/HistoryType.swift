internal import Core

/// What kind of record an event of a job's history is, as one byte of a row. The numbers are in stores: never change one.
enum HistoryType {
    static let request: UInt8 = 0

    static func code(_ event: Event) -> UInt8 {
        switch event {
        case .started: 1
        case .progress: 2
        case .part: 3
        case .checkpoint: 4
        case .waiting: 5
        case .signalled: 6
        case .cancelRequested: 7
        case .retryScheduled: 8
        case .leaseExpired: 9
        case .released: 10
        case .completed: 11
        case .failed: 12
        case .cancelled: 13
        case .expired: 14
        case .deadLettered: 15
        case .reopened: 16
        }
    }

    /// The names of `events.avdl`, by code.
    static let names = [
        "Request", "Started", "Progress", "Part", "Checkpoint", "Waiting", "Signalled", "CancelRequested", "RetryScheduled", "LeaseExpired",
        "Released", "Completed", "Failed", "Cancelled", "Expired", "DeadLettered", "Reopened",
    ]

    static func name(_ code: UInt8) -> String { Int(code) < names.count ? names[Int(code)] : "Unknown" }

    /// What a person wants to know of an event beside its name.
    static func note(_ event: Event) -> String {
        switch event {
        case .started, .completed: ""
        case .progress(let progress): progress.message
        case .part(let index, _): String(index)
        case .checkpoint(let checkpoint): checkpoint.step
        case .waiting(let waiting): waiting.name
        case .signalled(let signal): signal.name
        case .cancelRequested(_, let reason), .released(let reason), .cancelled(let reason), .expired(let reason): reason
        case .retryScheduled(let attempt, let at, let reason): "attempt \(attempt) at \(at.rfc3339): \(reason)"
        case .leaseExpired(_, let worker, _): worker
        case .failed(let failure): "\(failure.code): \(failure.message)"
        case .deadLettered(let reason, _, _): reason
        case .reopened(let by, _): by
        }
    }
}
