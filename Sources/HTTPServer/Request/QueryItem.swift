/// One pair of a query, decoded.
public struct QueryItem: Sendable, Equatable {
    public let name: String
    /// Nil for a key without `=`, empty for a key with nothing after it.
    public let value: String?

    public init(name: String, value: String?) {
        self.name = name
        self.value = value
    }
}
