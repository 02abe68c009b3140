/// What a type means beyond its encoding (Avro 1.12, "Logical Types").
///
/// An annotation that is unknown, or that does not fit its type, is no error: the type is then read as the plain type, as the specification says.
public enum LogicalType: Sendable, Hashable {
    /// `bytes` or `fixed`: two's-complement big-endian unscaled integer.
    case decimal(precision: Int, scale: Int)
    /// `bytes`: an unscaled integer with its own scale.
    case bigDecimal
    /// `string`, or `fixed` of 16.
    case uuid
    /// `int`: days since 1970-01-01.
    case date
    /// `int`: milliseconds since midnight.
    case timeMillis
    /// `long`: microseconds since midnight.
    case timeMicros
    /// `long`: milliseconds since the epoch, UTC.
    case timestampMillis
    /// `long`: microseconds since the epoch, UTC.
    case timestampMicros
    /// `long`: nanoseconds since the epoch, UTC.
    case timestampNanos
    /// `long`: milliseconds of a local date and time.
    case localTimestampMillis
    /// `long`: microseconds of a local date and time.
    case localTimestampMicros
    /// `long`: nanoseconds of a local date and time.
    case localTimestampNanos
    /// `fixed` of 12: months, days, milliseconds as little-endian unsigned 32-bit integers.
    case duration

    /// The name in a schema's text.
    public var name: String {
        switch self {
        case .decimal: "decimal"
        case .bigDecimal: "big-decimal"
        case .uuid: "uuid"
        case .date: "date"
        case .timeMillis: "time-millis"
        case .timeMicros: "time-micros"
        case .timestampMillis: "timestamp-millis"
        case .timestampMicros: "timestamp-micros"
        case .timestampNanos: "timestamp-nanos"
        case .localTimestampMillis: "local-timestamp-millis"
        case .localTimestampMicros: "local-timestamp-micros"
        case .localTimestampNanos: "local-timestamp-nanos"
        case .duration: "duration"
        }
    }

    private static let simple: [String: (LogicalType, Schema.Kind)] = [
        "big-decimal": (.bigDecimal, .bytes), "date": (.date, .int), "time-millis": (.timeMillis, .int),
        "time-micros": (.timeMicros, .long),
        "timestamp-millis": (.timestampMillis, .long), "timestamp-micros": (.timestampMicros, .long),
        "timestamp-nanos": (.timestampNanos, .long),
        "local-timestamp-millis": (.localTimestampMillis, .long), "local-timestamp-micros": (.localTimestampMicros, .long),
        "local-timestamp-nanos": (.localTimestampNanos, .long),
    ]

    /// The logical type of an annotated type; nil when the annotation is unknown or does not fit.
    init?(name: String, kind: Schema.Kind, size: Int, precision: Int64?, scale: Int64?) {
        if let (type, base) = Self.simple[name] {
            guard base == kind else { return nil }
            self = type
            return
        }
        switch (name, kind) {
        case ("uuid", .string): self = .uuid
        case ("uuid", .fixed) where size == 16: self = .uuid
        case ("duration", .fixed) where size == 12: self = .duration
        case ("decimal", .bytes), ("decimal", .fixed):
            let scale = scale ?? 0
            guard let precision, precision > 0, scale >= 0, scale <= precision, precision <= Int64(Int32.max) else { return nil }
            if kind == .fixed, Double(precision) > (Double(size) * 8 - 1) * 0.30102999566398120 { return nil }
            self = .decimal(precision: Int(precision), scale: Int(scale))
        default: return nil
        }
    }
}
