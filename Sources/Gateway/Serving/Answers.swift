import Core
import HTTPServer

/// The forms of answer that routes share.
enum Answers {
    static let json = "application/json"

    static func problem(_ problem: Problem, to request: Request) -> Response {
        var response = Response(
            status: problem.status,
            headers: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + problem.headers,
            body: problem.json(instance: request.target))
        response.closes = problem.closes
        return response
    }

    static func document(_ bytes: [UInt8], status: Int = 200, headers: [(name: String, value: String)] = []) -> Response {
        Response(status: status, headers: [("Content-Type", json)] + headers, body: bytes)
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8", status: Int = 200) -> Response {
        Response(status: status, headers: [("Content-Type", type), ("Cache-Control", "no-store")], body: Array(text.utf8))
    }
}
