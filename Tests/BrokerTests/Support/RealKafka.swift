import CSys
import Glibc
import Telemetry

/// The real Kafka of this run: the one that `KAFKA_BOOTSTRAP_SERVERS` names, or one node started once from `KAFKA_HOME` for all tests.
actor RealKafka {
    static let shared = RealKafka()
    static let home = Surroundings.variable("KAFKA_HOME")
    static let named = Surroundings.variable("KAFKA_BOOTSTRAP_SERVERS")
    static var isOn: Bool { home != nil || named != nil }
    /// Whether tests may kill the broker.
    static var isOurs: Bool { named == nil && home != nil }

    private var start: Task<String, any Error>?
    private var folder = ""

    /// `host:port`; starts the node at the first call.
    func bootstrapServers() async throws -> String {
        if let named = Self.named { return named }
        if let start { return try await start.value }
        let task = Task { try await launch() }
        start = task
        return try await task.value
    }

    /// kill -9 of the broker.
    func kill() async throws { try await cluster("kill", "1") }

    /// Starts the broker again, with what it had.
    func restart() async throws { try await cluster("node", "1") }

    private func cluster(_ words: String...) async throws {
        guard let home = Self.home else { throw Program.Failure(description: "the broker is not ours") }
        let program = try await Program.start(
            "cluster", ["\(home)/cluster"] + words + ["--dir", "\(folder)/kafka"], logPath: "\(folder)/cluster.log")
        let status = try await program.ended()
        if status != 0 { throw Program.Failure(description: "cluster \(words) ended with \(status): \(program.log.suffix(2000))") }
    }

    /// The node outlives a killed test run no longer than it takes to notice: a guardian reads from a pipe that ends with us, then wipes.
    private static let guardian = """
        exec 3<&0
        ( cat <&3 >/dev/null; "$KAFKA_HOME/cluster" kill --dir "$RING/kafka" 1; "$KAFKA_HOME/cluster" wipe --dir "$RING/kafka"; rm -rf "$RING" ) >/dev/null 2>&1 &
        exec "$KAFKA_HOME/cluster" start --dir "$RING/kafka" --port "$RING_PORT" >/dev/null
        """

    private func launch() async throws -> String {
        let made = try Files.makeTemporaryFolder()
        folder = made
        let port = Ports.free(2)
        var variables = Surroundings.environment
        variables["KAFKA_HOME"] = Self.home
        variables["RING"] = made
        variables["RING_PORT"] = "\(port)"
        if variables["KAFKA_HEAP_OPTS"] == nil { variables["KAFKA_HEAP_OPTS"] = "-Xms256m -Xmx512m" }
        let texts = variables.map { "\($0)=\($1)" }
        let outcome = Observed<Int32?>(nil)
        OwnThread.start("guardian") {
            let status = Self.run(["sh", "-c", Self.guardian], texts, log: "\(made)/start.log")
            outcome.update { $0 = status }
        }
        let status = try await outcome.first { $0 }
        guard status == 0 else {
            throw Program.Failure(description: "Kafka did not start (\(status)): \(Files.text("\(made)/start.log")?.suffix(2000) ?? "")")
        }
        return "127.0.0.1:\(port)"
    }

    /// Runs to the end; the write end of its standard input stays open until this process ends.
    private static func run(_ words: [String], _ variables: [String], log path: String) -> Int32 {
        var ends: [Int32] = [-1, -1]
        let log = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard log >= 0, csys_pipe(&ends) == 0 else { return -1000 }
        var pid: pid_t = 0
        let code = CStrings.with(words) { argv in CStrings.with(variables) { csys_spawn(&pid, argv, $0, ends[0], log, log) } }
        close(ends[0])
        close(log)
        guard code == 0 else { return -code - 1000 }
        var raw: Int32 = 0
        while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
        return csys_exit_status(raw)
    }
}
