import Telemetry

/// `Retry-After` of running jobs by operation: its usual time. Asked of the correlator at most once a second, because the estimate is dear.
final class RetryTimes: Sendable {
    private struct Known {
        let seconds: Int
        let until: ContinuousClock.Instant
    }

    private let queries: any JobQueries
    private let known = Locked<[String: Known]>([:])
    private static let validity = Duration.seconds(1)
    /// Names come from jobs: a bound for what odd topics may bring.
    private static let operationsMax = 10_000

    init(_ queries: any JobQueries) { self.queries = queries }

    /// Seconds after which it is worth asking again, from one second to a minute.
    func seconds(_ operation: String, now: ContinuousClock.Instant = .now) -> Int {
        if let known = known.withLock({ $0[operation] }), known.until > now { return known.seconds }
        let usual = queries.typicalDuration(of: operation)?.components.seconds ?? 1
        let seconds = Int(min(max(usual, 1), 60))
        known.withLock { known in
            if known.count >= Self.operationsMax { known.removeAll() }
            known[operation] = Known(seconds: seconds, until: now + Self.validity)
        }
        return seconds
    }
}
