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

@Suite(.timeLimit(.minutes(4))) struct StoppingTests {
    @Test func whoWaitsIsToldWhatIsKnown() async throws {
        let ring = try Ring()
        let node = try await Node(ring)
        let (id, _) = try await node.accepted()
        await node.queries.folded(id)
        async let poll = node.get("/status/\(id.text)", [("prefer", "wait=50")])
        let stream = EventClient(node, "/status/\(id.text)/events")
        #expect(await stream.next()?.id == "0")
        async let post = node.post("demo.echo", #"{"text":"two"}"#, [("prefer", "wait=50")])
        await node.queries.when { $0.observers.count == 3 }
        await node.gateway.stop(within: .seconds(5))
        // The job as it is; the acknowledgement, for the request is on Kafka; the stream's end.
        #expect(try await poll.status == 200)
        #expect(try await post.status == 202)
        #expect(await stream.next() == nil)
        await node.end()
        await ring.end()
    }

    @Test func whatIsInFlightIsNotCalledUnsent() async throws {
        let ring = try Ring()
        let node = try await Node(ring)
        _ = try await node.accepted()
        try ring.cluster.push(nil, after: .milliseconds(300), to: .produce, broker: 1)
        async let post = node.post("demo.echo", #"{"text":"two"}"#)
        await node.unacknowledged()
        await node.gateway.stop(within: .seconds(5))
        let answer = try await post
        #expect(answer.status == 202)
        await node.end()
        await ring.end()
    }
}

extension Node {
    /// Waits until a request waits for Kafka.
    func unacknowledged() async {
        while !metrics.exposition().contains("rejoinder_unacknowledged_requests 1") { await Task.yield() }
    }
}
