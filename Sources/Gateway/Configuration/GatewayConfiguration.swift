/// The settings of a gateway, with safe defaults.
public struct GatewayConfiguration: Sendable {
    /// Whether `POST /requests/…` is served; a node that only correlates does not.
    public var acceptsRequests = true
    /// Partitions of every topic of the prefix.
    public var partitionCount = 12
    /// In front of every topic's name.
    public var prefix = ""
    /// The largest encoded record, in bytes: what the topics take (`max.message.bytes`).
    public var recordBytesMax = 1_000_000
    /// Requests that wait for Kafka's acknowledgement; more are answered `503`.
    public var unacknowledgedMax = 20_000
    /// How long an acknowledgement may take before the request is taken back out of the producer's queue.
    public var unsentMax: Duration = .milliseconds(600)
    /// How long a client waits for the acknowledgement of what was already in flight.
    public var acknowledgementMax: Duration = .milliseconds(850)
    /// How long a reader waits for the fold to reach what it asks for.
    public var foldWaitMax: Duration = .seconds(5)
    /// Jobs of a page of `GET /jobs`, when asked and at most.
    public var jobsPerPage = 50
    public var jobsPerPageMax = 500
    /// Partial results of one answer.
    public var partsPerPageMax = 1000
    /// Schemas that wait to be registered; more are answered `503`. They are appended one after another.
    public var registrationsMax = 32
    /// How long a registration may take until it has been read back.
    public var registrationMax: Duration = .seconds(10)
    /// What nodes show each other; nil where nodes trust their network.
    public var nodeSecret: String?
    /// This node's address as other nodes know it.
    public var advertised = ""
    /// The folder from which `/files` is served; nil for none.
    public var filesFolder: String?

    public init() {}
}
