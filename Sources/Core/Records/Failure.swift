/// Why an attempt failed.
public struct Failure: Sendable, Equatable {
    /// What a program looks at: a declared error's type name, or a word such as `too-large`.
    public var code: String
    public var message: String
    /// Whether another attempt may succeed.
    public var retryable: Bool
    public var details: Details?

    /// What else is known about a failure.
    public enum Details: Sendable, Equatable {
        /// JSON text.
        case json([UInt8])
        /// An error that the operation declares: its name, its branch in the union of the record's schema, and its Avro bytes.
        case declared(type: String, branch: Int, payload: Payload)
    }

    public init(code: String, message: String, retryable: Bool = false, details: Details? = nil) {
        self.code = code
        self.message = message
        self.retryable = retryable
        self.details = details
    }
}
