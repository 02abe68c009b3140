import FoundationEssentials

/// Dates as Avro counts them.
enum TimeUnits {
    /// Units of a logical type since the epoch; nil where the type is no time or the date is out of its range.
    static func units(of date: Date, _ type: LogicalType?) -> Int64? {
        let seconds = date.timeIntervalSince1970
        switch type {
        case .date: return exact((seconds / 86_400).rounded(.down))
        case .timestampMillis, .localTimestampMillis: return exact((seconds * 1e3).rounded())
        case .timestampMicros, .localTimestampMicros: return exact((seconds * 1e6).rounded())
        case .timestampNanos, .localTimestampNanos: return exact((seconds * 1e9).rounded())
        default: return nil
        }
    }

    static func date(_ units: Int64, _ type: LogicalType?) -> Date? {
        switch type {
        case .date: Date(timeIntervalSince1970: Double(units) * 86_400)
        case .timestampMillis, .localTimestampMillis: Date(timeIntervalSince1970: Double(units) / 1e3)
        case .timestampMicros, .localTimestampMicros: Date(timeIntervalSince1970: Double(units) / 1e6)
        case .timestampNanos, .localTimestampNanos: Date(timeIntervalSince1970: Double(units) / 1e9)
        default: nil
        }
    }

    private static func exact(_ value: Double) -> Int64? { Int64(exactly: value) }
}
