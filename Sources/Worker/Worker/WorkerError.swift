/// What can go wrong at the worker's edge.
public struct WorkerError: Error, Sendable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Code: String, Sendable {
        /// A setting, folder, schema or operation that cannot be used.
        case configuration
        /// Kafka does not answer or refuses.
        case kafka
        /// Bytes that do not decode, or a value that does not fit its schema.
        case encoding
        /// A result, part or checkpoint larger than the topic takes.
        case tooLarge
        /// The attempt was stopped, cancelled or handed back: what it still sends counts for nothing.
        case ended
        /// A program that cannot be started.
        case program
    }

    /// What the caller can do about it.
    public enum Disposition: Sendable {
        /// The same again later may work.
        case retry
        /// The worker cannot go on.
        case fatal
        /// The same again fails again.
        case reject
    }

    /// What kind of fault it is.
    public let code: Code
    /// What the caller can do about it.
    public let disposition: Disposition
    /// What was being done.
    public let operation: String
    /// What is wrong, naming the thing, for people.
    public let detail: String

    /// The disposition follows from the code.
    public init(_ code: Code, operation: String, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
        disposition =
            switch code {
            case .configuration: .fatal
            case .kafka: .retry
            case .encoding, .tooLarge, .ended, .program: .reject
            }
    }

    public var description: String { "\(operation): \(detail)" }
}
