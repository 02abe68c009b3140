/// What is due for a job.
public enum Decision: Sendable, Equatable {
    /// Append this event, as decided on this attempt, under the correlator's own source.
    case append(attempt: Int, event: Event)
    /// Publish the request as this attempt (`Job.request(attempt:)` makes the record).
    case publish(attempt: Int)
    /// Forget the job: its retention is over, or its request never came.
    case purge
}
