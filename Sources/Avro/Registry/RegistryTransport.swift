/// How ``RegistryClient`` reaches a registry: the program gives it an HTTP client. TLS, time limits and address policy are the transport's.
public protocol RegistryTransport: Sendable {
    /// Sends one call. Throws only when there was no answer at all; such an error has the disposition `retry`.
    func send(_ call: RegistryCall) async throws(AvroError) -> RegistryAnswer
}

/// One call to a registry.
public struct RegistryCall: Sendable {
    /// `GET`, `POST` or `PUT`.
    public let method: String
    /// The whole URL.
    public let url: String
    /// Headers: `Accept`, `Content-Type`, `Authorization` where there are credentials.
    public let headers: [(name: String, value: String)]
    /// The body; empty for none.
    public let body: [UInt8]

    /// A call of these parts.
    public init(method: String, url: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What a registry answered.
public struct RegistryAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The body.
    public let body: [UInt8]

    /// An answer of these parts.
    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
