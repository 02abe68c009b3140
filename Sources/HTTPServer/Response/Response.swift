/// An answer: status, header fields and a body of bytes or of a file.
///
/// `Content-Length`, `Date` and, where the connection ends, `Connection` are added by the server. A header field with a line break or an
/// empty name is refused when the answer is written, and becomes a `500`: an answer is never split.
public struct Response: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// When set, it is sent instead of `body`.
    public var file: ResponseFile?
    /// Whether the connection is closed after this answer.
    public var closes = false

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public init(status: Int, headers: [(name: String, value: String)] = [], file: ResponseFile) {
        self.status = status
        self.headers = headers
        body = []
        self.file = file
    }
}
