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

@Suite(.timeLimit(.minutes(4))) struct ServingTests {
    @Test(
        "a known path with another method",
        arguments: [
            ("POST", "/", "GET, HEAD"), ("DELETE", "/jobs", "GET, HEAD"), ("GET", "/requests/demo.echo", "POST"),
            ("PUT", "/status/x", "GET, HEAD"),
            ("GET", "/status/x/cancel", "POST"), ("POST", "/livez", "GET, HEAD"), ("POST", "/operations/demo.echo", "GET, HEAD"),
        ])
    func otherMethods(method: String, path: String, allow: String) async throws {
        try await Node.with { node in
            let answer = try await node.ask(method, path)
            #expect(answer.status == 405)
            #expect(answer.header("allow") == allow)
            #expect(answer.header("content-type") == "application/problem+json")
            let options = try await node.ask("OPTIONS", path)
            #expect(options.status == 204)
            #expect(options.header("allow") == allow)
        }
    }

    @Test(
        "what is not done yet is said",
        arguments: [
            ("POST", "/status/x/cancel"), ("POST", "/status/x/retry"), ("POST", "/status/x/signals/go"), ("GET", "/status/x/explain"),
            ("GET", "/status/x/result"), ("GET", "/status/x/socket"), ("GET", "/openapi.json"), ("GET", "/asyncapi.json"),
        ])
    func later(method: String, path: String) async throws {
        try await Node.with { node in
            let answer = try await node.ask(method, path)
            #expect(answer.status == 501)
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(answer.header("cache-control") == "no-store")
        }
    }

    @Test func authorizationIsNotHonouredSilently() async throws {
        try await Node.with { node in
            for path in ["/jobs", "/status/\(Ring.id().text)", "/files/a/b"] {
                let answer = try await node.get(path, [("authorization", "Bearer x")])
                #expect(answer.status == 501)
                #expect(answer.text.contains("Authorization"))
            }
            #expect(try await node.get("/livez", [("authorization", "Bearer x")]).status == 200)
        }
    }

    @Test func noSuchPath() async throws {
        try await Node.with { node in
            for path in ["/nothing", "/status", "/node/facts/\(Ring.id().text)"] {
                let answer = try await node.get(path)
                #expect(answer.status == 404)
                #expect(answer.header("content-type") == "application/problem+json")
            }
        }
    }

    @Test func headHasNoBody() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            await node.queries.folded(id)
            for path in ["/", "/livez", "/jobs", "/operations", "/status/\(id.text)?seen=\(place.text)", "/status/\(id.text)/events"] {
                let answer = try await node.ask("HEAD", path)
                #expect(answer.status == 200)
                #expect(answer.body.isEmpty)
            }
            #expect(try await node.ask("HEAD", "/status/\(Ring.id().text)").status == 404)
            await node.queries.when { $0.observers.isEmpty }
        }
    }

    @Test func operationsSayWhatCanBeAskedFor() async throws {
        try await Node.with { node in
            let list = try #require(try await node.get("/operations").json["operations"]?.array)
            #expect(list.compactMap { $0["name"]?.string } == ["demo.echo", "reports.generate", "texts.index"])
            let one = try await node.get("/operations/demo.echo").json
            #expect(one["policy"]?["attempts"]?.integer == 3)
            #expect(one["policy"]?["lease"]?.string == "PT10S")
            #expect(one["policy"]?["deadline"] == .null)
            #expect(one["schemas"]?["request"]?["fields"]?.array?.count == 3)
            #expect(one["schemas"]?["part"] == .null)
            // The example can be sent as it is.
            let example = try #require(one["example"])
            var body: [UInt8] = []
            example.append(to: &body)
            #expect(try await node.post("demo.echo", String(decoding: body, as: UTF8.self)).status == 202)
            #expect(try await node.get("/operations/none").status == 404)
        }
    }

    @Test func probesAndMetrics() async throws {
        let waitsFor = Locked<String?>("the partitions")
        let ring = try Ring()
        let node = try await Node(ring, notReady: { waitsFor.withLock { $0 } })
        #expect(try await node.get("/livez").status == 200)
        let waiting = try await node.get("/readyz")
        #expect(waiting.status == 503)
        #expect(waiting.header("retry-after") != nil)
        #expect(waiting.text.contains("the partitions"))
        waitsFor.withLock { $0 = nil }
        let ready = try await node.get("/readyz")
        #expect(ready.status == 200)
        #expect(ready.header("cache-control") == "no-store")
        _ = try await node.accepted()
        let metrics = try await node.get("/metrics")
        #expect(metrics.header("content-type")?.hasPrefix("text/plain; version=0.0.4") == true)
        for line in [
            #"rejoinder_http_answers_total{class="2xx",path="/livez"} 1"#, #"rejoinder_http_answers_total{class="5xx",path="/readyz"} 1"#,
            #"rejoinder_http_answers_total{class="2xx",path="/requests/{operation}"} 1"#, "rejoinder_acknowledgement_seconds_count 1",
            "rejoinder_unacknowledged_requests 0",
        ] { #expect(metrics.text.contains(line), "\(line)") }
        #expect(!metrics.text.contains("01890a5d"))
        await node.end()
        await ring.end()
    }

    @Test func everyAnswerIsCounted() async throws {
        try await Node.with({ $0.foldWaitMax = .milliseconds(200) }) { node in
            let (id, place) = try await node.accepted()
            try await node.finish(id, place)
            _ = try await node.post("demo.echo", #"{"text":"a"}"#, [("idempotency-key", "k"), ("prefer", "wait=1")])
            _ = try await node.post("demo.echo", #"{"text":"b"}"#, [("idempotency-key", "k")])
            _ = try await node.get("/status/\(id.text)/history")
            _ = try await node.get("/status/\(Ring.id().text)")
            let metrics = try await node.get("/metrics").text
            for line in [
                #"{class="2xx",path="/requests/{operation}"} 2"#, #"{class="4xx",path="/requests/{operation}"} 1"#,
                #"{class="2xx",path="/status/{id}/history"} 1"#, #"{class="4xx",path="/status/{id}"} 1"#,
            ] { #expect(metrics.contains("rejoinder_http_answers_total" + line), "\(line)") }
        }
    }

    @Test func filesOfResults() async throws {
        let folder = try FilesFolder()
        try await Node.with({ $0.filesFolder = folder.files }) { node in
            let found = try await node.get("/files/job/report.html")
            #expect(found.status == 200)
            #expect(found.text == "<p>report")
            #expect(found.header("content-type") == "text/html; charset=utf-8")
            #expect(found.header("x-content-type-options") == "nosniff")
            #expect(found.header("content-security-policy")?.contains("default-src 'none'") == true)
            for path in [
                "/files/job/link.html", "/files/linked/report.html", "/files/job/%2e%2e", "/files/%2e%2e/secret",
                "/files/job/..%2f..%2fsecret", "/files/job/.hidden",
            ] {
                let answer = try await node.get(path)
                #expect(answer.status == 404 || answer.status == 400)
                #expect(answer.text != "secret")
            }
        }
    }

    @Test func theHomePageNamesTheRest() async throws {
        try await Node.with { node in
            let page = try await node.get("/")
            #expect(page.status == 200)
            #expect(page.header("content-type") == "text/html; charset=utf-8")
            for name in ["/operations", "/jobs", "/metrics", "/readyz"] { #expect(page.text.contains(name)) }
        }
    }
}
