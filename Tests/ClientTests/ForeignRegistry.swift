import Avro
import HTTPServer
import Telemetry

/// A registry of another maker: counts its ids from 1, and lets in whoever shows the right name and password.
final class ForeignRegistry: Sendable {
    private struct State {
        var registry = SchemaRegistry()
        var calls = 0
    }

    private let state = Locked(State())
    let credentials: String?

    init(credentials: String? = nil) { self.credentials = credentials }

    var calls: Int { state.withLock { $0.calls } }
    var registry: SchemaRegistry { state.withLock { $0.registry } }

    /// Serves on a free port for the length of `body`, which gets `127.0.0.1:PORT`.
    func serve(_ body: (String) async throws -> Void) async throws {
        let server = Server(address: "127.0.0.1", port: 0) { request in .reply(self.answer(request)) }
        let port = try server.start()
        do { try await body("127.0.0.1:\(port)") } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func answer(_ request: Request) -> Response {
        if let credentials, request.headers.first("authorization") != "Basic " + credentials { return Response(status: 401, body: []) }

        let response = state.withLock { state -> RegistryResponse in
            state.calls += 1
            let call = RegistryRequest(method: request.method, path: request.segments, body: request.body)
            switch state.registry.handle(call) {
            case .reply(let response): return response
            case .register(let subject, _, let text, _):
                guard let schema = try? Schema(parsing: text) else { return .error(500, "not parsed twice") }
                let ids = Set(state.registry.subjects.flatMap { subject in state.registry.versions(of: subject).map(\.id) })
                let id = ids.first { state.registry.schema(id: $0) == schema } ?? UInt32(ids.count + 1)
                do throws(AvroError) {
                    try state.registry.apply(subject: subject, id: id, schema: schema, text: text)
                } catch { return .error(500, error.detail) }
                // What is there now is answered with its id.
                state.registry.registersAt = "here"
                defer { state.registry.registersAt = nil }
                guard case .reply(let response) = state.registry.handle(call) else { return .error(500, "not taken twice") }
                return response
            }
        }
        return Response(status: response.status, body: response.body)
    }
}
