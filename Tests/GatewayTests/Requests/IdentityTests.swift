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

@Suite(.timeLimit(.minutes(4))) struct IdentityTests {
    private let key = ("idempotency-key", "order-1")

    @Test func theSameKeyAndBodyIsAReplay() async throws {
        try await Node.with { node in
            let first = try await node.post("demo.echo", #"{"text":"hi"}"#, [key])
            #expect(first.status == 202)
            #expect(first.header("idempotent-replayed") == nil)
            let again = try await node.post("demo.echo", #"{ "text" : "hi", "failures":0 }"#, [key])
            #expect(again.status == 202)
            #expect(again.header("idempotent-replayed") == "true")
            #expect(try again.id == first.id)
            #expect(try again.place != first.place)
            let other = try await node.post("demo.echo", #"{"text":"hi"}"#, [("idempotency-key", "order-2")])
            #expect(other.header("idempotent-replayed") == nil)
            #expect(try other.id != first.id)
        }
    }

    @Test func theSameKeyAndAnotherBodyIsAFault() async throws {
        try await Node.with { node in
            let first = try await node.post("demo.echo", #"{"text":"hi"}"#, [key])
            let other = try await node.post("demo.echo", #"{"text":"ho"}"#, [key])
            #expect(other.status == 422)
            #expect(other.header("content-type") == "application/problem+json")
            #expect(try other.id == first.id)
        }
    }

    @Test func twoTwinsAtOnceAreOneFirstAndOneReplay() async throws {
        try await Node.with { node in
            node.queries.set { $0.isHeld = true }
            async let one = node.post("demo.echo", #"{"text":"hi"}"#, [key])
            async let two = node.post("demo.echo", #"{"text":"hi"}"#, [key])
            await node.queries.when { $0.waiters.count == 2 }
            node.queries.set { $0.isHeld = false }
            let answers = try await [one, two]
            #expect(answers.map(\.status) == [202, 202])
            #expect(answers.compactMap { $0.header("idempotent-replayed") } == ["true"])
        }
    }

    @Test func anIDOfOnesOwnIsTakenOnce() async throws {
        try await Node.with { node in
            let id = "01890A5D-AC96-774B-BCCE-B302099A8057"
            let first = try await node.post("demo.echo", #"{"text":"hi"}"#, [("rejoinder-request-id", id)])
            #expect(first.status == 202)
            #expect(try first.id.text == id.lowercased())
            let second = try await node.post("demo.echo", #"{"text":"hi"}"#, [("rejoinder-request-id", id)])
            #expect(second.status == 409)
            #expect(try second.id == first.id)
        }
    }

    @Test func withoutAnOwnerNobodyCanTell() async throws {
        try await Node.with { node in
            node.queries.set { $0.owner = .nobody }
            let answer = try await node.post("demo.echo", #"{"text":"hi"}"#, [key])
            #expect(answer.status == 503)
            #expect(answer.header("retry-after") != nil)
            let id = try answer.id
            #expect(answer.header("location")?.hasPrefix("/status/\(id.text)?seen=demo.echo:") == true)
            node.queries.set { $0.owner = .here }
            let again = try await node.post("demo.echo", #"{"text":"hi"}"#, [key])
            #expect(again.status == 202)
            #expect(again.header("idempotent-replayed") == "true")
            #expect(try again.id == id)
        }
    }

    @Test func aFoldThatDoesNotComeInTimeIsSaid() async throws {
        try await Node.with({ $0.foldWaitMax = .milliseconds(300) }) { node in
            node.queries.set { $0.isHeld = true }
            let answer = try await node.post("demo.echo", #"{"text":"hi"}"#, [key])
            #expect(answer.status == 503)
            #expect(try answer.json["detail"]?.string?.contains("no correlator has folded it yet") == true)
            _ = try answer.id
        }
    }

    @Test func waitingWithAKeyGivesTheJobAndSaysThatItIsAReplay() async throws {
        try await Node.with { node in
            let (id, place) = try await { () async throws -> (RequestID, Place) in
                let answer = try await node.post("demo.echo", #"{"text":"hi"}"#, [key])
                return (try answer.id, try answer.place)
            }()
            try await node.ring.start(id, at: place)
            try await node.ring.answer(id, at: place, from: 2, [node.ring.completed("demo.echo", #"{"text":"hi"}"#)])
            await node.queries.folded(id, version: 2)
            let again = try await node.post("demo.echo", #"{"text":"hi"}"#, [key, ("prefer", "wait=30")])
            #expect(again.status == 200)
            #expect(again.header("idempotent-replayed") == "true")
            #expect(again.header("preference-applied") == "wait=30")
            #expect(try again.json["result"]?["text"]?.string == "hi")
        }
    }
}
