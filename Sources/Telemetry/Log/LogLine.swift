internal import Glibc

/// One record as the bytes of one line.
struct LogLine {
    private(set) var bytes: [UInt8] = []

    /// `2026-11-25T01:47:09.123Z WARNING label: message key=value`; values that need it are quoted.
    init(text record: LogRecord, at time: timespec) {
        bytes.reserveCapacity(160)
        append(time)
        bytes.append(UInt8(ascii: " "))
        append(record.level.name.uppercased())
        if !record.label.isEmpty {
            bytes.append(UInt8(ascii: " "))
            appendEscaped(record.label)
            bytes.append(UInt8(ascii: ":"))
        }
        bytes.append(UInt8(ascii: " "))
        appendEscaped(record.message)
        for (name, value) in record.fields {
            bytes.append(UInt8(ascii: " "))
            appendEscaped(name)
            bytes.append(UInt8(ascii: "="))
            let plain = !value.isEmpty && value.utf8.allSatisfy { $0 > 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
            if plain { appendEscaped(value) } else { appendQuoted(value) }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// One JSON object: time, level, label, message, then the fields as strings (a field of one of these names gets a `_`).
    init(json record: LogRecord, at time: timespec) {
        bytes.reserveCapacity(200)
        append("{\"time\":\"")
        append(time)
        append("\",\"level\":\"")
        append(record.level.name)
        append("\",\"label\":")
        appendQuoted(record.label)
        append(",\"message\":")
        appendQuoted(record.message)
        for (name, value) in record.fields {
            bytes.append(UInt8(ascii: ","))
            appendQuoted(["time", "level", "label", "message"].contains(name) ? name + "_" : name)
            bytes.append(UInt8(ascii: ":"))
            appendQuoted(value)
        }
        append("}\n")
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ time: timespec) {
        var seconds = time.tv_sec
        var parts = tm()
        gmtime_r(&seconds, &parts)
        append(Int(parts.tm_year) + 1900, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        append(Int(parts.tm_mon) + 1, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        append(Int(parts.tm_mday), digits: 2)
        bytes.append(UInt8(ascii: "T"))
        append(Int(parts.tm_hour), digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(Int(parts.tm_min), digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(Int(parts.tm_sec), digits: 2)
        bytes.append(UInt8(ascii: "."))
        append(time.tv_nsec / 1_000_000, digits: 3)
        bytes.append(UInt8(ascii: "Z"))
    }

    private mutating func append(_ number: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    private mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            appendEscaped(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// No control character gets out: what a client sent cannot forge a line or move a terminal's cursor.
    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 { appendEscaped(byte) }
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        case 0..<32, 127:
            append("\\u00")
            for nibble in [byte >> 4, byte & 15] {
                bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
            }
        default: bytes.append(byte)
        }
    }
}
