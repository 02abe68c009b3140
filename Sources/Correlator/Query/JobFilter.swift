public import Core

/// Which jobs a list shows. What is nil does not restrict.
public struct JobFilter: Sendable, Equatable {
    /// The operation's name.
    public var operation: String?
    /// The status.
    public var status: JobStatus?
    /// The tenant.
    public var tenant: String?
    /// Created at or after this.
    public var since: Timestamp?
    /// Created before this.
    public var until: Timestamp?

    /// A filter.
    public init(operation: String? = nil, status: JobStatus? = nil, tenant: String? = nil, since: Timestamp? = nil, until: Timestamp? = nil)
    {
        self.operation = operation
        self.status = status
        self.tenant = tenant
        self.since = since
        self.until = until
    }
}
