import Synchronization

/// Durations counted in fixed buckets, from one millisecond to thirty seconds; an observation is two relaxed atomic operations.
public final class Histogram: Metric {
    /// Upper bounds in microseconds.
    static let bounds: InlineArray<15, UInt64> = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000,
    ]

    /// Sendable: one row of atomics, made once and freed by the one owner.
    nonisolated(unsafe) private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    private let sum = Atomic<UInt64>(0)
    private static let cellCount = bounds.count + 1

    init() {
        cells = .allocate(capacity: Self.cellCount)
        for index in 0..<Self.cellCount { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: Self.cellCount)
        cells.deallocate()
    }

    public func observe(_ duration: Duration) {
        let parts = duration.components
        let microseconds = UInt64(max(0, parts.seconds)) &* 1_000_000 &+ UInt64(max(0, parts.attoseconds / 1_000_000_000_000))
        var index = 0
        while index < Self.bounds.count, microseconds > Self.bounds[index] { index += 1 }
        cells[index].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(microseconds, ordering: .relaxed)
    }

    func samples(_ put: (String, String, String) -> Void) {
        var total: UInt64 = 0
        for index in 0..<Self.cellCount {
            total += cells[index].load(ordering: .relaxed)
            let bound = index < Self.bounds.count ? "\(Double(Self.bounds[index]) / 1e6)" : "+Inf"
            put("_bucket", "le=\"\(bound)\"", "\(total)")
        }
        put("_sum", "", "\(Double(sum.load(ordering: .relaxed)) / 1e6)")
        put("_count", "", "\(total)")  // from the same reads as the buckets, so always equal to the last
    }
}
