import Client
import CommandLine
import Events
import Kafka
import Telemetry

/// `rejoinder worker`
enum WorkerCommand {
    static let command = Command(
        "worker", summary: "Runs handlers: the demo operations, or any program.",
        details: """
            COMMAND is started once for each attempt, without a shell. It reads one JSON document from standard input and writes JSON lines: {"progress":…}, \
            {"part":…}, {"checkpoint":…}, and as its last one {"result":…} or {"error":…}. Cancelling sends it SIGTERM.
            Prints 'ready' on standard output when it can take work.
            """,
        options: [
            Option("demo", help: "Run the demo operations: demo.echo, reports.generate, texts.index."),
            Option("operation", value: .one("NAME"), help: "The operation that COMMAND answers."),
            Option("concurrency", value: .one("N"), help: "How many run at once; the default is the cores for a program, 256 for --demo."),
        ],
        rest: .init("COMMAND", "Program to start for each attempt, and its arguments.", isOptional: true),
        run: { arguments in await Runner.run(arguments) { try await work($0) } })

    private static func work(_ settings: Settings) async throws -> Int32 {
        let arguments = settings.arguments
        let operation = arguments["operation"]
        if arguments.flag("demo") == (operation != nil) {
            throw UsageError("give either --demo, or --operation NAME -- COMMAND…", path: arguments.path)
        }
        if operation != nil, arguments.operands.isEmpty {
            throw UsageError("the command is missing: --operation NAME -- COMMAND…", path: arguments.path)
        }
        if operation == nil, !arguments.operands.isEmpty { throw UsageError("'--demo' takes no command", path: arguments.path) }
        let kafka = try await Kafkas.reached(settings)
        let registries = try await Registries.load(settings, remembering: kafka)
        defer { registries.external?.close() }
        if let first = settings.filesFolders.first, arguments.flag("demo") { try Folders.make(first) }
        let worker =
            if let operation {
                try WorkerService.program(settings, kafka: kafka, registries: registries, operation: operation, command: arguments.operands)
            } else {
                try WorkerService.demo(settings, kafka: kafka, registries: registries)
            }
        let lifecycle = Lifecycle(
            services: [worker], startLimit: .seconds(60), stopLimit: .seconds(8), ready: { Terminal.output.write("ready\n") },
            report: { settings.logger.notice($0) })
        return await lifecycle.run(until: Runner.signals)
    }
}
