import Glibc

/// One line a record on standard error, each with one `write(2)`, so that the lines of several threads do not mix.
///
/// A full pipe behind standard error holds the caller up.
public struct StandardErrorSink: LogSink {
    public enum Format: Sendable {
        /// `2026-11-25T01:31:54.123Z warning kafka: broker is away node=1`
        case text
        /// One JSON object with `time`, `level`, `label`, `message` and the fields.
        case json
    }

    /// The longest line in bytes; the rest of a longer one is cut.
    public static let lineBytesMax = 16 * 1024

    public let format: Format

    public init(format: Format) { self.format = format }

    public func write(_ record: LogRecord) {
        var line = format == .json ? Self.json(record) : Self.text(record)
        if line.count >= Self.lineBytesMax { line.removeSubrange((Self.lineBytesMax - 1)...) }
        line.append(UInt8(ascii: "\n"))
        var rest = line[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    static func text(_ record: LogRecord) -> [UInt8] {
        var line = "\(now()) \(record.level) \(record.label): \(record.message)"
        for (key, value) in record.fields {
            let plain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != 0x7F }
            line += " \(key)=\(plain ? value : "\"" + String(decoding: escaped(value), as: UTF8.self) + "\"")"
        }
        return line.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    }

    static func json(_ record: LogRecord) -> [UInt8] {
        var line: [UInt8] = []
        func member(_ key: String, _ value: String) {
            line.append(UInt8(ascii: line.isEmpty ? "{" : ","))
            line.append(UInt8(ascii: "\""))
            line.append(contentsOf: escaped(key))
            line.append(contentsOf: "\":\"".utf8)
            line.append(contentsOf: escaped(value))
            line.append(UInt8(ascii: "\""))
        }
        member("time", now())
        member("level", "\(record.level)")
        member("label", record.label)
        member("message", record.message)
        for (key, value) in record.fields { member(key, value) }
        line.append(UInt8(ascii: "}"))
        return line
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        func padded(_ value: Int, _ width: Int) -> String { String(repeating: "0", count: max(0, width - "\(value)".count)) + "\(value)" }
        let date = "\(padded(Int(parts.tm_year) + 1900, 4))-\(padded(Int(parts.tm_mon) + 1, 2))-\(padded(Int(parts.tm_mday), 2))"
        let clock = "\(padded(Int(parts.tm_hour), 2)):\(padded(Int(parts.tm_min), 2)):\(padded(Int(parts.tm_sec), 2))"
        return "\(date)T\(clock).\(padded(time.tv_nsec / 1_000_000, 3))Z"
    }
}
