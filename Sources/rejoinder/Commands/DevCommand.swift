import Client
import CommandLine
import Core
import Events
import Gateway
import Glibc
import Kafka
import Telemetry

/// `rejoinder dev`: everything in one process.
enum DevCommand {
    static let command = Command(
        "dev", summary: "Runs everything in one process: gateway, correlator, demo worker, embedded Kafka.",
        details: "The embedded Kafka lives in memory and forgets at the end. Ctrl-C ends it.",
        options: [Option("concurrency", value: .one("N"), help: "Handlers of one operation that run at once.", fallback: "256")],
        run: { arguments in await Runner.run(arguments) { try await dev($0) } })

    /// Partitions of the embedded Kafka: few, because each takes memory.
    private static let partitions = 4

    private static func dev(_ settings: Settings) async throws -> Int32 {
        guard settings.http.isLoopback else {
            throw UsageError(
                "'dev' has no access control and listens on loopback addresses only, not on \(settings.http.text)",
                path: settings.arguments.path)
        }
        let registries = try await Registries.load(settings)
        defer { registries.external?.close() }
        let (catalogue, names) = (registries.catalogue, registries.names)
        let scratch = try Scratch(settings)
        let embedded = try EmbeddedKafka(TopicPlan(catalogue: catalogue, names: names, partitions: partitions, replicas: 1))
        let kafka = try Kafkas.configuration(settings, brokers: embedded.bootstrapServers)
        let directory = try SchemaDirectory(
            kafka, catalogue: catalogue, names: names, external: registries.external, logger: settings.logger)
        _ = try await directory.register(catalogue)
        let jobs = CorrelatorQueries()
        let room = PartitionRoom(limit: EmbeddedKafka.partitionBytesMax * 4 / 5) { id in
            guard case .job(let job) = jobs.lookup(id) else { return false }
            return job.status != .accepted
        }
        var options = NodeService.Options(role: .all, partitions: partitions, bodyBytesMax: EmbeddedKafka.bodyBytesMax)
        options.admits = { room.admits($0, $1, $2, $3) }
        options.queries = jobs
        let node = NodeService(scratch.settings, options, kafka: kafka, catalogue: catalogue, directory: directory)
        let worker = try WorkerService.demo(scratch.settings, kafka: kafka, registries: registries)
        let lifecycle = Lifecycle(
            services: [worker, node], stopLimit: .seconds(3),
            ready: { welcome(settings, port: node.port, brokers: embedded.bootstrapServers) }, report: { settings.logger.info($0) })
        let status = await lifecycle.run(until: Runner.signals)
        await directory.close()
        embedded.stop()
        scratch.remove()
        return status
    }

    private static func welcome(_ settings: Settings, port: Int, brokers: String) {
        let url = "http://\(Settings.Address(host: settings.http.host, port: UInt16(port)).text)"
        Terminal.output.write("ready \(url)\n")
        Terminal.error.write(
            """

              page      \(url)/
              try       curl -s --json '{"text":"hello","seconds":3}' \(url)/requests/demo.echo
              or        \(program) request demo.echo '{"text":"hello","seconds":3}' --wait --api \(url)
              broker    \(brokers)   (worker, tail and kcat can join it)
              note      the embedded Kafka lives in memory, keeps 5 MB a partition, and forgets everything at the end
              end       Ctrl-C


            """)
    }

    /// How this program was called, for lines that can be pasted.
    private static var program: String { Swift.CommandLine.arguments.first ?? "rejoinder" }
}

/// The folders of `dev`: made for the run and removed behind it, where the user named none.
struct Scratch {
    let settings: Settings
    private let made: String?

    init(_ settings: Settings) throws {
        var template = Array("\(Folders.temporary)/rejoinder-dev-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Folders.Failure(
                description:
                    "no folder can be made in \(Folders.temporary): \(String(cString: strerror(errno))). Set TMPDIR to one that can be written."
            )
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        made = folder
        var changed = settings
        if !settings.arguments.isGiven("data") { changed.dataFolder = folder + "/data" }
        if settings.filesFolders.isEmpty { changed.filesFolders = [folder + "/files", "/usr/share/common-licenses", "/usr/share/doc"] }
        try Folders.make(changed.dataFolder)
        if let first = changed.filesFolders.first { try Folders.make(first) }
        self.settings = changed
    }

    func remove() {
        if let made { Folders.remove(made) }
    }
}
