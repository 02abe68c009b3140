import Synchronization

/// What a server has seen since it started, for metrics. Readable from any thread.
public final class ServerCounts: Sendable {
    enum Kind {
        case request
        case refused
        case abandoned
        case overdue
    }

    private let requestCount = Atomic<Int>(0)
    private let refusedCount = Atomic<Int>(0)
    private let abandonedCount = Atomic<Int>(0)
    private let overdueCount = Atomic<Int>(0)

    init() {}

    /// Requests given to the handler.
    public var requests: Int { requestCount.load(ordering: .relaxed) }
    /// Requests answered before their handler: malformed, too large, unknown method, too many connections.
    public var refused: Int { refusedCount.load(ordering: .relaxed) }
    /// Clients that left while their reply was pending or their stream open.
    public var abandoned: Int { abandonedCount.load(ordering: .relaxed) }
    /// Connections cut because a head or body did not come in time, or an idle one was kept too long.
    public var overdue: Int { overdueCount.load(ordering: .relaxed) }

    func add(_ kind: Kind) {
        switch kind {
        case .request: requestCount.add(1, ordering: .relaxed)
        case .refused: refusedCount.add(1, ordering: .relaxed)
        case .abandoned: abandonedCount.add(1, ordering: .relaxed)
        case .overdue: overdueCount.add(1, ordering: .relaxed)
        }
    }
}
