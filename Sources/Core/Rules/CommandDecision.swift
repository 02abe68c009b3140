/// What an owner makes of a command.
public enum CommandDecision: Sendable, Equatable {
    /// Append this event, as decided on this attempt, with the source `commands-<partition>` and the command's offset + 1 as sequence.
    case append(attempt: Int, event: Event)
    /// It changes nothing any more.
    case refuse(Refusal)

    /// Why a command is refused.
    public enum Refusal: Sendable, Equatable {
        /// No request of that id was folded.
        case unknown
        /// The job is final.
        case final(JobStatus)
        /// A retry of a job that is not FAILED, or of another attempt than the one it failed on.
        case notFailed(JobStatus, attempt: Int)
        /// It is for a worker.
        case notOurs
    }
}
