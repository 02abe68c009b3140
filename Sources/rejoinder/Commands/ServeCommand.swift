import Client
import CommandLine
import Events
import Kafka
import Telemetry

/// `rejoinder serve`: a production node.
enum ServeCommand {
    static let command = Command(
        "serve", summary: "Runs a node: a gateway, a correlator, or both.",
        details:
            "Prints 'ready http://ADDRESS:PORT' on standard output when it can take work. The topics must be there: see 'rejoinder topics create'.",
        options: [
            Option(
                "role", value: .one("ROLE"), help: "What the node does.", fallback: "all",
                choices: NodeService.Role.allCases.map(\.rawValue)),
            Option("rebuild", help: "Ignore the store and fold the topics from their start."),
            Option("insecure", help: "Listen on an address that is not loopback although there is no access control."),
        ],
        run: { arguments in await Runner.run(arguments) { try await serve($0) } })

    private static func serve(_ settings: Settings) async throws -> Int32 {
        let arguments = settings.arguments
        guard settings.http.isLoopback || arguments.flag("insecure") else {
            throw UsageError(
                "--http \(settings.http.text) is not a loopback address, and nothing here asks callers who they are: put a proxy with access control in front and give --insecure",
                path: arguments.path)
        }
        if settings.http.isWildcard, arguments["advertise"] == nil {
            throw UsageError(
                "--http \(settings.http.text) is a wildcard: say by --advertise ADDRESS:PORT where other nodes reach this one",
                path: arguments.path)
        }
        let kafka = try await Kafkas.reached(settings)
        let registries = try await Registries.load(settings, remembering: kafka)
        defer { registries.external?.close() }
        let (catalogue, names) = (registries.catalogue, registries.names)
        let role = NodeService.Role(rawValue: arguments["role"] ?? "all") ?? .all
        if role.correlates { try Folders.make(settings.dataFolder) }
        let partitions = try await TopicSetup(kafka).partitions(catalogue: catalogue, names: names)
        let directory = try SchemaDirectory(
            kafka, catalogue: catalogue, names: names, external: registries.external, logger: settings.logger)
        _ = try await directory.register(catalogue)
        let options = NodeService.Options(role: role, rebuild: arguments.flag("rebuild"), partitions: partitions)
        let node = NodeService(settings, options, kafka: kafka, catalogue: catalogue, directory: directory)
        let lifecycle = Lifecycle(
            services: [node], startLimit: .seconds(3600), stopLimit: .seconds(8),
            ready: { Terminal.output.write("ready http://\(Settings.Address(host: settings.http.host, port: UInt16(node.port)).text)\n") },
            report: { settings.logger.notice($0) })
        let status = await lifecycle.run(until: Runner.signals)
        await directory.close()
        return status
    }
}
