import Avro
import Client
import CommandLine
import Events
import Kafka

/// `rejoinder topics create`
enum TopicsCommand {
    static let command = Command(
        "topics", summary: "Sets up the topics of a prefix.",
        commands: [
            Command(
                "create", summary: "Makes the topics that are missing and registers the schemas.",
                details:
                    "The number of partitions is fixed for a prefix: choose it large. It bounds how many correlators and workers can share the work.",
                options: [
                    Option("partitions", value: .one("N"), help: "Partitions of every topic.", fallback: "\(TopicPlan.partitionsDefault)"),
                    Option("replicas", value: .one("N"), help: "Brokers that keep each partition; the default is the broker's."),
                ],
                run: { arguments in await Runner.run(arguments) { try await create($0) } })
        ])

    private static func create(_ settings: Settings) async throws -> Int32 {
        let arguments = settings.arguments
        let partitions =
            try arguments.parse("partitions", "a number from 1 to 10000") { Int($0).flatMap { (1...10_000).contains($0) ? $0 : nil } } ?? 12
        let replicas = try arguments.parse("replicas", "a number from 1 to 100") { Int($0).flatMap { (1...100).contains($0) ? $0 : nil } }
        let kafka = try await Kafkas.reached(settings)
        let registries = try await Registries.load(settings)
        defer { registries.external?.close() }
        let (catalogue, names) = (registries.catalogue, registries.names)
        let report = try await TopicSetup(kafka).create(
            TopicPlan(catalogue: catalogue, names: names, partitions: partitions, replicas: replicas))
        let directory = try SchemaDirectory(kafka, catalogue: catalogue, names: names, logger: settings.logger)
        let registered = try await directory.register(catalogue)
        await directory.close()
        if arguments["output"] == "json" {
            func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
            let document = JSONValue.object([
                .init("created", texts(report.created)), .init("existing", texts(report.existing)), .init("registered", texts(registered)),
            ])
            Terminal.output.write(document.text + "\n")
        } else {
            for name in report.created { Terminal.output.write("created     \(name)\n") }
            for name in report.existing { Terminal.output.write("there       \(name)\n") }
            for subject in registered { Terminal.output.write("registered  \(subject)\n") }
        }
        return 0
    }
}
