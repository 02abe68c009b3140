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

@Suite(.timeLimit(.minutes(4))) struct WaitingTests {
    @Test func whoWaitsGetsTheFinalJob() async throws {
        try await Node.with { node in
            async let waiting = node.post("demo.echo", #"{"text":"hi"}"#, [("prefer", "respond-async, wait=50")])
            await node.queries.when { !$0.observers.isEmpty && !$0.jobs.isEmpty }
            let id = try #require(node.queries.state.withLock { $0.jobs.keys.first })
            await node.queries.folded(id)
            let place = try #require(node.place(of: id))
            try await node.ring.start(id, at: place)
            try await node.ring.answer(
                id, at: place, from: 2, [.progress(Progress(fraction: 0.5)), node.ring.completed("demo.echo", #"{"text":"hi"}"#)])
            let answer = try await waiting
            #expect(answer.status == 200)
            #expect(answer.header("preference-applied") == "respond-async, wait=50")
            #expect(answer.header("etag") == "\"3\"")
            #expect(answer.header("content-location") == "/status/\(id.text)")
            #expect(answer.header("cache-control")?.hasPrefix("private, max-age=") == true)
            #expect(answer.header("retry-after") == nil)
            #expect(try answer.json["status"]?.string == "COMPLETED")
            #expect(node.queries.state.withLock { $0.observers.isEmpty })
        }
    }

    @Test func whoHasWaitedLongEnoughGetsTheAcknowledgement() async throws {
        try await Node.with { node in
            let answer = try await node.post("demo.echo", #"{"text":"hi"}"#, [("prefer", "wait=1")])
            #expect(answer.status == 202)
            #expect(answer.header("preference-applied") == "wait=1")
            #expect(try answer.json["status"]?.string == "ACCEPTED")
            await node.queries.when { $0.observers.isEmpty }
        }
    }

    @Test func waitZeroIsNoWait() async throws {
        try await Node.with { node in
            let answer = try await node.post("demo.echo", #"{"text":"hi"}"#, [("prefer", "wait=0")])
            #expect(answer.status == 202)
        }
    }

    @Test func whoLeavesIsForgotten() async throws {
        try await Node.with { node in
            let task = Task { try await node.post("demo.echo", #"{"text":"hi"}"#, [("prefer", "wait=50")]) }
            await node.queries.when { !$0.observers.isEmpty }
            task.cancel()
            await node.queries.when { $0.observers.isEmpty }
            await #expect(throws: HTTPClientError.self) { try await task.value }
        }
    }
}

extension Node {
    /// Where the double has seen a job's request.
    func place(of id: RequestID) -> Place? {
        queries.state.withLock { state in
            state.jobs[id]?.facts.map {
                Place(operation: $0.operation, partition: Core.partition(of: id, count: Ring.partitions), offset: $0.offset)
            }
        }
    }
}
