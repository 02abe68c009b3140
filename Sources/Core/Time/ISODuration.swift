/// Durations as ISO 8601 writes them (`PT1H`, `P7D`, `PT0.5S`), the form of policies and of `Rejoinder-Deadline`.
///
/// Weeks, days, hours, minutes and seconds; years and months have no fixed length and are refused.
public enum ISODuration {
    /// The longest duration taken: about 292,000 years would overflow milliseconds, a thousand are plenty.
    public static let millisecondsMax: Int64 = 1000 * 365 * 86_400_000

    /// Milliseconds of an ISO 8601 duration, nil for anything else.
    public static func milliseconds(_ text: some StringProtocol) -> Int64? {
        var rest = Array(text.utf8)[...]
        guard rest.popFirst() == UInt8(ascii: "P") else { return nil }
        var total: Int64 = 0
        var inTime = false
        var parts = 0
        var order = 0
        while let first = rest.first {
            if first == UInt8(ascii: "T") {
                guard !inTime, rest.count > 1 else { return nil }
                inTime = true
                rest.removeFirst()
                continue
            }
            guard let (thousandths, unit) = number(&rest), let (rank, milliseconds) = unitOf(unit, inTime: inTime), rank > order else {
                return nil
            }
            guard unit == UInt8(ascii: "S") || thousandths % 1000 == 0 else { return nil }
            let (product, overflow) = (thousandths / 1000).multipliedReportingOverflow(by: milliseconds)
            guard !overflow, product <= millisecondsMax else { return nil }
            total += product + (unit == UInt8(ascii: "S") ? thousandths % 1000 : 0)
            guard total <= millisecondsMax else { return nil }
            order = rank
            parts += 1
        }
        return parts > 0 ? total : nil
    }

    /// `PT1H30M`, `P7D`, `PT0.5S`, `PT0S`.
    public static func text(milliseconds: Int64) -> String {
        guard milliseconds > 0 else { return "PT0S" }
        var rest = milliseconds
        var text = "P"
        let days = rest / 86_400_000
        rest %= 86_400_000
        if days > 0 { text += "\(days)D" }
        guard rest > 0 else { return text }
        text += "T"
        for (letter, size) in [("H", 3_600_000), ("M", 60_000)] as [(String, Int64)] where rest >= size {
            text += "\(rest / size)\(letter)"
            rest %= size
        }
        guard rest > 0 else { return text }
        text += "\(rest / 1000)"
        if rest % 1000 > 0 {
            var fraction = String(1000 + rest % 1000).dropFirst()
            while fraction.last == "0" { fraction.removeLast() }
            text += "." + fraction
        }
        return text + "S"
    }

    /// A decimal number in thousandths, and the letter behind it.
    private static func number(_ rest: inout ArraySlice<UInt8>) -> (thousandths: Int64, unit: UInt8)? {
        var whole: Int64 = 0
        var digits = 0
        while let digit = rest.first, (48...57).contains(digit) {
            guard digits < 15 else { return nil }
            whole = whole * 10 + Int64(digit - 48)
            digits += 1
            rest.removeFirst()
        }
        guard digits > 0 else { return nil }
        var thousandths = whole * 1000
        if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
            rest.removeFirst()
            var scale: Int64 = 100
            var places = 0
            while let digit = rest.first, (48...57).contains(digit) {
                thousandths += Int64(digit - 48) * scale
                scale /= 10
                places += 1
                rest.removeFirst()
            }
            guard places > 0 else { return nil }
        }
        guard let unit = rest.popFirst() else { return nil }
        return (thousandths, unit)
    }

    private static func unitOf(_ letter: UInt8, inTime: Bool) -> (rank: Int, milliseconds: Int64)? {
        switch (letter, inTime) {
        case (UInt8(ascii: "W"), false): (1, 7 * 86_400_000)
        case (UInt8(ascii: "D"), false): (2, 86_400_000)
        case (UInt8(ascii: "H"), true): (3, 3_600_000)
        case (UInt8(ascii: "M"), true): (4, 60_000)
        case (UInt8(ascii: "S"), true): (5, 1000)
        default: nil
        }
    }
}
