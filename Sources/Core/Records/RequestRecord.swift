/// A record of `<operation>.requests` and `<operation>.dead-letters`.
public struct RequestRecord: Sendable, Equatable {
    public var id: RequestID
    public var operation: String
    public var createdAt: Timestamp
    /// The try that this record asks for, from 1.
    public var attempt: Int
    public var tenant: String
    public var deadline: Timestamp?
    /// Set in the announcement of a delayed start; workers leave such a record alone before that time, the correlator publishes it again then, without it.
    public var notBefore: Timestamp?
    public var priority: Int
    public var idempotencyKey: String?
    /// A topic that wants the answer too.
    public var replyTo: String?
    /// A webhook's URL.
    public var callback: String?
    public var traceparent: String?
    /// The caller's own labels, handed through.
    public var context: [String: String]
    public var payload: Payload

    public init(
        id: RequestID, operation: String, createdAt: Timestamp, attempt: Int = 1, tenant: String = "", deadline: Timestamp? = nil,
        notBefore: Timestamp? = nil, priority: Int = 0, idempotencyKey: String? = nil, replyTo: String? = nil, callback: String? = nil,
        traceparent: String? = nil, context: [String: String] = [:], payload: Payload
    ) {
        self.id = id
        self.operation = operation
        self.createdAt = createdAt
        self.attempt = attempt
        self.tenant = tenant
        self.deadline = deadline
        self.notBefore = notBefore
        self.priority = priority
        self.idempotencyKey = idempotencyKey
        self.replyTo = replyTo
        self.callback = callback
        self.traceparent = traceparent
        self.context = context
        self.payload = payload
    }
}
