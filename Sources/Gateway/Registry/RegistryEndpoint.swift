import Avro
import Events
import HTTPServer
import Telemetry

/// `/registry`: Confluent's REST interface over the topic of schemas, as far as serializers and `curl` use it.
///
/// Reading is answered at once from what has been read. Registering appends a record and answers when that has been read back, one
/// registration after another, each checked against what those before it left.
final class RegistryEndpoint: Sendable {
    private struct Line {
        var last: Task<Void, Never>?
        var waiting = 0
    }

    private let access: RegistryAccess
    private let configuration: GatewayConfiguration
    private let requestMetrics: RequestMetrics
    private let logger: Logger
    private let line = Locked(Line())

    init(_ access: RegistryAccess, configuration: GatewayConfiguration, requestMetrics: RequestMetrics, logger: Logger) {
        self.access = access
        self.configuration = configuration
        self.requestMetrics = requestMetrics
        self.logger = logger
    }

    /// - Parameter path: the segments below `/registry`.
    func answer(_ request: Request, _ path: [String]) -> Outcome {
        let query = Dictionary(request.query.map { ($0.name, $0.value ?? "") }) { first, _ in first }
        let call = RegistryRequest(method: request.method == "HEAD" ? "GET" : request.method, path: path, query: query, body: request.body)
        let outcome = access.registry().handle(call)
        if case .reply(let response) = outcome, response.status == 404 || response.status == 405 { return .reply(Self.http(response)) }
        // A form of a foreign page cannot send these types, so that no page in an operator's browser registers anything.
        guard call.method == "GET" || Self.isJSON(request.headers.first("content-type")) else {
            return .reply(
                Self.http(.error(415, "HTTP 415 Unsupported Media Type: send \(RegistryResponse.contentType) or application/json")))
        }
        switch outcome {
        case .reply(let response): return .reply(Self.http(response))
        case .register: return register(call)
        }
    }

    // MARK: Registering

    private func register(_ call: RegistryRequest) -> Outcome {
        let late = Self.http(.error(50_002, "The schema was not read back in time; it may be registered. Register it again."))
        let reply = PendingReply(within: configuration.registrationMax, otherwise: { late })
        let isTaken = line.withLock { line in
            guard line.waiting < configuration.registrationsMax else { return false }
            line.waiting += 1
            line.last = Task { [last = line.last, self] in
                await last?.value
                let response = await registered(call)
                requestMetrics.count(Route.registry([]).label, status: response.status)
                reply.complete(Self.http(response))
                self.line.withLock { line in
                    line.waiting -= 1
                    if line.waiting == 0 { line.last = nil }
                }
            }
            return true
        }
        guard isTaken else {
            var response = Self.http(.error(503, "Too many schemas wait to be registered; try again"))
            response.headers.append(("Retry-After", "1"))
            return .reply(response)
        }
        return .later(reply)
    }

    /// Its turn has come: what it may do is asked again, because those before it may have changed that.
    private func registered(_ call: RegistryRequest) async -> RegistryResponse {
        switch access.registry().handle(call) {
        case .reply(let response): return response
        case .register(let subject, let id, let text, let then):
            do {
                let schema = RegisteredSchema(try Schema(parsing: text), id: id, text: text)
                try await access.register(SchemaRegistration(subject: subject, schema: schema))
                return then
            } catch {
                logger.warning("a schema could not be registered: \(error)", ["subject": subject])
                return .error(50_001, "Error in the backend data store: \(error)")
            }
        }
    }

    // MARK: Forms

    static func isJSON(_ type: String?) -> Bool {
        guard let name = type?.prefix(while: { $0 != ";" && $0 != " " }).lowercased() else { return false }
        return name == "application/json" || name.hasPrefix("application/") && name.hasSuffix("+json")
    }

    private static func http(_ response: RegistryResponse) -> Response {
        var headers: [(name: String, value: String)] = [("Content-Type", RegistryResponse.contentType), ("Cache-Control", "no-store")]
        if let allow = response.allow { headers.append(("Allow", allow)) }
        return Response(status: response.status, headers: headers, body: response.body)
    }
}
