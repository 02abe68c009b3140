/// Dates and times of the proleptic Gregorian calendar as text: RFC 3339, with years beyond 0000–9999 as ECMAScript writes them (`+012345-01-01`).
enum CivilTime {
    // MARK: Calendar (after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms")

    /// Days since 1970-01-01; the year is within ±10 million.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    // MARK: Reading

    /// A cursor over the text of a date or time.
    private struct Reader {
        var bytes: UnsafeBufferPointer<UInt8>
        var index = 0

        var isAtEnd: Bool { index == bytes.count }

        mutating func take(_ byte: UInt8) -> Bool {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        mutating func number(digits: Int) -> Int64? {
            guard bytes.count - index >= digits else { return nil }
            var value: Int64 = 0
            for offset in 0..<digits {
                let digit = bytes[index + offset] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                value = value * 10 + Int64(digit)
            }
            index += digits
            return value
        }

        /// The six or nine digits of a year behind its sign.
        private mutating func longYear() -> Int64? {
            bytes.count - index > 6 && bytes[index + 6] != UInt8(ascii: "-") ? number(digits: 9) : number(digits: 6)
        }

        mutating func date() -> Int64? {
            var year: Int64?
            if take(UInt8(ascii: "+")) {
                year = longYear()
            } else if take(UInt8(ascii: "-")) {
                year = longYear().map { -$0 }
            } else {
                year = number(digits: 4)
            }
            guard let year, take(UInt8(ascii: "-")), let month = number(digits: 2), take(UInt8(ascii: "-")), let day = number(digits: 2),
                1...12 ~= month, day >= 1
            else { return nil }
            let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            let last: Int64 = month == 2 ? (isLeap ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)
            guard day <= last else { return nil }
            return CivilTime.days(year: year, month: month, day: day)
        }

        /// Time of day in units of 10^-digits seconds. Finer digits must be zeros; 24:00 and leap seconds are refused.
        mutating func time(digits: Int) -> Int64? {
            guard let hour = number(digits: 2), hour < 24, take(UInt8(ascii: ":")), let minute = number(digits: 2), minute < 60,
                take(UInt8(ascii: ":")),
                let second = number(digits: 2), second < 60
            else { return nil }
            var value = hour * 3_600 + minute * 60 + second
            var taken = 0
            if take(UInt8(ascii: ".")) {
                let from = index
                while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
                    let digit = Int64(bytes[index] &- UInt8(ascii: "0"))
                    if taken < digits {
                        value = value * 10 + digit
                        taken += 1
                    } else if digit != 0 {
                        return nil
                    }
                    index += 1
                }
                guard index > from else { return nil }
            }
            for _ in taken..<digits { value *= 10 }
            return value
        }

        /// Seconds east of UTC.
        mutating func zone() -> Int64? {
            if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
            let isWest = take(UInt8(ascii: "-"))
            guard isWest || take(UInt8(ascii: "+")), let hour = number(digits: 2), hour < 24, take(UInt8(ascii: ":")),
                let minute = number(digits: 2), minute < 60
            else { return nil }
            return (isWest ? -1 : 1) * (hour * 3_600 + minute * 60)
        }
    }

    /// `2026-01-31`, as days since the epoch.
    static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        var reader = Reader(bytes: bytes)
        guard let days = reader.date(), reader.isAtEnd else { return nil }
        return Int32(exactly: days)
    }

    /// `12:34:56.789`, in units of 10^-digits seconds.
    static func time(_ bytes: UnsafeBufferPointer<UInt8>, digits: Int) -> Int64? {
        var reader = Reader(bytes: bytes)
        guard let value = reader.time(digits: digits), reader.isAtEnd else { return nil }
        return value
    }

    /// `2026-01-31T12:34:56.789Z` or with an offset; without zone when it is local. In units of 10^-digits seconds since the epoch.
    static func timestamp(_ bytes: UnsafeBufferPointer<UInt8>, digits: Int, isLocal: Bool) -> Int64? {
        var reader = Reader(bytes: bytes)
        guard let days = reader.date(), reader.take(UInt8(ascii: "T")) || reader.take(UInt8(ascii: "t")) || reader.take(UInt8(ascii: " ")),
            let time = reader.time(digits: digits), let zone = isLocal ? 0 : reader.zone(), reader.isAtEnd
        else { return nil }
        return Int64(exactly: Int128(days * 86_400 - zone) * Int128(unit(digits)) + Int128(time))
    }

    static func unit(_ digits: Int) -> Int64 { digits == 3 ? 1_000 : digits == 6 ? 1_000_000 : 1_000_000_000 }

    // MARK: Writing

    private static func append(_ value: Int64, digits: Int, to out: inout AvroWriter) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        var rest = value
        for _ in 0..<digits {
            out.writeByte(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }

    static func appendDate(_ days: Int64, to out: inout AvroWriter) {
        let (year, month, day) = civil(days: days)
        if 0...9_999 ~= year {
            append(year, digits: 4, to: &out)
        } else {
            out.writeByte(year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            append(abs(year), digits: abs(year) > 999_999 ? 9 : 6, to: &out)
        }
        out.writeByte(UInt8(ascii: "-"))
        append(month, digits: 2, to: &out)
        out.writeByte(UInt8(ascii: "-"))
        append(day, digits: 2, to: &out)
    }

    /// A time of day; the value is taken modulo a day.
    static func appendTime(_ value: Int64, digits: Int, to out: inout AvroWriter) {
        let unit = self.unit(digits)
        let seconds = value / unit
        append(seconds / 3_600, digits: 2, to: &out)
        out.writeByte(UInt8(ascii: ":"))
        append(seconds / 60 % 60, digits: 2, to: &out)
        out.writeByte(UInt8(ascii: ":"))
        append(seconds % 60, digits: 2, to: &out)
        out.writeByte(UInt8(ascii: "."))
        append(value % unit, digits: digits, to: &out)
    }

    static func appendTimestamp(_ value: Int64, digits: Int, isLocal: Bool, to out: inout AvroWriter) {
        let day = 86_400 * unit(digits)
        var days = value / day
        var time = value % day
        if time < 0 {
            time += day
            days -= 1
        }
        appendDate(days, to: &out)
        out.writeByte(UInt8(ascii: "T"))
        appendTime(time, digits: digits, to: &out)
        if !isLocal { out.writeByte(UInt8(ascii: "Z")) }
    }
}
