/// A call of the registry's REST interface, as its server sees it.
public struct RegistryRequest: Sendable {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    public var method: String
    /// The segments of the path below `/registry`, decoded once.
    public var path: [String]
    /// The query, decoded. What is not known is ignored.
    public var query: [String: String]
    /// The body.
    public var body: [UInt8]

    /// A call of these parts.
    public init(method: String, path: [String], query: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }
}
