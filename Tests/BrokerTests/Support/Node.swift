import Avro
import HTTPClient

/// A gateway or correlator that runs, and how tests talk to it: plain HTTP.
struct Node: Sendable {
    struct Answer: Sendable {
        let status: Int
        let json: JSONValue
        let response: HTTPResponse

        var location: String { response.header("location") ?? "" }
        var id: String { json["requestId"]?.string ?? "" }
    }

    let program: Program
    /// `http://127.0.0.1:port`
    let base: String
    let client: HTTPClient

    func get(_ path: String, _ headers: [(name: String, value: String)] = [], timeout: Duration = .seconds(70)) async throws -> Answer {
        try await answer(HTTPRequest("GET", base + path, headers: headers, timeout: timeout))
    }

    func post(_ operation: String, _ body: String, _ headers: [(name: String, value: String)] = [], timeout: Duration = .seconds(30))
        async throws -> Answer
    {
        let headers = headers + [(name: "Content-Type", value: "application/json")]
        return try await answer(
            HTTPRequest("POST", "\(base)/requests/\(operation)", headers: headers, body: Array(body.utf8), timeout: timeout))
    }

    private func answer(_ request: HTTPRequest) async throws -> Answer {
        let response = try await client.send(request)
        let isJSON = response.header("content-type")?.contains("json") == true
        return Answer(status: response.status, json: isJSON ? try JSONValue(parsing: response.body) : .null, response: response)
    }

    /// Follows a job by long-polls until `isWanted`. Answers that ask to come again later (503) and a node that is away are asked again.
    func job(_ id: String, query: String = "", where isWanted: (JSONValue) -> Bool) async throws -> JSONValue {
        var tag: String?
        while true {
            try Task.checkCancellation()
            var headers: [(name: String, value: String)] = [("Prefer", "wait=20")]
            if let tag { headers.append(("If-None-Match", tag)) }
            guard let answer = try? await get("/status/\(id)\(query)", headers), answer.status != 503 else {
                try await Pause.beforeAskingAgain()
                continue
            }
            if answer.status == 304 { continue }
            guard answer.status == 200 else { throw Program.Failure(description: "status of \(id): \(answer.status) \(answer.json.text)") }
            if isWanted(answer.json) { return answer.json }
            tag = answer.response.header("etag")
        }
    }

    /// The job when it is final.
    func final(_ id: String) async throws -> JSONValue { try await job(id) { isFinal($0) } }

    /// Sends until a gateway takes it: the same id each time, so that a lost answer is no second job.
    func accepted(_ operation: String, _ body: String, id: String) async throws -> String {
        while true {
            try Task.checkCancellation()
            if let answer = try? await post(operation, body, [("Rejoinder-Request-Id", id)]) {
                if answer.status == 202 || answer.status == 409 { return id }
                if answer.status != 503 { throw Program.Failure(description: "POST: \(answer.status) \(answer.json.text)") }
            }
            try await Pause.beforeAskingAgain()
        }
    }
}

/// What a `Retry-After` asks for: the only place in these tests that lets time pass.
enum Pause {
    static func beforeAskingAgain() async throws { try await ContinuousClock().sleep(for: .milliseconds(100)) }
}

func isFinal(_ job: JSONValue) -> Bool { ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"].contains(job["status"]?.string) }
