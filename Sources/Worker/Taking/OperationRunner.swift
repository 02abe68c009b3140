import Avro
import Core
import Events
import Kafka
import Synchronization

import Telemetry

/// Takes the requests of one operation, runs its handler, sends its events.
///
/// Its own thread polls Kafka, answers what can be answered at once, and starts tasks for the rest; a task that ends takes the next waiting
/// request itself. `state` is the only lock; it is never held while C or a handler is called.
final class OperationRunner: Sendable {
    let operation: Operation
    let nameBytes: [UInt8]
    let handler: any Handler
    let slots: Int
    let configuration: WorkerConfiguration
    let codec: PayloadCodec
    let book: SchemaBook
    let outlet: Outlet
    let responses: Topic
    let requestsTopic: String
    /// How many partitions the operation's topics have.
    let partitions: Int
    let consumer: Consumer
    let commands: CommandReader
    let figures: RunnerFigures
    let logger: Logger
    let state: Locked<RunnerState>
    /// Tokens of this runner's records carry it in their upper bits; from 1.
    let index: UInt64
    /// Told once, when the runner cannot go on.
    let failed: @Sendable (WorkerError) -> Void
    let stops = Atomic<Bool>(false)
    let threadEnded = Atomic<Bool>(false)
    let asideLimiter = LogLimiter(burst: 10)

    static let tokenBits: UInt64 = 40

    init(
        index: Int, operation: Operation, handler: any Handler, concurrency: Int?, configuration: WorkerConfiguration, book: SchemaBook,
        outlet: Outlet, partitions: Int, commands: CommandReader, failed: @escaping @Sendable (WorkerError) -> Void
    ) throws(WorkerError) {
        let names = TopicNames(prefix: configuration.prefix)
        self.index = UInt64(index + 1)
        self.operation = operation
        nameBytes = Array(operation.name.utf8)
        self.handler = handler
        self.configuration = configuration
        self.book = book
        self.outlet = outlet
        self.partitions = partitions
        self.commands = commands
        self.failed = failed
        slots = min(concurrency ?? configuration.concurrency, operation.policy.concurrency ?? .max)
        codec = PayloadCodec(operation)
        responses = outlet.producer.topic(names.responses(operation.name))
        requestsTopic = names.requests(operation.name)
        logger = configuration.logger.with(["operation": operation.name])
        figures = RunnerFigures(configuration.metrics, operation: operation.name)
        state = Locked(RunnerState(startsRemembered: configuration.startsRemembered))
        var settings = ConsumerConfiguration(configuration.kafka, group: names.workers(operation.name))
        settings.prefetchBytes = 64 << 20
        do throws(KafkaError) {
            consumer = try Consumer(settings)
        } catch {
            throw WorkerError(.kafka, operation: "consume \(requestsTopic)", detail: error.description)
        }
    }

    /// Subscribes and starts the thread.
    func start() throws(WorkerError) {
        do throws(KafkaError) {
            try consumer.subscribe([requestsTopic], handler: self)
        } catch {
            throw WorkerError(.kafka, operation: "subscribe to \(requestsTopic)", detail: error.description)
        }
        try WorkerThread.start("work-\(operation.name)") { self.loop() }
    }

    /// Whether the group has told what is ours, be it nothing.
    var hasBeenAssigned: Bool { state.withLock { $0.hasBeenAssigned } }

    var openCount: Int { state.withLock { $0.open.count } }

    /// Whether the thread has committed, left the group and ended.
    var hasLeft: Bool { threadEnded.load(ordering: .acquiring) }

    /// Starts nothing new; the thread commits, leaves the group and ends.
    func drain() {
        state.withLock { $0.isDraining = true }
        stops.store(true, ordering: .releasing)
    }

    /// Hands back all that still runs.
    func releaseAll(reason: String) {
        for open in state.withLock({ Array($0.open.values) }) { release(open.take, reason: reason) }
    }

    /// Ends a take from outside: *released* is sent, the handler cancelled.
    func release(_ take: Take, reason: String) {
        guard finish(take, .released(reason: reason)) else { return }
        figures.released.add()
        logger.info("handed back", ["requestId": take.id.text, "attempt": take.attempt, "reason": reason])
        take.abort()
    }
}
