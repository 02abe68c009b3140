import Core
import HTTPServer
import Kafka
import Telemetry

/// Waits for Kafka's word on the records of accepted requests and answers their clients in batches, one batch a poll of delivery reports.
final class Acceptance: Sendable, DeliveryObserver {
    private struct Pending {
        let exchange: Exchange
        let reply: PendingReply
    }

    private struct Table {
        var next: UInt64 = 1
        var pending: [UInt64: Pending] = [:]
        /// What follows the acknowledgement of those that do not end with it; set once before the first request. A member, never the value of
        /// a lock itself: a bare closure is wrapped anew each time that it goes through a generic function and back, until the chain of wrappers
        /// is longer than the stack.
        var follow: (@Sendable (Exchange, PendingReply) -> Void)?
    }

    private let table = Locked(Table())
    private let retryAfter: @Sendable (String) -> Int
    private let metrics: RequestMetrics
    private let waits: Histogram
    private let limit: Int

    init(limit: Int, metrics: Metrics, requestMetrics: RequestMetrics, retryAfter: @escaping @Sendable (String) -> Int) {
        self.limit = limit
        self.retryAfter = retryAfter
        self.metrics = requestMetrics
        waits = metrics.histogram(
            "rejoinder_acknowledgement_seconds", help: "From a request's arrival to Kafka's acknowledgement of its record.")
        let pending = metrics.gauge("rejoinder_unacknowledged_requests", help: "Requests that wait for Kafka's acknowledgement.")
        depth = pending
    }

    private let depth: Gauge

    func whenAcknowledged(_ body: @escaping @Sendable (Exchange, PendingReply) -> Void) { table.withLock { $0.follow = body } }

    /// Registers a request before its record is enqueued; nil when as many wait as may.
    func open(_ exchange: Exchange, _ reply: PendingReply) -> UInt64? {
        table.withLock { table in
            guard table.pending.count < limit else { return nil }
            let token = table.next
            table.next += 1
            table.pending[token] = Pending(exchange: exchange, reply: reply)
            depth.set(table.pending.count)
            return token
        }
    }

    /// Takes a request back whose record the producer refused.
    func withdraw(_ token: UInt64) { table.withLock { _ = $0.pending.removeValue(forKey: token) } }

    /// Waits until nobody waits for Kafka, at most `limit`.
    func settle(within limit: Duration) async {
        let end = ContinuousClock.now + limit
        while table.withLock({ !$0.pending.isEmpty }), .now < end {
            do { try await Task.sleep(for: .milliseconds(5)) } catch { return }
        }
    }

    /// On the producer's poll thread.
    func delivered(_ reports: [DeliveryReport]) {
        let (found, left, follow) = table.withLock { table in
            let found: [(DeliveryReport, Pending)] = reports.compactMap { report in
                table.pending.removeValue(forKey: report.token).map { (report, $0) }
            }
            return (found, table.pending.count, table.follow)
        }
        depth.set(left)
        var answers: [(PendingReply, Response)] = []
        answers.reserveCapacity(found.count)
        for (report, pending) in found {
            let exchange = pending.exchange
            switch report.outcome {
            case .delivered(let partition, let offset, _):
                // An acknowledgement that a later one implied has no offset: the place in the log is not known then.
                if offset >= 0 { exchange.acknowledged(at: Place(operation: exchange.operation, partition: partition, offset: offset)) }
                waits.observe(ContinuousClock.now - exchange.began)
                if case (.acknowledge, .fresh) = (exchange.kind, exchange.identity) {
                    answers.append((pending.reply, AcceptanceAnswers.accepted(exchange, retryAfter: retryAfter(exchange.operation))))
                } else {
                    follow?(exchange, pending.reply)
                }
            case .failed(let error):
                let response = error.notSent ? AcceptanceAnswers.notSent(exchange, error.detail) : AcceptanceAnswers.inFlight(exchange)
                exchange.end()
                answers.append((pending.reply, response))
            }
        }
        for (reply, response) in answers where reply.isOpen { metrics.countRequest(status: response.status) }
        PendingReply.completeAll(answers)
    }
}
