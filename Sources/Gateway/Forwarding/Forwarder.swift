import Core
import HTTPClient
import HTTPServer
import Telemetry

/// Passes questions on to the node that owns the partition. A forwarded request is never forwarded again.
final class Forwarder: Sendable {
    /// Beyond the wait that a client asks for, a node answers within this time.
    static let patience: Duration = .seconds(8)

    let headers: NodeHeaders
    private let client: HTTPClient
    private let metrics: RequestMetrics
    private let forwards: Counter
    private let failures: Counter

    /// Header fields that are passed on with an answer.
    private static let passed: Set<String> = [
        "content-type", "etag", "cache-control", "retry-after", "preference-applied", "location", "content-location", "allow",
    ]
    /// Header fields that are passed on with a question.
    private static let asked = ["prefer", "if-none-match", "last-event-id", "accept"]

    init(client: HTTPClient, headers: NodeHeaders, metrics: Metrics, requestMetrics: RequestMetrics) {
        self.client = client
        self.headers = headers
        self.metrics = requestMetrics
        forwards = metrics.counter("rejoinder_forwarded_total", help: "Questions passed on to the node that owns the partition.")
        failures = metrics.counter("rejoinder_forward_failures_total", help: "Questions that the owner did not answer.")
    }

    /// Passes a GET on and gives its answer back as it is.
    func forward(_ request: Request, to address: String, label: String) -> Outcome {
        let reply = PendingReply()
        let wait = Preferences(request.headers.values("prefer")).wait ?? 0
        let question = question(request, address, timeout: .seconds(wait) + Self.patience)
        Task {
            let response = await answer(question, target: request.target)
            metrics.count(label, status: response.status)
            reply.complete(response)
        }
        return .later(reply)
    }

    /// Passes an event stream on as it comes.
    func forwardEvents(_ request: Request, to address: String) -> Outcome {
        let task = Locked<Task<Void, Never>?>(nil)
        let stream = EventStream(comment: nil, onClose: { task.withLock { $0 }?.cancel() })
        let question = question(request, address, timeout: Self.patience)
        let work = Task {
            forwards.add()
            let answer = try? await client.stream(question) { chunk in stream.send(chunk) }
            if answer?.status != 200 { failures.add() }
            stream.end()
        }
        task.withLock { $0 = work }
        if stream.isEnded { work.cancel() }
        return .events(stream)
    }

    /// A question of our own to another node; nil when it gave no answer.
    func ask(_ path: String, at address: String, timeout: Duration, extra: [(name: String, value: String)] = []) async -> HTTPResponse? {
        forwards.add()
        let question = HTTPRequest("GET", "http://\(address)\(path)", headers: headers.outgoing + extra, timeout: timeout)
        let answer = try? await client.send(question)
        if answer == nil { failures.add() }
        return answer
    }

    private func question(_ request: Request, _ address: String, timeout: Duration) -> HTTPRequest {
        var fields = headers.outgoing
        for name in Self.asked {
            for value in request.headers.values(name) { fields.append((name, value)) }
        }
        return HTTPRequest("GET", "http://\(address)\(request.target)", headers: fields, timeout: timeout)
    }

    private func answer(_ question: HTTPRequest, target: String) async -> Response {
        forwards.add()
        do {
            let answer = try await client.send(question)
            return Response(status: answer.status, headers: answer.headers.filter { Self.passed.contains($0.name) }, body: answer.body)
        } catch {
            failures.add()
            let problem = Problem.unavailable("the node that owns the job does not answer (\(error.code.rawValue)); ask again")
            return Response(
                status: 503, headers: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + problem.headers,
                body: problem.json(instance: target))
        }
    }
}
