/// Every bound of a server. The defaults suit a gateway; `validated()` refuses what cannot work.
public struct ServerLimits: Sendable {
    /// Bytes of memory for one connection's head, and the size of a body's pieces. 8 KiB take a head of about 7.8 KB or 100 fields.
    public var connectionBytes = 8192
    /// Connections that are accepted; cut to what the process may open. One more waits in the kernel.
    public var connectionsMax = 20_000
    /// The request of a connection above this many is answered `503`, and the connection closed.
    public var connectionsSoft = 19_000
    /// How long a connection may lie idle between requests, and how long a write may make no progress.
    public var idle = Duration.seconds(60)
    /// From the accept, or a later request's line, to the end of its head.
    public var head = Duration.seconds(10)
    /// From the end of the head to the end of the body.
    public var body = Duration.seconds(30)
    /// Larger bodies are `413`.
    public var bodyBytesMax = 1 << 20
    /// What of a body of unknown length is read beyond that, so that the client sees the `413`; beyond it the connection is cut.
    public var excessBytesMax = 1 << 20
    /// The kernel's buffer for one connection's unsent bytes: with a stream's own queue, what a slow client can hold.
    public var sendBufferBytes = 65_536
    /// Unacknowledged bytes older than this end a connection.
    public var acknowledgement = Duration.seconds(30)

    public init() {}

    func validated() throws(ServerError) -> ServerLimits {
        func need(_ ok: Bool, _ detail: String) throws(ServerError) {
            guard ok else { throw ServerError(code: .limits, operation: "limits", detail: detail) }
        }
        try need(
            connectionBytes >= 2048 && connectionBytes <= 65_536,
            "connectionBytes must lie between 2,048 and 65,536, not \(connectionBytes)")
        try need(connectionsMax > 0 && connectionsSoft > 0, "connectionsMax and connectionsSoft must be positive")
        try need(bodyBytesMax >= 0 && excessBytesMax >= 0, "bodyBytesMax and excessBytesMax must not be negative")
        try need(sendBufferBytes > 0 && sendBufferBytes <= 1 << 30, "sendBufferBytes must lie between 1 and 1 GiB")
        try need(idle >= .seconds(1) && idle <= .seconds(86_400), "idle must lie between a second and a day")
        try need(head > .zero && body > .zero && acknowledgement > .zero, "head, body and acknowledgement must be positive")
        return self
    }
}
