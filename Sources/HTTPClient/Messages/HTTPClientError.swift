/// Why there was no answer.
public struct HTTPClientError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// A URL, method or header that cannot be sent.
        case invalidRequest
        /// The name has no address, nobody listens there, or TLS failed: nothing was sent.
        case unreachable
        /// The address is refused by the client's policy: nothing was sent.
        case addressRefused
        case timedOut
        /// The answer is larger than the limit, or broke off, or is no HTTP.
        case brokenAnswer
        case cancelled
        /// The client is closed, or as many requests as it takes are waiting.
        case closed
        case overloaded
    }

    public enum Disposition: Sendable {
        /// Trying again later may work.
        case retry
        /// Trying the same again is useless.
        case reject
    }

    public let code: Code
    public let operation: String
    public let detail: String

    public var disposition: Disposition {
        switch code {
        case .unreachable, .timedOut, .brokenAnswer, .overloaded: .retry
        case .invalidRequest, .addressRefused, .cancelled, .closed: .reject
        }
    }

    public var description: String { "\(operation): \(detail)" }

    init(_ code: Code, _ operation: String, _ detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }
}
