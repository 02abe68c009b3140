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

@Suite(.timeLimit(.minutes(4))) struct StatusTests {
    @Test func theJobNowWithItsTag() async throws {
        try await Node.with { node in
            node.queries.set { $0.typical = .seconds(3) }
            let (id, place) = try await node.accepted()
            let first = try await node.get("/status/\(id.text)?seen=\(place.text)")
            #expect(first.status == 200)
            #expect(first.header("etag") == "\"0\"")
            #expect(first.header("cache-control") == "private, no-cache")
            #expect(first.header("retry-after") == "3")
            try await node.finish(id, place)
            let last = try await node.get("/status/\(id.text)")
            #expect(last.header("etag") == "\"2\"")
            #expect(last.header("cache-control")?.hasPrefix("private, max-age=") == true)
            #expect(last.header("retry-after") == nil)
            #expect(try last.json["result"]?["text"]?.string == "hi")
            // Upper-case ids are the same ids.
            #expect(try await node.get("/status/\(id.text.uppercased())").status == 200)
        }
    }

    @Test func anUnchangedJobIsNotSentAgain() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            try await node.finish(id, place)
            let same = try await node.get("/status/\(id.text)", [("if-none-match", "\"2\"")])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)
            #expect(same.header("etag") == "\"2\"")
            #expect(try await node.get("/status/\(id.text)", [("if-none-match", "\"1\"")]).status == 200)
            // A final job is answered at once, whatever one would wait.
            #expect(try await node.get("/status/\(id.text)", [("if-none-match", "\"2\""), ("prefer", "wait=60")]).status == 304)
        }
    }

    @Test func aHeldAnswerComesWithTheChange() async throws {
        try await Node.with { node in
            let (id, place) = try await node.accepted()
            await node.queries.folded(id)
            async let withoutTag = node.get("/status/\(id.text)", [("prefer", "wait=50")])
            async let withTag = node.get("/status/\(id.text)", [("prefer", "wait=50"), ("if-none-match", "\"0\"")])
            await node.queries.when { $0.observers.count == 2 }
            try await node.ring.start(id, at: place)
            for answer in try await [withoutTag, withTag] {
                #expect(answer.status == 200)
                #expect(answer.header("etag") == "\"1\"")
                #expect(answer.header("preference-applied") == "wait=50")
                #expect(try answer.json["status"]?.string == "RUNNING")
            }
            await node.queries.when { $0.observers.isEmpty }
            // Who has an older one is not held.
            let late = try await node.get("/status/\(id.text)", [("prefer", "wait=50"), ("if-none-match", "\"0\"")])
            #expect(late.header("etag") == "\"1\"")
        }
    }

    @Test func timeOverIsTheJobAsItIsOrNotModified() async throws {
        try await Node.with { node in
            let (id, _) = try await node.accepted()
            await node.queries.folded(id)
            async let withoutTag = node.get("/status/\(id.text)", [("prefer", "wait=1")])
            async let withTag = node.get("/status/\(id.text)", [("prefer", "wait=1"), ("if-none-match", "\"0\"")])
            #expect(try await withoutTag.status == 200)
            #expect(try await withTag.status == 304)
            await node.queries.when { $0.observers.isEmpty }
        }
    }

    @Test("who follows the acknowledgement's Location and waits is held too, from the fold of the request on")
    func waitingAtAPlaceThatIsNotFoldedYet() async throws {
        try await Node.with { node in
            node.queries.set { $0.isHeld = true }
            let (id, place) = try await node.accepted()
            async let waiting = node.get("/status/\(id.text)?seen=\(place.text)", [("prefer", "wait=50")])
            await node.queries.when { !$0.waiters.isEmpty }
            node.queries.set { $0.isHeld = false }
            await node.queries.when { !$0.observers.isEmpty }
            try await node.ring.start(id, at: place)
            let answer = try await waiting
            #expect(answer.status == 200)
            #expect(answer.header("etag") == "\"1\"")
        }
    }

    @Test func whoLeavesIsNoLongerWatching() async throws {
        try await Node.with { node in
            let (id, _) = try await node.accepted()
            await node.queries.folded(id)
            let task = Task { try await node.get("/status/\(id.text)", [("prefer", "wait=50")]) }
            await node.queries.when { !$0.observers.isEmpty }
            task.cancel()
            await node.queries.when { $0.observers.isEmpty }
            _ = try? await task.value
        }
    }

    // MARK: Unknown, not yet visible, forgotten

    @Test("an id that no request has is unknown once the fold has passed the end", arguments: ["", "/history", "/parts", "/events"])
    func unknown(tail: String) async throws {
        try await Node.with { node in
            let (other, _) = try await node.accepted()
            await node.queries.folded(other)
            let answer = try await node.get("/status/\(Ring.id().text)\(tail)")
            #expect(answer.status == 404)
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(node.queries.state.withLock { $0.lookedAtEnds } == 1)
        }
    }

    @Test func textThatIsNoIDIsUnknownAtOnce() async throws {
        try await Node.with { node in
            for text in [
                "x", "01890a5d-ac96-774b-bcce-b302099a805", "01890a5d-ac96-774b-bcce-b302099a80577", "01890a5dac96774bbcceb302099a8057",
            ] {
                let answer = try await node.get("/status/\(text)")
                #expect(answer.status == 404)
            }
            #expect(node.queries.state.withLock { $0.lookedAtEnds } == 0)
        }
    }

    @Test("what is not folded yet is waited for", arguments: ["", "/history", "/parts"])
    func notYetVisible(tail: String) async throws {
        try await Node.with { node in
            node.queries.set { $0.isHeld = true }
            let (id, place) = try await node.accepted()
            async let atPlace = node.get("/status/\(id.text)\(tail)?seen=\(place.text)")
            async let atEnd = node.get("/status/\(id.text)\(tail)")
            await node.queries.when { $0.waiters.count == 2 }
            node.queries.set { $0.isHeld = false }
            #expect(try await atPlace.status == 200)
            #expect(try await atEnd.status == 200)
        }
    }

    @Test("a place that the fold has passed long ago proves nothing about an id that came later")
    func aPlaceOfAnother() async throws {
        try await Node.with { node in
            let (first, place) = try await node.accepted()
            await node.queries.folded(first)
            node.queries.set { $0.isHeld = true }
            // Another id in the same partition, behind the place.
            var id = Ring.id()
            while Core.partition(of: id, count: Ring.partitions) != place.partition { id = Ring.id() }
            _ = try await node.ring.request("demo.echo", #"{"text":"later"}"#, id: id)
            async let answer = node.get("/status/\(id.text)?seen=\(place.text)")
            await node.queries.when { !$0.waiters.isEmpty }
            node.queries.set { $0.isHeld = false }
            #expect(try await answer.status == 200)
        }
    }

    @Test func aFoldThatLagsIsNotUnknown() async throws {
        try await Node.with({ $0.foldWaitMax = .milliseconds(200) }) { node in
            node.queries.set { $0.isHeld = true }
            let (id, place) = try await node.accepted()
            for query in ["", "?seen=\(place.text)"] {
                let answer = try await node.get("/status/\(id.text)\(query)")
                #expect(answer.status == 503)
                #expect(answer.header("retry-after") != nil)
            }
        }
    }

    @Test("purged, restoring, without an owner", arguments: ["", "/history", "/parts", "/events"])
    func otherAnswers(tail: String) async throws {
        try await Node.with { node in
            let (id, _) = try await node.accepted()
            await node.queries.folded(id)
            node.queries.set { $0.purged = [id] }
            #expect(try await node.get("/status/\(id.text)\(tail)").status == 410)
            node.queries.set { $0.purged = [] }
            node.queries.set { $0.notReady = "the partition is being restored" }
            let restoring = try await node.get("/status/\(id.text)\(tail)")
            #expect(restoring.status == 503)
            #expect(restoring.header("retry-after") != nil)
            #expect(try restoring.json["detail"]?.string?.contains("restored") == true)
            node.queries.set { $0.notReady = nil }
            node.queries.set { $0.owner = .nobody }
            let unowned = try await node.get("/status/\(id.text)\(tail)")
            #expect(unowned.status == 503)
            #expect(unowned.header("retry-after") != nil)
        }
    }

    @Test func aPartitionThatMovesEndsTheWait() async throws {
        try await Node.with { node in
            let (id, _) = try await node.accepted()
            await node.queries.folded(id)
            async let waiting = node.get("/status/\(id.text)", [("prefer", "wait=50")])
            await node.queries.when { !$0.observers.isEmpty }
            node.queries.move(to: .nobody)
            let answer = try await waiting
            #expect(answer.status == 503)
            #expect(answer.header("retry-after") != nil)
        }
    }
}

extension Node {
    /// Runs a job of `demo.echo` to its end.
    func finish(_ id: RequestID, _ place: Place) async throws {
        try await ring.start(id, at: place)
        try await ring.answer(id, at: place, from: 2, [ring.completed("demo.echo", #"{"text":"hi"}"#)])
        await queries.folded(id, version: 2)
    }
}
