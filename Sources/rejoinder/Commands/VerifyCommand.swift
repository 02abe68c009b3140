import Avro
import Client
import CommandLine
import Core
import Correlator
import Events
import Kafka
import Telemetry

/// `rejoinder verify`
enum VerifyCommand {
    static let command = Command(
        "verify", summary: "Compares the job store with a fresh fold of the topics.",
        details:
            "The store (--data) is opened read-only, also while its node runs, and compared at its own offsets. The exit status is 1 when anything differs.",
        run: { arguments in await Runner.run(arguments) { try await verify($0) } })

    private static func verify(_ settings: Settings) async throws -> Int32 {
        let kafka = try Kafkas.configuration(settings, brokers: try settings.brokers())
        let catalogue = try Catalogues.load(settings.schemasFolder)
        let names = TopicNames(prefix: settings.prefix)
        let external = try Registries.external(settings)
        defer { external?.close() }
        let directory = try SchemaDirectory(kafka, catalogue: catalogue, names: names, external: external, logger: settings.logger)
        try await directory.ready()
        var configuration = CorrelatorConfiguration(
            kafka: kafka, topics: names, node: settings.node, address: "", folder: settings.dataFolder)
        configuration.logger = settings.logger.labelled("verify")
        let report = try await Verifier(configuration, book: directory.book).run()
        await directory.close()
        if settings.arguments["output"] == "json" {
            Terminal.output.write(document(report).text + "\n")
        } else {
            Terminal.output.write(text(report))
        }
        return report.isClean ? 0 : 1
    }

    private static func text(_ report: VerificationReport) -> String {
        var text = "\(report.compared) jobs of \(report.partitions.count) partitions compared with \(report.records) records: "
        text += report.isClean ? "no difference\n" : "\(report.differenceCount) differ\n"
        for difference in report.differences { text += "  \(difference.id.text)  \(difference.detail)\n" }
        if report.uncheckableCount > 0 {
            text += "\(report.uncheckableCount) jobs cannot be checked: the topics no longer hold all of their events\n"
        }
        return text
    }

    private static func document(_ report: VerificationReport) -> JSONValue {
        .object([
            .init("clean", .boolean(report.isClean)), .init("partitions", .array(report.partitions.map { .whole(Int64($0)) })),
            .init("compared", .whole(Int64(report.compared))), .init("records", .whole(Int64(report.records))),
            .init("differences", .whole(Int64(report.differenceCount))),
            .init(
                "different",
                .array(report.differences.map { .object([.init("requestId", .string($0.id.text)), .init("detail", .string($0.detail))]) })),
            .init("uncheckable", .whole(Int64(report.uncheckableCount))),
        ])
    }
}
