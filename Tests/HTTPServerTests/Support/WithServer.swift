import HTTPServer

/// A server on a free port for the length of `body`.
func withServer<Result>(
    _ limits: ServerLimits = ServerLimits(), handler: @escaping @Sendable (Request) -> Outcome, _ body: (Server, Int) async throws -> Result
) async throws -> Result {
    let server = Server(address: "127.0.0.1", port: 0, limits: limits, handler: handler)
    let port = try server.start()
    do {
        let result = try await body(server, port)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

func text(_ status: Int, _ body: String) -> Response {
    Response(status: status, headers: [("Content-Type", "text/plain")], body: Array(body.utf8))
}

/// Answers with what it was asked: method, target, body.
let echo: @Sendable (Request) -> Outcome = { request in
    .reply(text(200, "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))"))
}
