internal import Core
public import Events
internal import Kafka
internal import Store
internal import Telemetry

/// Folds the topics of the partitions that the group gives to this node into jobs, keeps them in a local store, decides what is due, and
/// answers readers.
///
/// One thread of its own does all the work. The query functions may be called from any thread and return at once. `start()` returns when the
/// thread runs; `ended()` when it has ended, with the reason if it needs an operator; `stop(within:)` ends it well.
public final class Correlator: Sendable {
    /// Its settings.
    public let configuration: CorrelatorConfiguration
    let readers: ReadModel
    let tables: JobTables
    private let store: Store
    private let mailbox = LoopMailbox()
    private let policies: Policies
    private let catalogue: Catalogue
    private let book: SchemaBook
    private let state = Locked(State())

    private struct State {
        var consumer: Consumer?
        var producer: Producer?
        var admin: Admin?
        var follower: [CompactedTable] = []
        var isStarted = false
        var isEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Opens the store. Nothing of Kafka is touched yet.
    /// - Parameters:
    ///   - catalogue: the operations whose policies are known; operations of other topics are folded under the standard policy.
    ///   - book: learns the schemas of `rejoinder.schemas` while the correlator runs.
    public init(_ configuration: CorrelatorConfiguration, catalogue: Catalogue, book: SchemaBook) throws(CorrelatorFailure) {
        self.configuration = configuration
        self.catalogue = catalogue
        self.book = book
        do throws(StoreError) {
            store = try Store(
                path: configuration.folder, mapSize: configuration.limits.storeBytesMax, tables: JobTables.names, layout: JobTables.layout)
            tables = try JobTables(store)
        } catch {
            throw CorrelatorFailure(error.description)
        }
        if case .discarded(let reason) = store.opening {
            configuration.logger.notice("the store was thrown away and is folded anew", ["folder": configuration.folder, "why": reason])
        }
        policies = Policies(Self.policies(catalogue))
        readers = ReadModel(
            node: configuration.node, timings: configuration.timings, limits: configuration.limits, afterBatch: configuration.afterBatch)
    }

    private static func policies(_ catalogue: Catalogue) -> [String: Policy] {
        Dictionary(catalogue.operations.map { ($0.name, $0.policy) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes the policies of another catalogue, for instance after a reload.
    public func replacePolicies(_ catalogue: Catalogue) { policies.replace(Self.policies(catalogue)) }

    /// Makes the clients, reads members and schemas to their ends, joins the group, and starts the thread.
    public func start() async throws(CorrelatorFailure) {
        do throws(KafkaError) {
            try await begin()
        } catch {
            throw CorrelatorFailure("the correlator did not start: \(error.description)")
        }
    }

    private func begin() async throws(KafkaError) {
        let topics = configuration.topics
        let readers = readers
        let members = MemberTable(topic: topics.members) { partition, member in readers.claimed(partition, member) }
        let schemas = SchemaFollower(book, topic: topics.schemas, logger: configuration.logger)
        let memberRecords = try CompactedTable(topic: topics.members, configuration.kafka) { members.apply($0) }
        let schemaRecords = try CompactedTable(topic: topics.schemas, configuration.kafka) { schemas.apply($0) }
        let producer = try Producer(ProducerConfiguration(configuration.kafka), observer: mailbox)
        let consumer = try Consumer(consumerConfiguration)
        let admin = try Admin(configuration.kafka)
        state.withLock { state in
            state.consumer = consumer
            state.producer = producer
            state.admin = admin
            state.follower = [memberRecords, schemaRecords]
        }
        try await schemaRecords.caughtUp()
        try await memberRecords.caughtUp()
        try consumer.subscribe([topics.commands], handler: RebalanceListener(mailbox, readers))
        state.withLock { $0.isStarted = true }
        OwnThread.start("correlator") { self.run(producer, consumer, admin, members, schemas) }
    }

    /// Ends come as values, for the fold's position behind control records.
    private var consumerConfiguration: ConsumerConfiguration {
        var settings = ConsumerConfiguration(configuration.kafka, group: configuration.topics.correlators)
        settings.instance = configuration.node
        settings.sessionTimeout = configuration.timings.session
        settings.reportsEnds = true
        settings.headers = []
        settings.fetchWait = .milliseconds(50)
        settings.prefetchRecords = configuration.limits.prefetchRecords
        settings.prefetchBytes = configuration.limits.prefetchBytes
        settings.batchBytesMax = 8 << 20
        return settings
    }

    /// The thread.
    private func run(_ producer: Producer, _ consumer: Consumer, _ admin: Admin, _ members: MemberTable, _ schemas: SchemaFollower) {
        let logger = configuration.logger
        let metrics = CorrelatorMetrics(configuration.metrics)
        let environment = Partition.Environment(
            node: configuration.node, names: configuration.topics, tables: tables, policies: policies, limits: configuration.limits,
            timings: configuration.timings, metrics: metrics, logger: logger)
        let start = String(Clocks.wall.milliseconds, radix: 36) + String(UInt16.random(in: 0...UInt16.max), radix: 36)
        let outbox = Outbox(
            producer, names: configuration.topics, catalogue: catalogue, book: book, node: configuration.node, start: start,
            address: configuration.address,
            logger: logger)
        let loop = CorrelatorLoop(
            CorrelatorLoop.Parts(
                configuration: configuration, consumer: consumer, outbox: outbox, producer: producer, mailbox: mailbox, readers: readers,
                members: members, schemas: schemas, admin: admin, book: book, environment: environment), start: start)
        do throws(CorrelatorFailure) {
            try loop.run()
        } catch {
            logger.critical("the correlator stopped", ["why": error.description])
            readers.fail(error.description)
        }
        let waiters = state.withLock { state in
            state.isEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Suspends until the thread has ended. What needs an operator is in the answer; nil after `stop`.
    public func ended() async -> CorrelatorFailure? {
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiters.append(continuation) }
                return state.isEnded
            }
            if isEnded { continuation.resume() }
        }
        return readers.state.withLock { $0.failure.map { CorrelatorFailure($0) } }
    }

    /// Ends the thread behind its turn, commits, leaves the group at once so that another node takes over, and closes the store.
    @discardableResult
    public func stop(within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        mailbox.put { $0.isStopping = true }
        let (consumer, producer, admin, tables, isStarted) = state.withLock {
            ($0.consumer, $0.producer, $0.admin, $0.follower, $0.isStarted)
        }
        if isStarted { _ = await ended() }
        var isClean = true
        if let consumer {
            try? consumer.unsubscribe()
            isClean = await consumer.close(within: max(deadline - .now, .milliseconds(100))) && isClean
        }
        if let producer { isClean = await producer.close(within: max(deadline - .now, .milliseconds(100))) && isClean }
        for table in tables { await table.close(within: max(deadline - .now, .milliseconds(100))) }
        if let admin { await admin.close(within: max(deadline - .now, .milliseconds(100))) }
        do throws(StoreError) {
            try store.close()
        } catch {
            configuration.logger.error("the store was not closed well", ["error": error.description])
            isClean = false
        }
        return isClean
    }
}
