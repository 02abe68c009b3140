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

/// What a 503 of `POST /requests/…` promises: not sent, unless it carries a requestId.
@Suite(.timeLimit(.minutes(4))) struct BrokerDownTests {
    private let plain: [(String, String)] = []
    private let kinds: [[(String, String)]] = [[], [("prefer", "wait=60")], [("idempotency-key", "k")]]

    @Test func whatIsStillQueuedIsTakenBackAndThenThingsGoOn() async throws {
        try await Node.with { node in
            #expect(try await node.post("demo.echo", #"{"text":"before"}"#).status == 202)
            await node.queries.when { $0.jobs.count == 1 }
            try node.ring.cluster.takeDown(broker: 1)
            for headers in kinds {
                let answer = try await node.post("demo.echo", #"{"text":"lost"}"#, headers)
                #expect(answer.status == 503)
                #expect(answer.header("retry-after") == "1")
                let json = try answer.json
                #expect(json["requestId"] == nil)
                #expect(answer.header("location") == nil)
                #expect(json["detail"]?.string?.contains("not sent") == true, "\(answer.text)")
            }
            try node.ring.cluster.bringUp(broker: 1)
            var last = try await node.post("demo.echo", #"{"text":"after"}"#)
            while last.status == 503 { last = try await node.post("demo.echo", #"{"text":"after"}"#) }
            #expect(last.status == 202)
            let id = try last.id
            await node.queries.folded(id)
            // A 503 without an id was never sent: only the accepted ones are there.
            #expect(node.queries.state.withLock { $0.jobs.count } == 2)
        }
    }

    @Test func whatIsInFlightIsUnknownAndCanBeAskedFor() async throws {
        for headers in kinds {
            try await Node.with { node in
                #expect(try await node.post("demo.echo", #"{"text":"before"}"#).status == 202)
                try node.ring.cluster.push(nil, after: .seconds(4), to: .produce, broker: 1)
                let answer = try await node.post("demo.echo", #"{"text":"slow"}"#, headers)
                #expect(answer.status == 503)
                #expect(answer.header("retry-after") == "1")
                let id = try answer.id
                #expect(answer.header("location") == "/status/\(id.text)")
                await node.queries.folded(id)
                #expect(try await node.get("/status/\(id.text)").status == 200)
            }
        }
    }

    @Test func moreThanMayWaitIsRefused() async throws {
        try await Node.with({ $0.unacknowledgedMax = 1 }) { node in
            #expect(try await node.post("demo.echo", #"{"text":"before"}"#).status == 202)
            try node.ring.cluster.push(nil, after: .seconds(2), to: .produce, broker: 1)
            async let first = node.post("demo.echo", #"{"text":"one"}"#)
            // Two at once: whichever comes second finds the place taken.
            async let second = node.post("demo.echo", #"{"text":"two"}"#)
            let answers = try await [first, second]
            #expect(answers.map(\.status) == [503, 503])
            #expect(answers.filter { (try? $0.json["requestId"]) == nil }.count == 1)
            #expect(answers.contains { $0.text.contains("1 requests wait for Kafka's acknowledgement already") })
        }
    }
}
