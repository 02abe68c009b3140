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

/// Two gateways on one Kafka: one owns every partition, the other none.
struct Pair {
    let ring: Ring
    let owner: Node
    let other: Node

    static func with(_ adjust: @escaping @Sendable (inout GatewayConfiguration) -> Void = { _ in }, _ body: (Pair) async throws -> Void)
        async throws
    {
        let ring = try Ring()
        let owner = try await Node(ring, adjust)
        let address = owner.address
        let other = try await Node(ring, otherNodes: { [address] }, adjust)
        other.queries.set { $0.owner = .node(address: address) }
        let result: Result<Void, any Error>
        do { result = .success(try await body(Pair(ring: ring, owner: owner, other: other))) } catch { result = .failure(error) }
        await other.end()
        await owner.end()
        await ring.end()
        try result.get()
    }
}

@Suite(.timeLimit(.minutes(4))) struct ForwardingTests {
    @Test func anyNodeAnswersAnyQuestion() async throws {
        try await Pair.with { pair in
            let (id, place) = try await pair.other.accepted()
            let first = try await pair.other.get("/status/\(id.text)?seen=\(place.text)")
            #expect(first.status == 200)
            #expect(first.header("etag") == "\"0\"")
            #expect(first.header("content-type") == "application/json")
            #expect(first.header("retry-after") == "1")
            try await pair.owner.finish(id, place)
            for path in ["/status/\(id.text)", "/status/\(id.text)/history", "/status/\(id.text)/parts", "/jobs?limit=5"] {
                let here = try await pair.owner.get(path)
                let there = try await pair.other.get(path)
                #expect(there.status == 200)
                #expect(there.text == here.text)
                #expect(there.header("etag") == here.header("etag"))
                #expect(there.header("cache-control") == here.header("cache-control"))
            }
            #expect(try await pair.other.get("/status/\(id.text)", [("if-none-match", "\"2\"")]).status == 304)
            #expect(try await pair.other.get("/status/\(Ring.id().text)").status == 404)
            #expect(try await pair.other.ask("HEAD", "/status/\(id.text)").status == 200)
        }
    }

    @Test func aHeldAnswerComesThroughToo() async throws {
        try await Pair.with { pair in
            let (id, place) = try await pair.other.accepted()
            await pair.owner.queries.folded(id)
            async let waiting = pair.other.get("/status/\(id.text)", [("prefer", "wait=50")])
            await pair.owner.queries.when { !$0.observers.isEmpty }
            try await pair.ring.start(id, at: place)
            let answer = try await waiting
            #expect(answer.header("etag") == "\"1\"")
            #expect(answer.header("preference-applied") == "wait=50")
        }
    }

    @Test func whoWaitsAtTheOtherGetsTheFinalJob() async throws {
        try await Pair.with { pair in
            async let waiting = pair.other.post("demo.echo", #"{"text":"hi"}"#, [("prefer", "wait=50")])
            await pair.owner.queries.when { !$0.observers.isEmpty && !$0.jobs.isEmpty }
            let id = try #require(pair.owner.queries.state.withLock { $0.jobs.keys.first })
            await pair.owner.queries.folded(id)
            let place = try #require(pair.owner.place(of: id))
            try await pair.owner.finish(id, place)
            let answer = try await waiting
            #expect(answer.status == 200)
            #expect(answer.header("preference-applied") == "wait=50")
            #expect(answer.header("etag") == "\"2\"")
            #expect(try answer.json["status"]?.string == "COMPLETED")
        }
    }

    @Test func keysMeetWhicheverNodeTheyAreSentTo() async throws {
        try await Pair.with { pair in
            let key = ("idempotency-key", "order-1")
            let first = try await pair.other.post("demo.echo", #"{"text":"hi"}"#, [key])
            #expect(first.status == 202)
            #expect(first.header("idempotent-replayed") == nil)
            let again = try await pair.owner.post("demo.echo", #"{"text":"hi"}"#, [key])
            #expect(again.header("idempotent-replayed") == "true")
            #expect(try again.id == first.id)
            #expect(try await pair.other.post("demo.echo", #"{"text":"hi"}"#, [key]).header("idempotent-replayed") == "true")
            #expect(try await pair.other.post("demo.echo", #"{"text":"ho"}"#, [key]).status == 422)
            let own = ("rejoinder-request-id", Ring.id().text)
            #expect(try await pair.owner.post("demo.echo", #"{"text":"hi"}"#, [own]).status == 202)
            #expect(try await pair.other.post("demo.echo", #"{"text":"hi"}"#, [own]).status == 409)
        }
    }

    @Test func streamsOfOneJobShareOneUpstream() async throws {
        try await Pair.with { pair in
            let (id, place) = try await pair.other.accepted()
            await pair.owner.queries.folded(id)
            let path = "/status/\(id.text)/events"
            let streams = (0..<5).map { _ in EventClient(pair.other, path) }
            for stream in streams { #expect(await stream.next()?.id == "0") }
            #expect(pair.owner.queries.state.withLock { $0.observers.count } == 1)
            try await pair.ring.start(id, at: place)
            for stream in streams { #expect(await stream.next()?.id == "1") }
            // One that comes later has the current one at once; one that knows it waits for the next.
            let late = EventClient(pair.other, path)
            #expect(await late.next()?.id == "1")
            let knows = EventClient(pair.other, path, [("last-event-id", "1")])
            try await pair.ring.answer(id, at: place, from: 2, [.progress(Progress(fraction: 0.5))])
            #expect(await knows.next()?.id == "2")
            #expect(pair.owner.queries.state.withLock { $0.observers.count } == 1)
            // One that leaves does not take the others along.
            streams[0].cancel()
            try await pair.ring.answer(id, at: place, from: 3, [pair.ring.completed("demo.echo", #"{"text":"hi"}"#)])
            for stream in streams.dropFirst() + [late] { #expect(await stream.all().map(\.id) == ["2", "3"]) }
            #expect(await knows.all().map(\.id) == ["3"])
            #expect(try await pair.other.get(path, [("last-event-id", "3")]).status == 204)
            #expect(await EventClient(pair.other, path, [("last-event-id", "2")]).all().map(\.id) == ["3"])
        }
    }

    @Test func aStreamOfNothingIsTheOwnersAnswer() async throws {
        try await Pair.with { pair in
            let unknown = try await pair.other.get("/status/\(Ring.id().text)/events")
            #expect(unknown.status == 404)
            #expect(unknown.header("content-type") == "application/problem+json")
            let (id, _) = try await pair.other.accepted()
            await pair.owner.queries.folded(id)
            pair.owner.queries.set { $0.purged = [id] }
            #expect(try await pair.other.get("/status/\(id.text)/events").status == 410)
        }
    }

    @Test func theUpstreamEndsWithTheLastReader() async throws {
        try await Pair.with { pair in
            let (id, _) = try await pair.other.accepted()
            await pair.owner.queries.folded(id)
            let stream = EventClient(pair.other, "/status/\(id.text)/events")
            #expect(await stream.next()?.id == "0")
            stream.cancel()
            await pair.owner.queries.when { $0.observers.isEmpty }
        }
    }

    @Test func whatWasForwardedIsNeverForwardedAgain() async throws {
        try await Pair.with { pair in
            let (id, _) = try await pair.other.accepted()
            await pair.owner.queries.folded(id)
            let back = PartitionOwner.node(address: pair.other.address)
            pair.owner.queries.set { $0.owner = back }
            for tail in ["", "/history", "/parts", "/events"] {
                let answer = try await pair.other.get("/status/\(id.text)\(tail)")
                #expect(answer.status == 503)
                #expect(answer.header("retry-after") != nil)
            }
            #expect(pair.owner.metrics.exposition().contains("rejoinder_forwarded_total 0"))
        }
    }

    @Test func anOwnerThatIsGoneIsSaid() async throws {
        try await Pair.with { pair in
            let (id, _) = try await pair.other.accepted()
            pair.other.queries.set { $0.owner = .node(address: "127.0.0.1:1") }
            for tail in ["", "/history", "/events"] {
                let answer = try await pair.other.get("/status/\(id.text)\(tail)")
                #expect(answer.status == 503)
                #expect(answer.header("retry-after") != nil)
            }
            #expect(pair.other.metrics.exposition().contains("rejoinder_forward_failures_total 3"))
        }
    }

    @Test func nodesThatHaveASecretAreNotImpersonated() async throws {
        try await Pair.with({ $0.nodeSecret = "secret" }) { pair in
            let (id, place) = try await pair.other.accepted()
            await pair.owner.queries.folded(id)
            #expect(try await pair.other.get("/status/\(id.text)").status == 200)
            let path = "/node/facts/\(id.text)?seen=\(place.text)"
            let marked = ("rejoinder-forwarded", "1")
            #expect(try await pair.owner.get(path, [marked]).status == 404)
            #expect(try await pair.owner.get(path, [marked, ("rejoinder-node-secret", "wrong")]).status == 404)
            #expect(try await pair.owner.get(path, [marked, ("rejoinder-node-secret", "secret")]).status == 200)
        }
    }
}
