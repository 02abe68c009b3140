/// How an attempt came to nothing: an entry of `error.attempts`.
public struct AttemptError: Sendable, Equatable {
    public var attempt: Int
    public var worker: String
    public var time: Timestamp
    /// The failure's code, or `lease-expired`.
    public var code: String
    public var message: String

    /// The code of a lost lease.
    public static let leaseExpired = "lease-expired"

    public init(attempt: Int, worker: String, time: Timestamp, code: String, message: String) {
        self.attempt = attempt
        self.worker = worker
        self.time = time
        self.code = code
        self.message = message
    }
}
