/// An answer: any status is one, only the lack of an answer is an error.
public struct HTTPResponse: Sendable {
    public let status: Int
    /// Names in lower case, in the order in which they came.
    public let headers: [(name: String, value: String)]
    /// Empty for a stream, whose bytes went to its closure.
    public let body: [UInt8]

    /// The first header of that name (lower case).
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
