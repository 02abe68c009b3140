/// A failure that a handler chooses to have: throw it. Any other error that a handler throws is a failure with the code
/// `handler-error` that is tried again.
public struct HandlerFailure: Error, Sendable, Equatable {
    /// Short and stable, for programs.
    public var code: String
    /// For people.
    public var message: String
    /// Whether another attempt may succeed; the operation's policy says how many there are and when.
    public var retryable: Bool
    /// JSON, or nothing.
    public var details: [UInt8]?

    public init(code: String, message: String, retryable: Bool, details: [UInt8]? = nil) {
        self.code = code
        self.message = message
        self.retryable = retryable
        self.details = details
    }
}
