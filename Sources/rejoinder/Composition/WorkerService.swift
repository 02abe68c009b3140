import Client
import CommandLine
import Events
import Kafka
import Telemetry
import Worker

/// A worker with its handlers as a part of the program.
final class WorkerService: Service {
    let name = "worker"
    private let worker: Worker

    private init(_ worker: Worker) { self.worker = worker }

    /// The demo operations.
    static func demo(_ settings: Settings, kafka: KafkaConfiguration, registries: Registries) throws -> WorkerService {
        let worker = try make(settings, kafka, registries)
        try Demo.register(on: worker, folders: AllowedFolders(settings.filesFolders), concurrency: try concurrency(settings))
        return WorkerService(worker)
    }

    /// Any program as the handler of one operation.
    static func program(_ settings: Settings, kafka: KafkaConfiguration, registries: Registries, operation: String, command: [String])
        throws -> WorkerService
    {
        let worker = try make(settings, kafka, registries)
        let handler = try ProgramHandler(command)
        try worker.handle(operation, concurrency: try concurrency(settings) ?? Processors.count, by: handler)
        return WorkerService(worker)
    }

    private static func make(_ settings: Settings, _ kafka: KafkaConfiguration, _ registries: Registries) throws -> Worker {
        var configuration = WorkerConfiguration(kafka)
        configuration.prefix = settings.prefix
        configuration.logger = settings.logger.labelled("worker")
        configuration.metrics = settings.metrics
        configuration.registry = registries.external?.client
        return try Worker(try configuration.validated(), catalogue: registries.catalogue)
    }

    private static func concurrency(_ settings: Settings) throws(UsageError) -> Int? {
        guard settings.arguments.isGiven("concurrency") else { return nil }
        return try settings.arguments.parse("concurrency", "a number from 1 to 100000") {
            Int($0).flatMap { (1...100_000).contains($0) ? $0 : nil }
        }
    }

    func start() async throws { try await worker.start() }

    func run() async throws { try await worker.run() }

    func stop(within limit: Duration) async throws { await worker.stop(within: limit) }
}
