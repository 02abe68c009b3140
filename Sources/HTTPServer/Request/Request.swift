/// One HTTP request with its whole body: what a handler is given.
///
/// A value: it may be kept and sent anywhere. The target is taken raw from the request line and parsed here, so that an encoded slash stays
/// part of its segment and nothing is decoded twice.
public struct Request: Sendable {
    /// `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE` or `OPTIONS`; anything else was refused before the handler.
    public let method: String
    /// The path's segments, each percent-decoded once: none for `/`; `/a/` has two, the second empty.
    public let segments: [String]
    /// The query's pairs in their order, duplicates included; a plus sign is a space.
    public let query: [QueryItem]
    public let headers: RequestHeaders
    /// Empty when there was none.
    public internal(set) var body: [UInt8]

    /// The target as it came, undecoded.
    public var target: String { headers.target }

    /// The first value of a query key; nil when it is missing or has no `=`.
    public func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    init(method: String, target: Target, headers: RequestHeaders) {
        self.method = method
        segments = target.segments
        query = target.query
        self.headers = headers
        body = []
    }

    /// A request that did not come over a socket, for tests of handlers. Nil when the target is one that the server refuses.
    public init?(method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        guard case .success(let parsed) = Target.parse(Array(target.utf8)) else { return nil }
        self.init(method: method, target: parsed, headers: RequestHeaders(target: target, headers))
        self.body = body
    }
}
