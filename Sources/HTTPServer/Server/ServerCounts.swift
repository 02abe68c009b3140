public import Synchronization

/// What a server has seen since it started, for metrics.
public final class ServerCounts: Sendable {
    /// Requests given to the handler.
    public let requests = Atomic<Int>(0)
    /// Requests answered before their handler: malformed, too large, unknown method, too many connections.
    public let refused = Atomic<Int>(0)
    /// Clients that left while their reply was pending or their stream open.
    public let abandoned = Atomic<Int>(0)
    /// Connections cut because a head or body did not come in time, or an idle one was kept too long.
    public let overdue = Atomic<Int>(0)

    init() {}
}
