/// What somebody asks for. The first three are for the correlator, which decides them into events; the last two are the correlator's to a worker's take.
public enum Command: Sendable, Equatable {
    case cancel(reason: String)
    case signal(name: String, value: [UInt8])
    /// `attempt`: the one that the operator saw FAILED; `payload`: a corrected request body.
    case retry(attempt: Int, payload: Payload?)
    /// The take is not current: its handler is to end, and to answer *released*.
    case stop(take: String, reason: String)
    /// All signals of the job that are folded, for its current take.
    case deliver(take: String, signals: [Signal])
}
