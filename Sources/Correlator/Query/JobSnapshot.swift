internal import Core

/// A job as readers see it, made once for each batch that changed it and shared from there on: a `Job` is large, so that tables of values would
/// copy it each time they grow, and keep room for as many as there have ever been.
final class JobSnapshot: Sendable {
    let job: Job

    init(_ job: Job) { self.job = job }
}
