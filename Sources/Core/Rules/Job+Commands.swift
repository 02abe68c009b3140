// Commands to a job, and the correlator's commands to its takes.

extension Job {
    /// What to make of a client's or operator's command, once the fold has passed the ends that the topics had when the command was read.
    public static func decide(_ record: CommandRecord, on job: Job?) -> CommandDecision {
        switch record.command {
        case .stop, .deliver: return .refuse(.notOurs)
        default: break
        }
        guard let job, job.isVisible else { return .refuse(.unknown) }
        switch record.command {
        case .retry(let attempt, let payload):
            guard job.status == .failed, attempt == job.attempt else { return .refuse(.notFailed(job.status, attempt: job.attempt)) }
            return .append(attempt: attempt, event: .reopened(by: record.by, payload: payload))
        case _ where job.status.isFinal:
            return .refuse(.final(job.status))
        case .cancel(let reason):
            return .append(attempt: job.attempt, event: .cancelRequested(by: record.by, reason: reason))
        case .signal(let name, let value):
            return .append(attempt: job.attempt, event: .signalled(Signal(name: name, by: record.by, value: value)))
        case .stop, .deliver:
            return .refuse(.notOurs)
        }
    }

    /// The answer to a *started* or a heartbeat of a worker whose take is open but not current: `Stop`. Nil while the take may go on, or
    /// while events wait for a request record and it cannot be told yet.
    public func stop(take source: String) -> Command? {
        guard facts != nil, kept.isEmpty else { return nil }
        if status.isFinal { return .stop(take: source, reason: "the job is \(status.name)") }
        guard take != source || phase != .open else { return nil }
        return .stop(
            take: source,
            reason: take != source && phase == .open ? "another take holds attempt \(attempt)" : "attempt \(attempt) is closed")
    }

    /// The takes of that worker which have not said how they ended.
    public func openTakes(of worker: String) -> [String] {
        var takes: [String] = []
        for source in sources where source.openAttempt > 0 && Origin.worker(ofTake: source.name) == worker { takes.append(source.name) }
        return takes
    }

    /// What the current take is to be given: all signals that are folded. Once for each take and each new signal (`signals.count`).
    public var delivery: Command? {
        isDeliverable ? .deliver(take: take, signals: signals) : nil
    }
}
