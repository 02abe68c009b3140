/// What the first record of a request's id says, and where it lies. Never changes, so that all copies of a job share it.
public final class JobFacts: Sendable, Equatable {
    /// Of the record in the operation's `.requests`.
    public let offset: Int64
    /// The record's time in the log.
    public let appendedAt: Timestamp
    public let operation: String
    public let createdAt: Timestamp
    public let tenant: String
    public let deadline: Timestamp?
    public let notBefore: Timestamp?
    public let priority: Int
    public let idempotencyKey: String?
    public let replyTo: String?
    public let callback: String?
    public let traceparent: String?
    public let context: [String: String]
    /// Of the body; twins are compared with it.
    public let digest: PayloadDigest

    /// The facts of a record.
    public convenience init(_ record: RequestRecord, offset: Int64, appendedAt: Timestamp) {
        self.init(
            offset: offset, appendedAt: appendedAt, operation: record.operation, createdAt: record.createdAt, tenant: record.tenant,
            deadline: record.deadline, notBefore: record.notBefore, priority: record.priority, idempotencyKey: record.idempotencyKey,
            replyTo: record.replyTo, callback: record.callback, traceparent: record.traceparent, context: record.context,
            digest: record.payload.digest)
    }

    /// All of them, for who restores a job.
    public init(
        offset: Int64, appendedAt: Timestamp, operation: String, createdAt: Timestamp, tenant: String, deadline: Timestamp?,
        notBefore: Timestamp?, priority: Int, idempotencyKey: String?, replyTo: String?, callback: String?, traceparent: String?,
        context: [String: String], digest: PayloadDigest
    ) {
        self.offset = offset
        self.appendedAt = appendedAt
        self.operation = operation
        self.createdAt = createdAt
        self.tenant = tenant
        self.deadline = deadline
        self.notBefore = notBefore
        self.priority = priority
        self.idempotencyKey = idempotencyKey
        self.replyTo = replyTo
        self.callback = callback
        self.traceparent = traceparent
        self.context = context
        self.digest = digest
    }

    public static func == (left: JobFacts, right: JobFacts) -> Bool {
        left === right
            || left.offset == right.offset && left.appendedAt == right.appendedAt && left.operation == right.operation
                && left.createdAt == right.createdAt && left.tenant == right.tenant && left.deadline == right.deadline
                && left.notBefore == right.notBefore && left.priority == right.priority && left.idempotencyKey == right.idempotencyKey
                && left.replyTo == right.replyTo && left.callback == right.callback && left.traceparent == right.traceparent
                && left.context == right.context && left.digest == right.digest
    }
}
