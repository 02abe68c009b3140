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

@Suite(.timeLimit(.minutes(4))) struct ListTests {
    private func ids(_ answer: HTTPResponse) throws -> [String] {
        try #require(try answer.json["jobs"]?.array).compactMap { $0["requestId"]?.string }
    }

    @Test func pagesNewestFirst() async throws {
        try await Node.with { node in
            var all: [String] = []
            for number in 0..<5 {
                let (id, _) = try await node.accepted("demo.echo", #"{"text":"\#(number)"}"#)
                all.insert(id.text, at: 0)
                await node.queries.folded(id)
            }
            let jobs = node.queries.state.withLock { $0.jobs.values.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) } }
            all = jobs.map(\.id.text)
            let first = try await node.get("/jobs?limit=2")
            #expect(first.status == 200)
            #expect(first.header("cache-control") == "no-store")
            var seen = try ids(first)
            #expect(seen.count == 2)
            var cursor = try first.json["nextCursor"]?.string
            while let next = cursor {
                let page = try await node.get("/jobs?limit=2&cursor=\(next)")
                seen += try ids(page)
                cursor = try page.json["nextCursor"]?.string
            }
            #expect(seen == all)
            #expect(try ids(try await node.get("/jobs")) == all)
        }
    }

    @Test func filters() async throws {
        try await Node.with { node in
            let (done, place) = try await node.accepted()
            try await node.finish(done, place)
            let (open, _) = try await node.accepted("texts.index", #"{"folder":"x"}"#)
            await node.queries.folded(open)
            #expect(try ids(try await node.get("/jobs?operation=demo.echo")) == [done.text])
            #expect(try ids(try await node.get("/jobs?status=completed")) == [done.text])
            #expect(try ids(try await node.get("/jobs?status=ACCEPTED&operation=texts.index")) == [open.text])
            #expect(try ids(try await node.get("/jobs?tenant=other")) == [])
            #expect(try ids(try await node.get("/jobs?until=2000-01-01T00:00:00Z")) == [])
            #expect(Set(try ids(try await node.get("/jobs?since=2000-01-01T00:00:00Z"))) == [done.text, open.text])
        }
    }

    @Test(
        "a filter that cannot be read is named",
        arguments: [
            ("status=DONE", "DONE"), ("since=monday", "since"), ("until=1", "until"), ("limit=0", "limit"), ("limit=501", "limit"),
            ("cursor=x", "cursor"), ("colour=red", "colour"),
        ])
    func unreadable(query: String, says: String) async throws {
        try await Node.with { node in
            let answer = try await node.get("/jobs?\(query)")
            #expect(answer.status == 400)
            #expect(try answer.json["detail"]?.string?.contains(says) == true)
        }
    }

    @Test func partsAfterAnIndex() async throws {
        try await Node.with({ $0.partsPerPageMax = 2 }) { node in
            let id = Ring.id()
            let place = try await node.ring.request("reports.generate", #"{"source":"a"}"#, id: id)
            try await node.ring.start(id, at: place)
            let events = try (0..<4).map { try node.ring.part("reports.generate", $0, #"{"key":"k","rows":\#($0)}"#) }
            try await node.ring.answer(id, at: place, from: 2, events)
            await node.queries.folded(id, version: 5)
            func indexes(_ query: String) async throws -> ([Int64], Int64?) {
                let answer = try await node.get("/status/\(id.text)/parts\(query)")
                #expect(answer.status == 200)
                #expect(answer.header("cache-control") == "no-store")
                let json = try answer.json
                return (try #require(json["parts"]?.array).compactMap { $0["index"]?.integer }, json["next"]?.integer)
            }
            #expect(try await indexes("") == ([0, 1], 1))
            #expect(try await indexes("?after=1") == ([2, 3], nil))
            #expect(try await indexes("?after=2") == ([3], nil))
            #expect(try await indexes("?after=9") == ([], nil))
            #expect(try await node.get("/status/\(id.text)/parts?after=x").status == 400)
            let json = try await node.get("/status/\(id.text)/parts").json
            #expect(try #require(json["parts"]?.array?.first)["part"]?.members != nil)
        }
    }

    @Test func theHistoryIsTheLog() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            try await node.finish(id, place)
            try await node.ring.answer(id, at: place, from: 3, [.progress(Progress(fraction: 1))])
            await node.queries.when { $0.histories[id]?.count == 4 }
            let answer = try await node.get("/status/\(id.text)/history")
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json["requestId"]?.string == id.text)
            let events = try #require(json["events"]?.array)
            let request = try #require(events.first { $0["type"]?.string == "Request" })
            #expect(request["topic"]?.string == "t.demo.echo.requests")
            #expect(request["partition"]?.integer == Int64(place.partition))
            #expect(request["offset"]?.integer == place.offset)
            let last = try #require(events.last)
            #expect(last["type"]?.string == "progress")
            #expect(last["producer"]?.string == "worker-1/1")
            #expect(last["sequence"]?.integer == 3)
            #expect(last["counted"]?.boolean == false)
            #expect(last["time"]?.string?.hasSuffix("Z") == true)
        }
    }
}
