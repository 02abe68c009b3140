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

@Suite(.timeLimit(.minutes(4))) struct StreamTests {
    @Test func eachChangeUntilTheFinalOne() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            await node.queries.folded(id)
            let events = EventClient(node, "/status/\(id.text)/events")
            #expect(await events.next()?.id == "0")
            try await node.ring.start(id, at: place)
            #expect(await events.next()?.id == "1")
            try await node.ring.answer(id, at: place, from: 2, [.progress(Progress(fraction: 0.5))])
            let progress = try #require(await events.next())
            #expect(progress.id == "2")
            #expect(try JSONValue(parsing: Array(progress.data.utf8))["progress"]?["fraction"] != nil)
            try await node.ring.answer(id, at: place, from: 3, [node.ring.completed("demo.echo", #"{"text":"hi"}"#)])
            let last = try #require(await events.next())
            #expect(last.id == "3")
            #expect(try JSONValue(parsing: Array(last.data.utf8))["status"]?.string == "COMPLETED")
            // The data is the very document of the status.
            #expect(try await node.get("/status/\(id.text)").text == last.data)
            #expect(await events.next() == nil)
            let head = try #require(await events.head())
            #expect(head.status == 200)
            #expect(head.header("content-type") == "text/event-stream")
            #expect(head.header("cache-control") == "no-store")
            await node.queries.when { $0.observers.isEmpty }
        }
    }

    @Test func aResumeSendsTheCurrentOneWhenItIsNewer() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            try await node.ring.start(id, at: place)
            await node.queries.folded(id, version: 1)
            let older = EventClient(node, "/status/\(id.text)/events", [("last-event-id", "0")])
            #expect(await older.next()?.id == "1")
            older.cancel()
            let same = EventClient(node, "/status/\(id.text)/events", [("last-event-id", "1")])
            await node.queries.when { !$0.observers.isEmpty }
            try await node.ring.answer(id, at: place, from: 2, [node.ring.completed("demo.echo", #"{"text":"hi"}"#)])
            #expect(await same.all().map(\.id) == ["2"])
            let last = try await node.get("/status/\(id.text)/events", [("last-event-id", "2")])
            #expect(last.status == 204)
            #expect(last.body.isEmpty)
            #expect(await EventClient(node, "/status/\(id.text)/events", [("last-event-id", "1")]).all().map(\.id) == ["2"])
            #expect(await EventClient(node, "/status/\(id.text)/events", [("last-event-id", "x")]).all().map(\.id) == ["2"])
        }
    }

    @Test func aStreamMayBeginBeforeTheJobIsFolded() async throws {
        try await Node.with { node in
            node.queries.set { $0.isHeld = true }
            let (id, place) = try await node.accepted()
            let events = EventClient(node, "/status/\(id.text)/events?seen=\(place.text)")
            await node.queries.when { !$0.waiters.isEmpty }
            node.queries.set { $0.isHeld = false }
            #expect(await events.next()?.id == "0")
            try await node.finish(id, place)
            #expect(await events.all().last?.id == "2")
        }
    }

    @Test("a result larger than a stream's queue reaches a client that reads")
    func aLargeResult() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            let text = String(repeating: "x", count: 300_000)
            try await node.ring.start(id, at: place)
            await node.queries.folded(id, version: 1)
            let events = EventClient(node, "/status/\(id.text)/events")
            #expect(await events.next()?.id == "1")
            try await node.ring.answer(id, at: place, from: 2, [node.ring.completed("demo.echo", #"{"text":"\#(text)"}"#)])
            #expect(await events.next()?.data.contains(text) == true)
        }
    }

    @Test func whoLeavesIsNoLongerWatching() async throws {
        try await Node.with { node in
            let (id, _) = try await node.accepted()
            await node.queries.folded(id)
            let events = EventClient(node, "/status/\(id.text)/events")
            #expect(await events.next()?.id == "0")
            events.cancel()
            await node.queries.when { $0.observers.isEmpty }
        }
    }

    @Test func aPartitionThatMovesEndsTheStream() async throws {
        try await Node.with { node in
            let (id, _) = try await node.accepted()
            await node.queries.folded(id)
            let events = EventClient(node, "/status/\(id.text)/events")
            #expect(await events.next()?.id == "0")
            node.queries.move(to: .nobody)
            #expect(await events.next() == nil)
        }
    }
}
