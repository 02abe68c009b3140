/// The bounds of a client.
public struct HTTPClientLimits: Sendable {
    /// Of one answer's body.
    public var bodyBytesMax = 16 << 20
    /// Of one answer's headers together.
    public var headerBytesMax = 64 << 10
    /// Requests that are under way or wait to be.
    public var requestsMax = 10_000
    /// Connections kept open, in all.
    public var connectionsMax = 256
    public var connectTimeout: Duration = .seconds(5)

    public init() {}
}
