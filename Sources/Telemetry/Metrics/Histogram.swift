internal import Synchronization

/// How long something took, in fixed buckets from 1 ms to 30 s. An observation is two relaxed adds.
///
/// Sums are whole microseconds, so that no floating-point loop is needed.
public final class Histogram: Sendable {
    /// The upper bounds of the buckets in microseconds; one more bucket takes what is longer.
    static let bounds: [UInt64] = [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000,
    ]

    private let cells = InlineArray<15, Atomic<UInt64>> { _ in Atomic(0) }
    private let sum = Atomic<UInt64>(0)

    init() {}

    /// Counts one duration; a negative one counts as zero.
    public func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let microseconds = UInt64(max(0, seconds)) &* 1_000_000 &+ UInt64(max(0, attoseconds / 1_000_000_000_000))
        observe(microseconds: microseconds)
    }

    /// Counts one duration.
    public func observe(microseconds: UInt64) {
        var bucket = 0
        while bucket < Self.bounds.count, microseconds > Self.bounds[bucket] { bucket += 1 }
        cells[bucket].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(microseconds, ordering: .relaxed)
    }

    /// The counts up to each bound, then of all; and the sum in microseconds.
    func read() -> (cumulative: [UInt64], sum: UInt64) {
        var total: UInt64 = 0
        var cumulative: [UInt64] = []
        for bucket in 0...Self.bounds.count {
            total += cells[bucket].load(ordering: .relaxed)
            cumulative.append(total)
        }
        return (cumulative, sum.load(ordering: .relaxed))
    }
}
