// What is derived from a job's state.

extension Job {
    /// Whether the request's own record was folded: only then a client may see the job.
    public var isVisible: Bool { facts != nil }

    public var operation: String { facts?.operation ?? "" }
    public var tenant: String { facts?.tenant ?? "" }
    public var createdAt: Timestamp { facts?.createdAt ?? Timestamp(milliseconds: 0) }
    /// The name of the signal that it waits for.
    public var waitingFor: String? { waiting?.name }

    /// The error that a client sees: the last failure, while no later attempt has started.
    public var error: Failure? {
        switch phase {
        case .failed, .closed: failure
        case .ended: status == .failed ? failure : nil
        case .new, .open: nil
        }
    }

    /// The next take's signals: what `Deliver` is to carry when there are any and a take is open.
    public var isDeliverable: Bool { phase == .open && !signals.isEmpty }

    /// Whether only events have come so far, no request record.
    public var isOrphan: Bool { facts == nil }

    /// The request record of an attempt, made from the facts and the payload; nil when either is gone.
    public func request(attempt: Int) -> RequestRecord? {
        guard let facts, let payload else { return nil }
        return RequestRecord(
            id: id, operation: facts.operation, createdAt: facts.createdAt, attempt: attempt, tenant: facts.tenant, deadline: deadline,
            priority: facts.priority, idempotencyKey: facts.idempotencyKey, replyTo: facts.replyTo, callback: facts.callback,
            traceparent: facts.traceparent, context: facts.context, payload: payload)
    }
}
