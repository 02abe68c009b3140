/// An instant in milliseconds since 1970-01-01T00:00:00Z, as events carry it. Arithmetic saturates instead of overflowing.
@frozen
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970, negative before.
    public var milliseconds: Int64

    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant `duration` later (cut to milliseconds).
    public static func + (time: Timestamp, duration: Duration) -> Timestamp { time.advanced(milliseconds: duration.milliseconds) }

    /// The instant `duration` earlier (cut to milliseconds).
    public static func - (time: Timestamp, duration: Duration) -> Timestamp { time.advanced(milliseconds: 0 &- duration.milliseconds) }

    /// How much later `left` is than `right`.
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        let (difference, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
        return .milliseconds(overflow ? (left.milliseconds < 0 ? Int64.min : Int64.max) : difference)
    }

    /// The instant that many milliseconds later.
    public func advanced(milliseconds amount: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(amount)
        return Timestamp(milliseconds: overflow ? (amount < 0 ? Int64.min : Int64.max) : sum)
    }
}
