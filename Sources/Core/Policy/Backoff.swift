/// How long to wait after a failure: `first` × `factor`^(failures − 1), at most `max`, moved by up to ±`jitter` of itself.
public struct Backoff: Sendable, Equatable {
    public var first: Duration
    public var factor: Double
    public var max: Duration
    /// 0 to 1.
    public var jitter: Double

    public init(first: Duration = .seconds(1), factor: Double = 2, max: Duration = .seconds(60), jitter: Double = 0.2) {
        self.first = first
        self.factor = factor
        self.max = max
        self.jitter = jitter
    }

    /// The wait after failure number `failures`. The jitter is drawn from `id` and `attempt`, so that whoever decides it decides the same.
    public func wait(failures: Int, id: RequestID, attempt: Int) -> Duration {
        let ceiling = Double(Swift.max(max.milliseconds, 0))
        var wait = Swift.min(Double(Swift.max(first.milliseconds, 0)), ceiling)
        if factor > 1 {
            var step = 1
            while step < failures, wait > 0, wait < ceiling, step < 64_000 {
                wait = Swift.min(wait * factor, ceiling)
                step += 1
            }
        }
        let unit = Double(Self.mixed(id, attempt) >> 11) / Double(1 << 53)
        let spread = Swift.min(Swift.max(jitter.isNaN ? 0 : jitter, 0), 1)
        let moved = wait * (1 + spread * (2 * unit - 1))
        return .milliseconds(Int64(Swift.min(Swift.max(moved, 0), 4_000_000_000_000_000)))
    }

    /// SplitMix64 of the id and the attempt.
    private static func mixed(_ id: RequestID, _ attempt: Int) -> UInt64 {
        var word = id.high ^ (id.low &* 0x9e37_79b9_7f4a_7c15) &+ UInt64(truncatingIfNeeded: attempt) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
