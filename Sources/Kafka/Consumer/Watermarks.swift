/// A partition's bounds.
public struct Watermarks: Sendable, Hashable {
    /// The first offset that the log has; -1001 where it is not known.
    public let low: Int64
    /// The offset that the next record will have; -1001 where it is not known.
    public let high: Int64

    /// Bounds.
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}
