import Avro
import Client
import CommandLine
import Core
import Events
import Kafka
import Telemetry

/// `rejoinder tail`: the events of the topics as they come, decoded.
enum TailCommand {
    static let command = Command(
        "tail", summary: "Follows the topics, decoded.",
        details: "Reads Kafka itself, not a gateway. With --output json, one JSON document a line.",
        options: [Option("from-beginning", help: "Begin with what the topics hold, not with what comes.")],
        rest: .init("OPERATION", "Which operations; the default is all.", isOptional: true),
        run: { arguments in await Runner.run(arguments) { try await tail($0) } })

    private static func tail(_ settings: Settings) async throws -> Int32 {
        let kafka = try await Kafkas.reached(settings)
        let catalogue = try Catalogues.load(settings.schemasFolder)
        let names = TopicNames(prefix: settings.prefix)
        let partitions = try await TopicSetup(kafka).partitions(catalogue: catalogue, names: names)
        let external = try Registries.external(settings)
        defer { external?.close() }
        let directory = try SchemaDirectory(kafka, catalogue: catalogue, names: names, external: external, logger: settings.logger)
        try await directory.ready()
        let tail = try EventTail(kafka, catalogue: catalogue, names: names, operations: settings.arguments.operands, book: directory.book)
        let isJSON = settings.arguments["output"] == "json"
        try await tail.start(
            partitions: partitions, fromBeginning: settings.arguments.flag("from-beginning"),
            onEvent: { Terminal.output.write(isJSON ? document($0).text + "\n" : line($0)) }, onError: { settings.logger.warning("\($0)") })
        for await number in Runner.signals where number != 1 { break }
        await tail.close()
        await directory.close()
        return 0
    }

    private static func document(_ event: TailEvent) -> JSONValue {
        .object(
            [
                .init("topic", .string(event.topic)), .init("partition", .whole(Int64(event.partition))),
                .init("offset", .whole(event.offset)),
                .init("timestamp", .string(Timestamp(milliseconds: event.timestamp).rfc3339)), .init("requestId", .string(event.requestID)),
                .init("type", .string(event.type)),
            ] + event.fields.map { .init($0.name, $0.value) })
    }

    private static func line(_ event: TailEvent) -> String {
        let fields = event.fields.filter { $0.value != .null && $0.value != .string("") && $0.name != "operation" && $0.name != "time" }
        let shown = fields.map { "\($0.name)=\($0.value.string ?? $0.value.text)" }.joined(separator: " ")
        return
            "\(Timestamp(milliseconds: event.timestamp).rfc3339)  \(event.topic) \(event.partition):\(event.offset)  \(event.requestID)  \(event.type)  \(shown)\n"
    }
}
