/// What happened to a job. The first eight come from a worker's take, the rest from a correlator; *cancelled* may come from either.
public enum Event: Sendable, Equatable {
    /// A take of an attempt. `offset`: of the request record; `worker`: unique for each start of a process.
    case started(offset: Int64, worker: String)
    case progress(Progress)
    /// A partial result; `index` counts from 0.
    case part(index: Int, payload: Payload)
    /// JSON that the next attempt's handler gets; step "" is the handler's own, else the result of that step.
    case checkpoint(Checkpoint)
    /// The handler waits for a signal of that name.
    case waiting(Waiting)
    /// The take hands its attempt back; the next one comes at once, nothing is counted.
    case released(reason: String)
    case completed(payload: Payload)
    case failed(Failure)
    case cancelled(reason: String)

    case signalled(Signal)
    case cancelRequested(by: String, reason: String)
    /// The next attempt, and when it is to be published.
    case retryScheduled(attempt: Int, at: Timestamp, reason: String)
    /// `take`: the source of the take that fell silent.
    case leaseExpired(take: String, worker: String, lastSeen: Timestamp)
    case expired(reason: String)
    case deadLettered(reason: String, failures: Int, losses: Int)
    /// An operator's retry; `payload`: a corrected request body.
    case reopened(by: String, payload: Payload?)
}
