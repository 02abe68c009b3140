import Client
import CommandLine
import Core
import Correlator
import Events
import Gateway
import HTTPServer
import Kafka
import Telemetry

/// A node: its HTTP side and, by its role, a gateway and a correlator.
final class NodeService: Service {
    enum Role: String, CaseIterable {
        case gateway, correlator, all

        var accepts: Bool { self != .correlator }
        var correlates: Bool { self != .gateway }
    }

    /// What a node is told beside the settings that every command takes.
    struct Options: Sendable {
        var role: Role
        var rebuild = false
        var partitions: Int
        var bodyBytesMax = 1 << 20
        /// Joined to the correlator once it is made.
        var queries = CorrelatorQueries()
        var admits: (@Sendable (String, Int32, RequestID, Int) -> Bool)?
    }

    let name = "node"
    private let settings: Settings
    private let options: Options
    private let kafka: KafkaConfiguration
    private let catalogue: Catalogue
    private let directory: SchemaDirectory
    private let state = Parts()

    /// What has been made so far.
    private final class Parts: Sendable {
        private struct State {
            var gateway: Gateway?
            var correlator: Correlator?
            var remote: RemoteQueries?
            var port = 0
        }

        private let state = Locked(State())

        var gateway: Gateway? { state.withLock { $0.gateway } }
        var correlator: Correlator? { state.withLock { $0.correlator } }
        var remote: RemoteQueries? { state.withLock { $0.remote } }
        var port: Int { state.withLock { $0.port } }

        func set(_ remote: RemoteQueries?) { state.withLock { $0.remote = remote } }
        func set(_ correlator: Correlator) { state.withLock { $0.correlator = correlator } }

        func set(_ gateway: Gateway, port: Int) {
            state.withLock { state in
                state.gateway = gateway
                state.port = port
            }
        }
    }

    init(_ settings: Settings, _ options: Options, kafka: KafkaConfiguration, catalogue: Catalogue, directory: SchemaDirectory) {
        self.settings = settings
        self.options = options
        self.kafka = kafka
        self.catalogue = catalogue
        self.directory = directory
    }

    /// The port that the HTTP side listens on, once it does.
    var port: Int { state.port }
    var correlator: Correlator? { state.correlator }

    func start() async throws {
        let queries = options.queries
        let remote =
            options.role.correlates
            ? nil
            : try RemoteQueries(kafka, names: TopicNames(prefix: settings.prefix), partitions: options.partitions, logger: settings.logger)
        state.set(remote)
        let gateway = try Gateway(
            gatewayConfiguration, address: (settings.http.host, Int(settings.http.port)), limits: limits, kafka: producerConfiguration,
            parts: parts(queries, remote))
        let port = try await gateway.start()
        state.set(gateway, port: port)
        guard options.role.correlates else { return }
        let correlator = try Correlator(correlatorConfiguration(port), catalogue: catalogue, book: directory.book)
        state.set(correlator)
        try await correlator.start()
        queries.join(correlator)
        try await ready(correlator)
    }

    /// A correlator is ready when its partitions are assigned; after `--rebuild`, when it has caught up.
    private func ready(_ correlator: Correlator) async throws {
        while true {
            let readiness = correlator.readiness
            if let failure = readiness.failure { throw Folders.Failure(description: failure) }
            if readiness.isReady { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func run() async throws {
        guard let correlator else { return try await idle() }
        if let failure = await correlator.ended() { throw Folders.Failure(description: failure.description) }
        try await idle()
    }

    private func idle() async throws {
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }

    func stop(within limit: Duration) async throws {
        let (gateway, correlator, remote) = (state.gateway, state.correlator, state.remote)
        await gateway?.stop(within: limit * 0.4)
        await correlator?.stop(within: limit * 0.5)
        await remote?.close()
    }

    // MARK: Configuration

    private var gatewayConfiguration: GatewayConfiguration {
        var configuration = GatewayConfiguration()
        configuration.acceptsRequests = options.role.accepts
        configuration.partitionCount = options.partitions
        configuration.prefix = settings.prefix
        configuration.filesFolder = settings.filesFolders.first
        configuration.nodeSecret = settings.arguments["node-secret"]
        return configuration
    }

    private var limits: ServerLimits {
        var limits = ServerLimits()
        limits.bodyBytesMax = options.bodyBytesMax
        return limits
    }

    private var producerConfiguration: ProducerConfiguration {
        var configuration = ProducerConfiguration(kafka)
        configuration.queuedBytesMax = 32 << 20
        return configuration
    }

    private func correlatorConfiguration(_ port: Int) -> CorrelatorConfiguration {
        var configuration = CorrelatorConfiguration(
            kafka: kafka, topics: TopicNames(prefix: settings.prefix), node: settings.node, address: advertised(port),
            folder: settings.dataFolder)
        configuration.rebuild = options.rebuild
        configuration.metrics = settings.metrics
        configuration.logger = settings.logger.labelled("correlator")
        return configuration
    }

    private func advertised(_ port: Int) -> String {
        settings.arguments["advertise"] ?? Settings.Address(host: settings.http.host, port: UInt16(port)).text
    }

    private func parts(_ queries: CorrelatorQueries, _ remote: RemoteQueries?) -> Gateway.Parts {
        let book = directory.book
        var parts = Gateway.Parts(
            catalogue: catalogue, schemas: { book.known($0) }, queries: remote ?? queries, metrics: settings.metrics,
            logger: settings.logger.labelled("gateway"))
        parts.registry = RegistryAccess(
            registry: { [directory] in directory.registry }, register: { [directory] in try await directory.register($0) })
        if let remote {
            parts.otherNodes = { remote.addresses }
        } else {
            parts.otherNodes = { [state] in state.correlator?.otherAddresses ?? [] }
        }
        if options.role.correlates { parts.notReady = { queries.notReadyReason() } }
        if let admits = options.admits { parts.admits = admits }
        return parts
    }
}
