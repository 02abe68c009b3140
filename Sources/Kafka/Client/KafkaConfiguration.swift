public import Telemetry

/// What every client of one Kafka shares. A value: change a copy.
public struct KafkaConfiguration: Sendable {
    /// `host:port,host:port`.
    public var bootstrapServers: String
    /// The name under which the broker's logs and quotas know the client.
    public var clientID: String
    /// Encryption and login.
    public var security: KafkaSecurity
    /// How long one request to a broker may take before its connection counts as dead.
    public var requestTimeout: Duration
    /// The longest pause between two attempts to connect. Short, so that the first success comes soon after a broker's return.
    public var reconnectPauseMax: Duration
    /// How often the library is asked for its statistics; nil: never.
    public var statisticsInterval: Duration?
    /// Where statistics go.
    public var statistics: (any StatisticsObserver)?
    /// Where the library's log lines and this module's own go.
    public var logger: Logger?
    /// Where this module counts; nil: nowhere.
    public var metrics: Metrics?
    /// Any other librdkafka property. Keys that this module owns are refused with the name of the setting to use.
    public var extra: [String: String]

    /// A configuration with safe defaults.
    public init(bootstrapServers: String, clientID: String = "rejoinder") {
        self.bootstrapServers = bootstrapServers
        self.clientID = clientID
        security = .none
        requestTimeout = .seconds(10)
        reconnectPauseMax = .seconds(1)
        statisticsInterval = nil
        statistics = nil
        logger = nil
        metrics = nil
        extra = [:]
    }
}
