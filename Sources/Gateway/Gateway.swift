public import Core
public import Events
import Glibc
import HTTPClient
public import HTTPServer
public import Kafka
public import Telemetry

/// The HTTP edge: takes requests to Kafka, and answers what the correlator has folded (2-http.md of the design; README, "HTTP").
///
/// It holds no state of its own but what is under way: any number of gateways run beside each other. `start()` returns when it can listen and
/// its topics are warm; `stop` answers who waits and closes within its limit.
public final class Gateway: Sendable {
    private let server: Server
    private let producer: Producer?
    private let acceptor: Acceptor?
    private let acceptance: Acceptance?
    private let topics: [String]
    private let client: HTTPClient
    private let logger: Logger
    private let phase = ServingPhase()

    /// What a gateway is built of.
    public struct Parts: Sendable {
        public var catalogue: Catalogue
        /// What is known of a schema id.
        public var schemas: @Sendable (UInt32) -> KnownSchema?
        public var queries: any JobQueries
        /// Addresses of the other nodes that own partitions.
        public var otherNodes: @Sendable () -> [String]
        /// Whether there is room in a partition for a record of so many bytes; the embedded broker of `dev` bounds it.
        public var admits: @Sendable (_ operation: String, _ partition: Int32, _ id: RequestID, _ bytes: Int) -> Bool = { _, _, _, _ in true
        }
        /// What this node still waits for beside its gateway: its correlator's partitions, where it has one.
        public var notReady: @Sendable () -> String? = { nil }
        /// What `/registry` stands on; nil for a node without one.
        public var registry: RegistryAccess?
        public var metrics: Metrics
        public var logger: Logger

        public init(
            catalogue: Catalogue, schemas: @escaping @Sendable (UInt32) -> KnownSchema?, queries: any JobQueries,
            otherNodes: @escaping @Sendable () -> [String] = { [] }, metrics: Metrics, logger: Logger
        ) {
            self.catalogue = catalogue
            self.schemas = schemas
            self.queries = queries
            self.otherNodes = otherNodes
            self.metrics = metrics
            self.logger = logger
        }
    }

    /// - Parameters:
    ///   - address: where to listen; port 0 picks a free one.
    ///   - kafka: how to reach Kafka; nil for a node that takes no requests.
    public init(
        _ configuration: GatewayConfiguration, address: (host: String, port: Int), limits: ServerLimits = ServerLimits(),
        kafka: ProducerConfiguration?,
        parts: Parts
    ) throws(GatewayError) {
        let names = TopicNames(prefix: configuration.prefix)
        guard let client = HTTPClient() else { throw GatewayError("the HTTP client cannot be made: no memory or no thread") }
        self.client = client
        logger = parts.logger
        let requestMetrics = RequestMetrics(parts.metrics)
        let renderer = PayloadRenderer(schemas: parts.schemas, metrics: parts.metrics, logger: parts.logger)
        let reader = StatusReader(
            queries: parts.queries, payloads: renderer, configuration: configuration, retryTimes: RetryTimes(parts.queries))
        let forwarder = Forwarder(
            client: client, headers: NodeHeaders(nodeSecret: configuration.nodeSecret), metrics: parts.metrics,
            requestMetrics: requestMetrics)
        if configuration.acceptsRequests, let kafka {
            (acceptor, acceptance, producer) = try Self.acceptor(configuration, names, kafka, parts, requestMetrics, reader, forwarder)
        } else {
            (acceptor, acceptance, producer) = (nil, nil, nil)
        }
        topics = producer == nil ? [] : parts.catalogue.operations.map { names.requests($0.name) }
        let routes = Routes(
            configuration: configuration, operations: parts.catalogue.operations, acceptor: acceptor, queries: parts.queries,
            reader: reader,
            feed: EventFeed(queries: parts.queries, payloads: renderer), forwarder: forwarder,
            files: configuration.filesFolder.map { ResultFiles(folder: $0) },
            registry: parts.registry.map { [logger = parts.logger] in
                RegistryEndpoint($0, configuration: configuration, requestMetrics: requestMetrics, logger: logger)
            }, metrics: parts.metrics, requestMetrics: requestMetrics,
            notReady: { [phase] in phase.notReadyReason ?? parts.notReady() }, otherNodes: parts.otherNodes)
        server = Server(address: address.host, port: address.port, limits: limits) { routes.answer($0) }
    }

    private static func acceptor(
        _ configuration: GatewayConfiguration, _ names: TopicNames, _ kafka: ProducerConfiguration, _ parts: Parts,
        _ requestMetrics: RequestMetrics,
        _ reader: StatusReader, _ forwarder: Forwarder
    ) throws(GatewayError) -> (Acceptor, Acceptance, Producer) {
        let acceptance = Acceptance(
            limit: configuration.unacknowledgedMax, metrics: parts.metrics, requestMetrics: requestMetrics,
            retryAfter: { reader.retryAfter($0) })
        var settings = kafka
        settings.unsentMax = configuration.unsentMax
        let producer: Producer
        do {
            producer = try Producer(settings, observer: acceptance)
        } catch {
            throw GatewayError("the producer cannot be made: \(error)")
        }
        let endpoints = parts.catalogue.operations.map { ($0.name, OperationEndpoint($0, topic: producer.topic(names.requests($0.name)))) }
        let acceptor = Acceptor(
            endpoints: Dictionary(endpoints) { first, _ in first }, producer: producer, acceptance: acceptance, metrics: requestMetrics,
            configuration: configuration,
            clock: Self.now, admits: parts.admits)
        let remote = RemoteJobs(forwarder: forwarder, queries: parts.queries, patience: configuration.foldWaitMax)
        let follow = FollowUp(
            queries: parts.queries, reader: reader, configuration: configuration, metrics: requestMetrics, askOwner: remote.askOwner,
            waitElsewhere: remote.wait)
        acceptance.whenAcknowledged { follow.begin($0, $1) }
        return (acceptor, acceptance, producer)
    }

    /// Warms the topics, so that the first request does not wait for metadata, and listens.
    /// - Returns: the port.
    public func start() async throws -> Int {
        try await producer?.warm(topics: topics)
        let port = try server.start()
        phase.set(.ready)
        return port
    }

    /// Refuses what is new, waits for Kafka's word on what was sent, answers who waits for more with what is known, and closes.
    public func stop(within limit: Duration) async {
        phase.set(.stopping)
        acceptor?.stop()
        await acceptance?.settle(within: limit * 0.3)
        await server.stop(within: limit * 0.3)
        await producer?.close(within: limit * 0.3)
        client.close()
    }

    private static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
