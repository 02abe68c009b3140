import Avro
import Core
import Events
import HTTPClient
import HTTPServer
import Kafka
import KafkaTesting
import Telemetry
import Testing

@testable import Gateway

/// A gateway on a real socket, with the double behind it, and a client in front of it.
final class Node: Sendable {
    let ring: Ring
    let queries: FoldingQueries
    let gateway: Gateway
    let metrics: Metrics
    let client: HTTPClient
    let port: Int

    init(
        _ ring: Ring, limits: ServerLimits = ServerLimits(), otherNodes: @escaping @Sendable () -> [String] = { [] },
        notReady: @escaping @Sendable () -> String? = { nil }, registering: (@Sendable (SchemaRegistration) async throws -> Void)? = nil,
        _ adjust: (inout GatewayConfiguration) -> Void = { _ in }
    ) async throws {
        self.ring = ring
        queries = try FoldingQueries(ring)
        metrics = Metrics()
        var configuration = GatewayConfiguration()
        configuration.prefix = ring.names.prefix
        configuration.partitionCount = Ring.partitions
        adjust(&configuration)
        let book = ring.book
        var parts = Gateway.Parts(
            catalogue: ring.catalogue, schemas: { book.known($0) }, queries: queries, otherNodes: otherNodes, metrics: metrics,
            logger: .none)
        parts.notReady = notReady
        parts.registry = RegistryAccess(
            registry: { book.registry },
            register: registering ?? { try book.register(subject: $0.subject, id: $0.schema.id, schema: $0.schema.schema) })
        gateway = try Gateway(
            configuration, address: ("127.0.0.1", 0), limits: limits, kafka: ProducerConfiguration(ring.cluster.configuration), parts: parts
        )
        client = try #require(HTTPClient())
        port = try await gateway.start()
    }

    func end() async {
        await gateway.stop(within: .seconds(2))
        client.close()
        await queries.close()
    }

    /// A ring with one node for `body`.
    static func with<Result>(
        limits: ServerLimits = ServerLimits(), _ adjust: (inout GatewayConfiguration) -> Void = { _ in },
        _ body: (Node) async throws -> Result
    ) async throws -> Result {
        let ring = try Ring()
        let node = try await Node(ring, limits: limits, adjust)
        do {
            let result = try await body(node)
            await node.end()
            await ring.end()
            return result
        } catch {
            await node.end()
            await ring.end()
            throw error
        }
    }

    var address: String { "127.0.0.1:\(port)" }

    func ask(_ method: String, _ path: String, _ headers: [(String, String)] = [], body: [UInt8]? = nil) async throws -> HTTPResponse {
        try await client.send(
            HTTPRequest(
                method, "http://\(address)\(path)", headers: headers.map { (name: $0.0, value: $0.1) }, body: body, timeout: .seconds(100)))
    }

    func get(_ path: String, _ headers: [(String, String)] = []) async throws -> HTTPResponse { try await ask("GET", path, headers) }

    func post(_ operation: String, _ json: String, _ headers: [(String, String)] = []) async throws -> HTTPResponse {
        try await ask("POST", "/requests/\(operation)", [("content-type", "application/json")] + headers, body: Array(json.utf8))
    }

    /// Sends an accepted request: its id, its place and its answer.
    func accepted(_ operation: String = "demo.echo", _ json: String = #"{"text":"hi"}"#) async throws -> (id: RequestID, place: Place) {
        let answer = try await post(operation, json)
        try #require(answer.status == 202)
        return (try answer.id, try answer.place)
    }
}

extension HTTPResponse {
    var json: JSONValue { get throws { try JSONValue(parsing: body) } }
    var text: String { String(decoding: body, as: UTF8.self) }
    var id: RequestID { get throws { try #require(json["requestId"]?.string.flatMap { RequestID($0) }) } }
    /// The place that `Location` names.
    var place: Place {
        get throws {
            let location = try #require(header("location"))
            let seen = try #require(location.split(separator: "seen=").last)
            return try #require(Place(String(seen)))
        }
    }
}
