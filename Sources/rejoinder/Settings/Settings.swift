import CommandLine
import Glibc
import Kafka
import Telemetry

/// The settings of one run, read from the arguments once and checked. The only place that knows flags and environment.
struct Settings: Sendable {
    struct Address: Sendable, Equatable {
        let host: String
        let port: UInt16

        /// `host:port`, `[::1]:port`.
        init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard !host.isEmpty else { return nil }
            self.init(host: String(host), port: port)
        }

        init(host: String, port: UInt16) {
            self.host = host
            self.port = port
        }

        var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
        var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
        var isWildcard: Bool { host == "0.0.0.0" || host == "::" }
    }

    let arguments: Arguments
    let logger: Logger
    let metrics = Metrics()
    let http: Address
    let prefix: String
    var dataFolder: String
    let schemasFolder: String
    var filesFolders: [String]
    let kafkaProperties: [(key: String, value: String)]

    init(_ arguments: Arguments) throws(UsageError) {
        self.arguments = arguments
        let sink = StandardErrorSink(format: arguments["log-format"] == "json" ? .json : .text)
        logger = Logger(label: "rejoinder", level: LogLevel(name: arguments["log-level"] ?? "info") ?? .info, sink: sink)
        http = try arguments.parse("http", "ADDRESS:PORT, such as 127.0.0.1:8080", Address.init) ?? Address(host: "127.0.0.1", port: 8080)
        prefix = try arguments.parse("prefix", "letters, digits, '.', '_' and '-'") { Self.isTopicText($0) ? $0 : nil } ?? ""
        dataFolder = arguments["data"] ?? ".rejoinder"
        schemasFolder = arguments["schemas"] ?? "schemas"
        filesFolders = arguments.all("files")
        var properties: [(String, String)] = []
        for property in arguments.all("kafka") {
            let parts = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("invalid value '\(property)' for '--kafka': expected KEY=VALUE", path: arguments.path)
            }
            properties.append((String(parts[0]), String(parts[1])))
        }
        kafkaProperties = properties
    }

    /// The brokers; a usage error that says how to name them when nobody did.
    func brokers() throws(UsageError) -> String {
        guard let servers = arguments["bootstrap-servers"], !servers.isEmpty else {
            throw UsageError(
                "no Kafka is named: give --bootstrap-servers HOST:PORT or set KAFKA_BOOTSTRAP_SERVERS ('rejoinder dev' needs none)",
                path: arguments.path)
        }
        return servers
    }

    /// The node's name: as given, else the host's name and the path of the data folder.
    var node: String {
        if let name = arguments["node"], !name.isEmpty { return name }
        var buffer = [CChar](repeating: 0, count: 256)
        gethostname(&buffer, buffer.count - 1)
        let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(host):\(Folders.absolute(dataFolder))"
    }

    private static func isTopicText(_ text: String) -> Bool {
        text.utf8.count <= 100
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 46 || $0 == 95
            }
    }
}
