import Core
import HTTPServer
import Telemetry
import Testing

@testable import Gateway
@testable import Kafka

@Suite struct AcceptanceTests {
    /// The closure that follows an acknowledgement was wrapped once more with every batch of reports, until the first request that it was
    /// called for overflowed the stack.
    @Test func whatFollowsAnAcknowledgementDoesSoAfterAnyNumberOfBatches() async throws {
        let acceptance = Acceptance(limit: 10, metrics: Metrics(), requestMetrics: RequestMetrics(Metrics()), retryAfter: { _ in 1 })
        let followed = Locked<[RequestID]>([])
        acceptance.whenAcknowledged { exchange, _ in followed.withLock { $0.append(exchange.id) } }
        let request = try #require(Request(method: "POST", target: "/requests/demo.echo", headers: []))
        let id = RequestID(high: 1, low: 2)
        let exchange = Exchange(
            id: id, operation: "demo.echo", request: request, kind: .wait(seconds: 1), identity: .fresh, digest: nil,
            preferenceApplied: nil, began: .now)
        let token = try #require(acceptance.open(exchange, PendingReply()))
        // On a thread like the producer's, whose stack is small.
        await OwnThread.blocking("reports") {
            for _ in 0..<100_000 { acceptance.delivered([]) }
            acceptance.delivered([DeliveryReport(token: token, outcome: .delivered(partition: 0, offset: 7, timestamp: 1))])
        }
        #expect(followed.withLock { $0 } == [id])
        #expect(exchange.place?.offset == 7)
    }
}
