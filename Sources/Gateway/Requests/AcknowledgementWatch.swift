import HTTPServer
import Telemetry

/// Answers those who wait for more than Kafka's acknowledgement when not even that comes in time: a `503` is given within a second, whatever the
/// client is ready to wait.
///
/// All wait equally long, so it is one queue in order of arrival, and one task while there is anything in it.
final class AcknowledgementWatch: Sendable {
    private struct Entry {
        let due: ContinuousClock.Instant
        let exchange: Exchange
        let reply: PendingReply
    }

    private struct State {
        var entries: [Entry] = []
        var first = 0
        var isRunning = false
    }

    private let limit: Duration
    private let metrics: RequestMetrics
    private let state = Locked(State())
    /// Who is due within this time is answered together.
    private static let slack = Duration.milliseconds(10)

    init(limit: Duration, metrics: RequestMetrics) {
        self.limit = limit
        self.metrics = metrics
    }

    func add(_ exchange: Exchange, _ reply: PendingReply) {
        let starts = state.withLock { state in
            state.entries.append(Entry(due: exchange.began + limit, exchange: exchange, reply: reply))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if starts { Task { await run() } }
    }

    private func run() async {
        while let next = answerDue() { try? await Task.sleep(until: next + Self.slack, clock: .continuous) }
    }

    /// - Returns: when to look again; nil when nobody is left.
    private func answerDue() -> ContinuousClock.Instant? {
        let now = ContinuousClock.now
        let (due, next) = state.withLock { state -> ([Entry], ContinuousClock.Instant?) in
            let start = state.first
            while state.first < state.entries.count, state.entries[state.first].due <= now { state.first += 1 }
            let due = Array(state.entries[start..<state.first])
            if state.first == state.entries.count || state.first > 1024 {
                state.entries.removeFirst(state.first)
                state.first = 0
            }
            let next = state.first < state.entries.count ? state.entries[state.first].due : nil
            state.isRunning = next != nil
            return (due, next)
        }
        for entry in due where entry.exchange.place == nil && entry.reply.isOpen {
            let response = AcceptanceAnswers.late(entry.exchange)
            if entry.reply.complete(response) { metrics.countRequest(status: response.status) }
        }
        return next
    }
}
