public import Events
public import Kafka
public import Telemetry

/// A correlator's settings.
public struct CorrelatorConfiguration: Sendable {
    /// The Kafka to read from and write to.
    public var kafka: KafkaConfiguration
    /// The names of topics and groups.
    public var topics: TopicNames
    /// The node's name: its `group.instance.id`, and who owns a partition in `rejoinder.members`. No two running nodes may share one.
    public var node: String
    /// Where other nodes reach this node's HTTP side (`host:port`).
    public var address: String
    /// The store's folder. One process at a time has it.
    public var folder: String
    /// Ignore the store and fold the topics from their start.
    public var rebuild: Bool
    /// Times.
    public var timings: CorrelatorTimings
    /// Bounds.
    public var limits: CorrelatorLimits
    /// Where it counts.
    public var metrics: Metrics
    /// Where its lines go.
    public var logger: Logger
    /// Called behind the callbacks of one folded batch, on the thread that made them: the place to complete what they gathered in one go.
    public var afterBatch: @Sendable () -> Void

    /// A configuration with safe defaults.
    public init(kafka: KafkaConfiguration, topics: TopicNames = TopicNames(), node: String, address: String, folder: String) {
        self.kafka = kafka
        self.topics = topics
        self.node = node
        self.address = address
        self.folder = folder
        rebuild = false
        timings = CorrelatorTimings()
        limits = CorrelatorLimits()
        metrics = Metrics()
        logger = Logger(label: "correlator")
        afterBatch = {}
    }
}
