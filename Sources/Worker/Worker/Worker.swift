import Avro
import Core
public import Events
import Kafka
import Synchronization

import Telemetry

/// Runs handlers for operations: takes their requests from Kafka, one consumer group an operation, and sends what becomes of them.
///
/// Give it its handlers (`handle`), then `start()`, then `run()` until it fails or is stopped by `stop(within:)`. A worker is used once.
public final class Worker: Sendable {
    struct Registration {
        let operation: Operation
        let handler: any Handler
        let concurrency: Int?
    }

    struct State {
        var registrations: [Registration] = []
        var parts: Parts?
        var isStopping = false
        var failure: WorkerError?
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// What a started worker is made of.
    struct Parts {
        let producer: Producer
        let outlet: Outlet
        let commands: CommandReader
        let schemas: CompactedTable
        let runners: [OperationRunner]
        let clock: WorkerClock
    }

    /// The settings.
    public let configuration: WorkerConfiguration
    /// The operations that are known.
    public let catalogue: Catalogue
    let book: SchemaBook
    let names: TopicNames
    let state = Locked(State())

    /// A worker without handlers yet.
    public init(_ configuration: WorkerConfiguration, catalogue: Catalogue) throws(WorkerError) {
        self.configuration = try configuration.validated()
        self.catalogue = catalogue
        book = SchemaBook(catalogue)
        if let registry = configuration.registry { book.consult(registry) }
        names = TopicNames(prefix: configuration.prefix)
    }

    /// The operation of that name, which must be in the catalogue.
    func operation(_ name: String) throws(WorkerError) -> Operation {
        guard let operation = catalogue[name] else {
            let known = catalogue.operations.map(\.name).joined(separator: ", ")
            throw WorkerError(
                .configuration, operation: "handle \(name)",
                detail: "the schemas describe no such operation; they describe \(known.isEmpty ? "none" : known)")
        }
        return operation
    }

    /// Gives an operation its handler. `concurrency`: how many may run at once; the operation's policy may say less.
    public func handle(_ name: String, concurrency: Int? = nil, by handler: any Handler) throws(WorkerError) {
        let operation = try operation(name)
        let fault = state.withLock { state -> String? in
            if state.parts != nil { return "the worker has started" }
            if state.registrations.contains(where: { $0.operation.name == name }) { return "it has a handler already" }
            state.registrations.append(Registration(operation: operation, handler: handler, concurrency: concurrency))
            return nil
        }
        if let fault { throw WorkerError(.configuration, operation: "handle \(name)", detail: fault) }
    }

    /// Suspends until the worker is stopped (returns) or cannot go on (throws).
    public func run() async throws(WorkerError) {
        await withCheckedContinuation { waiter in
            let isOver = state.withLock { state in
                if state.isStopping || state.failure != nil { return true }
                state.waiter = waiter
                return false
            }
            if isOver { waiter.resume() }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    func fail(_ error: WorkerError) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.failure == nil { state.failure = error }
            defer { state.waiter = nil }
            return state.waiter
        }
        configuration.logger.critical("the worker cannot go on: \(error)")
        waiter?.resume()
    }

    /// How many handlers run.
    public var running: Int { state.withLock { $0.parts?.runners ?? [] }.reduce(0) { $0 + $1.openCount } }

    /// How many requests were taken and wait for a free slot.
    public var waiting: Int {
        state.withLock { $0.parts?.runners ?? [] }.reduce(0) { sum, runner in sum + runner.state.withLock { $0.waiting.count } }
    }

    func dispatch(_ record: CommandRecord, to runners: [OperationRunner]) {
        for runner in runners where runner.operation.name == record.operation { runner.command(record) }
    }
}
