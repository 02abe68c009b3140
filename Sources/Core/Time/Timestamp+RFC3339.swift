// RFC 3339 date-times, the form in which every time leaves and enters the HTTP interface. Always UTC on the way out.

extension Timestamp {
    /// The earliest and latest times that RFC 3339 can say: years 0000 to 9999.
    static let rfc3339Range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// `2026-11-25T01:31:54.123Z`, clamped to the years 0000 to 9999.
    public var rfc3339: String { String(decoding: Array(rfc3339Bytes), as: UTF8.self) }

    /// The 24 ASCII bytes of `rfc3339`, without a `String` in between.
    public var rfc3339Bytes: InlineRFC3339 { InlineRFC3339(self) }

    /// Parses an RFC 3339 date-time with any offset, to the millisecond (finer digits are cut). Nil for anything else.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40 else { return nil }
        func digits(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for index in range {
                guard index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 else { return nil }
                value = value * 10 + Int64(bytes[index] - 48)
            }
            return value
        }
        guard let year = digits(0..<4), bytes[4] == 45, let month = digits(5..<7), bytes[7] == 45, let day = digits(8..<10),
            bytes[10] | 32 == 116, let hour = digits(11..<13), bytes[13] == 58, let minute = digits(14..<16), bytes[16] == 58,
            let second = digits(17..<19)
        else { return nil }
        guard (1...12).contains(month), (1...Self.days(in: month, year)).contains(day), hour < 24, minute < 60, second <= 60 else {
            return nil
        }
        var position = 19
        var fraction: Int64 = 0
        if bytes[position] == 46 {
            var scale: Int64 = 100
            position += 1
            let start = position
            while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
                fraction += Int64(bytes[position] - 48) * scale
                scale /= 10
                position += 1
            }
            guard position > start else { return nil }
        }
        guard position < bytes.count else { return nil }
        var offset: Int64 = 0
        switch bytes[position] {
        case 90, 122:
            guard position + 1 == bytes.count else { return nil }
        case 43, 45:
            guard bytes.count == position + 6, let hours = digits(position + 1..<position + 3), bytes[position + 3] == 58,
                let minutes = digits(position + 4..<position + 6), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[position] == 43 ? 60_000 : -60_000)
        default: return nil
        }
        let seconds = Self.daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
        self.init(milliseconds: seconds * 1000 + fraction - offset)
    }

    private static func days(in month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// The 24 bytes of an RFC 3339 time in UTC with milliseconds, held inline so that rendering a job allocates nothing for its times.
public struct InlineRFC3339: Sendable, Sequence {
    private var digits: InlineArray<24, UInt8>

    init(_ time: Timestamp) {
        digits = .init(repeating: 48)
        let clamped = Swift.min(Swift.max(time.milliseconds, Timestamp.rfc3339Range.lowerBound), Timestamp.rfc3339Range.upperBound)
        let days = (clamped >= 0 ? clamped : clamped - 86_399_999) / 86_400_000
        let millisecondOfDay = clamped - days * 86_400_000
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex + (monthIndex < 10 ? 3 : -9)
        put(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), at: 0, width: 4)
        put(month, at: 5, width: 2)
        put(dayOfYear - (153 * monthIndex + 2) / 5 + 1, at: 8, width: 2)
        put(millisecondOfDay / 3_600_000, at: 11, width: 2)
        put(millisecondOfDay / 60_000 % 60, at: 14, width: 2)
        put(millisecondOfDay / 1000 % 60, at: 17, width: 2)
        put(millisecondOfDay % 1000, at: 20, width: 3)
        (digits[4], digits[7], digits[10], digits[13], digits[16], digits[19], digits[23]) = (45, 45, 84, 58, 58, 46, 90)
    }

    private mutating func put(_ value: Int64, at start: Int, width: Int) {
        var rest = value
        for index in stride(from: start + width - 1, through: start, by: -1) {
            digits[index] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    public struct Iterator: IteratorProtocol {
        fileprivate let text: InlineRFC3339
        fileprivate var index = 0
        public mutating func next() -> UInt8? {
            guard index < 24 else { return nil }
            defer { index += 1 }
            return text.digits[index]
        }
    }

    public func makeIterator() -> Iterator { Iterator(text: self) }
    public var underestimatedCount: Int { 24 }
}
