import Glibc

/// Text and numbers as HTML takes them.
enum HTMLText {
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// As few digits as say it: whole numbers without a point, others with at most six significant digits behind large parts.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        if value == value.rounded() && abs(value) < 1e15 { return String(Int64(value)) }
        let places = abs(value) >= 1_000 ? 2.0 : abs(value) >= 1 ? 4.0 : 6.0
        let scale = pow(10, places)
        let rounded = (value * scale).rounded() / scale
        if rounded == 0 || abs(value) >= 1e15 { return "\(value)" }
        return rounded == rounded.rounded() ? String(Int64(rounded)) : "\(rounded)"
    }
}
