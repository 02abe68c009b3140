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

@Suite(.timeLimit(.minutes(4))) struct AcceptingTests {
    @Test func aRequestIsAcknowledgedOnceKafkaHasIt() async throws {
        try await Node.with { node in
            let answer = try await node.post("demo.echo", #"{"text":"hi"}"#)
            #expect(answer.status == 202)
            #expect(answer.header("content-type") == "application/json")
            #expect(answer.header("retry-after") == "1")
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.header("idempotent-replayed") == nil)
            #expect(answer.header("preference-applied") == nil)
            let id = try answer.id.text
            let place = try answer.place
            #expect(answer.header("location") == "/status/\(id)?seen=demo.echo:\(place.partition):\(place.offset)")
            #expect(place.partition == Core.partition(of: try answer.id, count: Ring.partitions))
            #expect(
                answer.text
                    == #"{"requestId":"\#(id)","status":"ACCEPTED","message":"The request is on Kafka. Ask for its status at the link.","links":{"status":"/status/\#(id)","events":"/status/\#(id)/events","cancel":"/status/\#(id)/cancel"}}"#
            )
            // What lies on the topic is what was asked for, with its defaults.
            let job = try await node.get("\(try #require(answer.header("location")))&include=request").json
            #expect(job["request"]?["text"]?.string == "hi")
            #expect(job["request"]?["failures"]?.integer == 0)
        }
    }

    @Test func headersReachTheRecord() async throws {
        try await Node.with { node in
            let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let answer = try await node.post(
                "demo.echo", #"{"text":"hi"}"#, [("traceparent", trace), ("rejoinder-deadline", "2099-01-01T00:00:00Z")])
            let id = try answer.id
            await node.queries.folded(id)
            let facts = try #require(node.queries.state.withLock { $0.jobs[id]?.facts })
            #expect(facts.traceparent == trace)
            #expect(facts.deadline == Timestamp(rfc3339: "2099-01-01T00:00:00Z"))
            let other = try await node.post("demo.echo", #"{"text":"hi"}"#, [("traceparent", "nonsense")])
            #expect(other.status == 202)
        }
    }

    @Test func anAvroBodyIsTakenAsItIs() async throws {
        try await Node.with { node in
            let operation = try #require(node.ring.catalogue["demo.echo"])
            let body = try operation.requestFromJSON.encode(#"{"text":"avro","seconds":1.5}"#)
            let answer = try await node.ask("POST", "/requests/demo.echo", [("content-type", "application/avro")], body: body)
            #expect(answer.status == 202)
            let job = try await node.get("\(try #require(answer.header("location")))&include=request").json
            #expect(job["request"]?["text"]?.string == "avro")
            for broken in [body.dropLast(), body + [0]] {
                let refused = try await node.ask("POST", "/requests/demo.echo", [("content-type", "application/avro")], body: Array(broken))
                #expect(refused.status == 422)
            }
        }
    }

    @Test func everyFaultOfABodyIsInOneAnswer() async throws {
        try await Node.with { node in
            let answer = try await node.post("demo.echo", #"{"text":5,"seconds":"x","failures":4294967296,"other":1}"#)
            #expect(answer.status == 422)
            #expect(answer.header("content-type") == "application/problem+json")
            let json = try answer.json
            #expect(json["title"]?.string == "Request does not fit its schema")
            #expect(json["instance"]?.string == "/requests/demo.echo")
            let pointers = try #require(json["errors"]?.array).compactMap { $0["pointer"]?.string }
            #expect(Set(pointers) == ["/text", "/seconds", "/failures", "/other"])
            let missing = try await node.post("demo.echo", "{}")
            #expect(missing.status == 422)
            #expect(try #require(try missing.json["errors"]?.array?.first)["pointer"]?.string == "/text")
            #expect(try await node.post("demo.echo", "[]").status == 422)
        }
    }

    @Test("what is refused, and how", arguments: RefusedRequest.all)
    func refused(request: RefusedRequest) async throws {
        try await Node.with { node in
            let answer = try await node.ask(
                "POST", request.path, [("content-type", request.type)] + request.headers, body: Array(request.body.utf8))
            #expect(answer.status == request.status)
            #expect(answer.header("content-type") == "application/problem+json")
            let json = try answer.json
            #expect(json["status"]?.integer == Int64(request.status))
            #expect(json["instance"]?.string == request.path)
            #expect(json["detail"]?.string?.contains(request.says) == true, "\(answer.text)")
            #expect(node.queries.state.withLock { $0.jobs.isEmpty })
        }
    }

    @Test func tooLargeABodyAndTooLargeARecord() async throws {
        var limits = ServerLimits()
        limits.bodyBytesMax = 4096
        try await Node.with(limits: limits, { $0.recordBytesMax = 1024 }) { node in
            let record = try await node.post("demo.echo", #"{"text":"\#(String(repeating: "x", count: 1500))"}"#)
            #expect(record.status == 413)
            #expect(try record.json["detail"]?.string?.contains("1024") == true)
            let body = try await node.post("demo.echo", #"{"text":"\#(String(repeating: "x", count: 5000))"}"#)
            #expect(body.status == 413)
            #expect(body.header("content-type") == "application/problem+json")
            #expect(try await node.post("demo.echo", #"{"text":"small"}"#).status == 202)
        }
    }

    @Test func aNodeThatTakesNoRequestsSaysSo() async throws {
        try await Node.with({ $0.acceptsRequests = false }) { node in
            let answer = try await node.post("demo.echo", #"{"text":"hi"}"#)
            #expect(answer.status == 503)
            #expect(answer.header("retry-after") != nil)
        }
    }

    @Test func retryAfterIsTheUsualTime() async throws {
        try await Node.with { node in
            node.queries.set { $0.typical = .seconds(12) }
            let after12 = try await node.post("demo.echo", #"{"text":"hi"}"#)
            #expect(after12.header("retry-after") == "12")
            node.queries.set { $0.typical = .seconds(1200) }
            // The estimate of an operation is asked for once a second; another operation's is its own.
            let after60 = try await node.post("texts.index", #"{"folder":"x"}"#)
            #expect(after60.header("retry-after") == "60")
        }
    }
}

struct RefusedRequest: Sendable, CustomTestStringConvertible {
    var path = "/requests/demo.echo"
    var type = "application/json"
    var headers: [(String, String)] = []
    var body = #"{"text":"hi"}"#
    let status: Int
    let says: String

    var testDescription: String { "\(status) \(says)" }

    static let all = [
        RefusedRequest(body: #"{"text":"#, status: 400, says: "not JSON"),
        RefusedRequest(body: "", status: 400, says: "empty"),
        RefusedRequest(body: String(repeating: "[", count: 100_000), status: 400, says: "not JSON"),
        RefusedRequest(path: "/requests/demo.nothing", status: 404, says: "demo.nothing"),
        RefusedRequest(type: "text/plain", status: 415, says: "text/plain"),
        RefusedRequest(type: "application/x-www-form-urlencoded", status: 415, says: "--json"),
        RefusedRequest(headers: [("rejoinder-callback", "http://x")], status: 501, says: "Rejoinder-Callback"),
        RefusedRequest(headers: [("rejoinder-priority", "1")], status: 501, says: "Rejoinder-Priority"),
        RefusedRequest(headers: [("rejoinder-not-before", "PT1S")], status: 501, says: "Rejoinder-Not-Before"),
        RefusedRequest(headers: [("authorization", "Bearer x")], status: 501, says: "Authorization"),
        RefusedRequest(headers: [("rejoinder-deadline", "soon")], status: 400, says: "soon"),
        RefusedRequest(headers: [("rejoinder-deadline", "1999-01-01T00:00:00Z")], status: 400, says: "passed"),
        RefusedRequest(headers: [("rejoinder-request-id", "7")], status: 400, says: "UUID"),
        RefusedRequest(headers: [("idempotency-key", String(repeating: "k", count: 256))], status: 400, says: "255"),
        RefusedRequest(
            headers: [("idempotency-key", "k"), ("rejoinder-request-id", "01890a5d-ac96-774b-bcce-b302099a8057")], status: 400,
            says: "cannot go together"),
    ]
}
