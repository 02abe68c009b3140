import Glibc
import Kafka
import Telemetry
import Testing

/// A Kafka of one's own: `$KAFKA_HOME/cluster` in a temporary folder on free ports, gone afterwards.
struct RealKafkaCluster {
    static let home = getenv("KAFKA_HOME").map { String(cString: $0) }
    static var isThere: Bool { home != nil }

    let folder: String
    let port: Int
    let nodes: Int

    var bootstrapServers: String { (0..<nodes).map { "127.0.0.1:\(port + $0 * 10)" }.joined(separator: ",") }
    var configuration: KafkaConfiguration { KafkaConfiguration(bootstrapServers: bootstrapServers, clientID: "test") }
    var authority: String { "\(folder)/tls/ca.crt" }

    static func with<Result>(nodes: Int = 1, secure: Bool = false, _ body: (RealKafkaCluster) async throws -> Result) async throws -> Result
    {
        let folder = "/tmp/kafka-tests-\(getpid())-\(UInt32.random(in: .min ... .max))"
        let cluster = RealKafkaCluster(folder: folder, port: freePort(nodes), nodes: nodes)
        try await cluster.run(["start", "--port", "\(cluster.port)", "--nodes", "\(nodes)"] + (secure ? ["--secure"] : []))
        do {
            let result = try await body(cluster)
            try await cluster.run(["wipe"])
            return result
        } catch {
            try await cluster.run(["wipe"])
            throw error
        }
    }

    /// `kill`, `pause`, `resume` or `node` of a node, counted from 1.
    func node(_ number: Int, _ command: String) async throws { try await run([command, "\(number)"]) }

    struct Failed: Error { let command: [String], status: Int32 }

    private func run(_ arguments: [String]) async throws {
        let words = ["bash", "\(Self.home ?? "")/cluster"] + arguments + ["--dir", folder]
        let status = await OwnThread.blocking("cluster") { Self.spawn(words) }
        guard status == 0 else { throw Failed(command: words, status: status) }
    }

    private static func spawn(_ words: [String]) -> Int32 {
        var pid = pid_t()
        var status: Int32 = -1
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        guard posix_spawnp(&pid, "bash", &actions, nil, &arguments, environ) == 0 else { return -1 }
        waitpid(pid, &status, 0)
        return status
    }

    /// The first of ports of which this and the following ones of all nodes are free now.
    private static func freePort(_ nodes: Int) -> Int {
        while true {
            let port = Int.random(in: 23000..<29000)
            var wanted: [Int] = []
            for node in 0..<nodes { for offset in 0..<3 { wanted.append(port + node * 10 + offset) } }
            if wanted.allSatisfy(isFree) { return port }
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
        }
    }
}
