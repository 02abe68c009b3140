import Avro
import Glibc
import HTTPClient
import Kafka
import Telemetry
import Testing

/// All tests against a real Kafka, one after another: they share its one node and two cores.
@Suite(.serialized, .enabled(if: RealKafka.isOn, "set KAFKA_HOME or KAFKA_BOOTSTRAP_SERVERS"))
struct RealKafkaTests {}

/// What one test has to itself on the real Kafka: a topic prefix, a folder, and the processes that it starts.
final class Ring: Sendable {
    let prefix: String
    let folder: String
    let bootstrapServers: String
    let client: HTTPClient
    private let programs = Locked<[Program]>([])

    private init(_ bootstrapServers: String) throws {
        self.bootstrapServers = bootstrapServers
        folder = try Files.makeTemporaryFolder()
        prefix = "ring-\(folder.suffix(6).filter { $0.isLetter || $0.isNumber })-"
        guard let client = HTTPClient() else { throw Program.Failure(description: "no HTTP client") }
        self.client = client
    }

    /// Makes the topics of `schemas` (a file's name and its text each; the project's own by default), runs the test, ends every process,
    /// and deletes topics and folder. When the test throws, the ends of all logs are part of the report.
    static func with(partitions: Int = 4, schemas: [String: String]? = nil, _ body: (Ring) async throws -> Void) async throws {
        let ring = try Ring(try await RealKafka.shared.bootstrapServers())
        do {
            try ring.write(schemas)
            let created = try await ring.run(["topics", "create", "--partitions", "\(partitions)"])
            guard created.status == 0 else { throw Program.Failure(description: "topics create: \(created.log)") }
            try await body(ring)
        } catch {
            Issue.record(error, "\(ring.logs)")
        }
        await ring.end()
    }

    private func write(_ schemas: [String: String]?) throws {
        for name in ["schemas", "files", "logs"] { try Files.makeFolder("\(folder)/\(name)") }
        var texts = schemas ?? [:]
        if schemas == nil {
            for name in ["demo.avpr", "reports.avpr", "texts.avpr"] { texts[name] = Files.text("\(Surroundings.project)/schemas/\(name)") }
        }
        for (name, text) in texts { try Files.write(text, to: "\(folder)/schemas/\(name)") }
    }

    private func end() async {
        for program in programs.withLock({ $0 }) where program.isRunning { program.signal(SIGKILL) }
        client.close()
        if let admin = try? Admin(configuration) {
            if let topics = try? await admin.metadata().topics.map(\.name).filter({ $0.hasPrefix(prefix) }), !topics.isEmpty {
                _ = try? await admin.deleteTopics(topics)
            }
            _ = await admin.close()
        }
        Files.remove(folder)
    }

    var configuration: KafkaConfiguration { KafkaConfiguration(bootstrapServers: bootstrapServers) }

    private var logs: String {
        programs.withLock { $0 }.map { "--- \($0.name)\($0.isRunning ? "" : " (ended)")\n\($0.log.suffix(2500))" }.joined(separator: "\n")
    }

    // MARK: Processes

    /// Starts the program with the options of this ring.
    func start(_ words: [String], name: String? = nil, environment: [String: String] = [:]) async throws -> Program {
        let number = programs.withLock { $0.count }
        let name = name ?? words.first ?? ""
        let common = (words.contains("--prefix") ? [] : ["--prefix", prefix]) + ["--schemas", "\(folder)/schemas"]
        let split = words.firstIndex(of: "--") ?? words.endIndex
        let all = [Surroundings.rejoinder] + words[..<split] + common + words[split...]
        var variables = environment
        if variables["KAFKA_BOOTSTRAP_SERVERS"] == nil { variables["KAFKA_BOOTSTRAP_SERVERS"] = bootstrapServers }
        let program = try await Program.start(name, all, environment: variables, logPath: "\(folder)/logs/\(number)-\(name).log")
        programs.withLock { $0.append(program) }
        return program
    }

    /// Runs the program to its end.
    func run(_ words: [String], environment: [String: String] = [:]) async throws -> (status: Int32, lines: [String], log: String) {
        let program = try await start(words, environment: environment)
        let status = try await program.ended()
        return (status, program.lines, program.log)
    }

    /// A node, when it has said that it is ready. Nodes of one name share a store, one after another.
    func serve(_ role: String = "all", name: String = "a", port: UInt16 = 0, extra: [String] = []) async throws -> Node {
        let words = [
            "serve", "--role", role, "--http", "127.0.0.1:\(port)", "--data", "\(folder)/data-\(name)", "--node", name, "--files",
            "\(folder)/files",
        ]
        let program = try await start(words + extra, name: "\(role)-\(name)")
        let base = try await program.line { $0.hasPrefix("ready http://") ? String($0.dropFirst("ready ".count)) : nil }
        return Node(program: program, base: base, client: client)
    }

    /// A worker of the demo operations, when it is ready.
    func worker(_ extra: [String] = [], name: String = "worker") async throws -> Program {
        let program = try await start(["worker", "--demo", "--files", "\(folder)/files"] + extra, name: name)
        _ = try await program.line { $0 == "ready" ? true : nil }
        return program
    }

    /// A worker that runs a program for each attempt.
    func worker(_ operation: String, running command: [String], extra: [String] = []) async throws -> Program {
        let program = try await start(["worker", "--operation", operation] + extra + ["--"] + command, name: "program-worker")
        _ = try await program.line { $0 == "ready" ? true : nil }
        return program
    }
}
