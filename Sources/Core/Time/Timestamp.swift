/// A point in time: milliseconds since 1970-01-01T00:00:00Z, as Avro's `timestamp-millis` has it. The core has no clock: time comes with events.
public struct Timestamp: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}
