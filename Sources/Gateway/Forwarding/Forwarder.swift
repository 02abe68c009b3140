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
    private let feeds = Locked<[FeedKey: UpstreamFeed]>([:])

    private struct FeedKey: Hashable {
        let id: RequestID
        let address: String
    }

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

    /// Passes an event stream on as it comes. Clients that read the same job share one upstream.
    func forwardEvents(_ request: Request, of id: RequestID, to address: String, label: String) -> Outcome {
        let key = FeedKey(id: id, address: address)
        let version = request.headers.first("last-event-id").flatMap { Int64($0) } ?? -1
        let late = unanswered("it does not answer", target: request.target)
        while true {
            let (feed, isNew) = feeds.withLock { feeds -> (UpstreamFeed, Bool) in
                if let feed = feeds[key] { return (feed, false) }
                let feed = UpstreamFeed(count: { [metrics] in metrics.count(label, status: $0) }, onEnd: { [self] in forget(key, $0) })
                feeds[key] = feed
                return (feed, true)
            }
            let outcome = feed.join(after: version, within: Self.patience, otherwise: { late })
            if isNew { read(feed, question(request, address, timeout: Self.patience, resumes: false), target: request.target) }
            if let outcome { return outcome }
            forget(key, feed)
        }
    }

    private func forget(_ key: FeedKey, _ feed: UpstreamFeed) { feeds.withLock { if $0[key] === feed { $0[key] = nil } } }

    private func read(_ feed: UpstreamFeed, _ question: HTTPRequest, target: String) {
        forwards.add()
        feed.reads(
            Task {
                do throws(HTTPClientError) {
                    let answer = try await client.stream(question) { feed.received($0) }
                    feed.ended { body in
                        // A stream that ended before its first event, because the partition moves: the client comes again.
                        if answer.status == 200 { return unanswered("its partition moves", target: target) }
                        return Self.passedOn(answer, body: body)
                    }
                } catch {
                    if error.code != .cancelled { failures.add() }
                    feed.ended { _ in unanswered(error.code.rawValue, target: target) }
                }
            })
    }

    /// A question of our own to another node; nil when it gave no answer.
    func ask(_ path: String, at address: String, timeout: Duration, extra: [(name: String, value: String)] = []) async -> HTTPResponse? {
        forwards.add()
        let question = HTTPRequest("GET", "http://\(address)\(path)", headers: headers.outgoing + extra, timeout: timeout)
        let answer = try? await client.send(question)
        if answer == nil { failures.add() }
        return answer
    }

    private func question(_ request: Request, _ address: String, timeout: Duration, resumes: Bool = true) -> HTTPRequest {
        var fields = headers.outgoing
        for name in Self.asked where resumes || name != "last-event-id" {
            for value in request.headers.values(name) { fields.append((name, value)) }
        }
        return HTTPRequest("GET", "http://\(address)\(request.target)", headers: fields, timeout: timeout)
    }

    private func answer(_ question: HTTPRequest, target: String) async -> Response {
        forwards.add()
        do {
            let answer = try await client.send(question)
            return Self.passedOn(answer, body: answer.body)
        } catch {
            failures.add()
            return unanswered(error.code.rawValue, target: target)
        }
    }

    private static func passedOn(_ answer: HTTPResponse, body: [UInt8]) -> Response {
        Response(status: answer.status, headers: answer.headers.filter { passed.contains($0.name) }, body: body)
    }

    private func unanswered(_ reason: String, target: String) -> Response {
        let problem = Problem.unavailable("the node that owns the job does not answer (\(reason)); ask again")
        return Response(
            status: 503, headers: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + problem.headers,
            body: problem.json(instance: target))
    }
}
