/// Pieces of JSON text that every writer of this module shares.
enum JSONText {
    private static let hex: StaticString = "0123456789abcdef"

    /// Appends a quoted string.
    static func append(string text: String, to out: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(utf8: UnsafeRawBufferPointer($0), to: &out) }
    }

    /// Appends a quoted string from valid UTF-8: runs without escapes are copied whole.
    static func append(utf8 bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
            if start < index { out.append(contentsOf: bytes[start..<index]) }
            appendEscape(byte, to: &out)
            start = index + 1
        }
        if start < bytes.count { out.append(contentsOf: bytes[start..<bytes.count]) }
        out.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
        case 0x08: out.append(UInt8(ascii: "b"))
        case 0x09: out.append(UInt8(ascii: "t"))
        case 0x0A: out.append(UInt8(ascii: "n"))
        case 0x0C: out.append(UInt8(ascii: "f"))
        case 0x0D: out.append(UInt8(ascii: "r"))
        default:
            out.append(contentsOf: "u00".utf8)
            out.append(hex.utf8Start[Int(byte >> 4)])
            out.append(hex.utf8Start[Int(byte & 15)])
        }
    }

    /// One segment of a JSON pointer (RFC 6901): `~` and `/` escaped.
    static func pointer(_ segment: String) -> String {
        guard segment.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return segment }
        var out = ""
        for character in segment.unicodeScalars {
            switch character {
            case "~": out += "~0"
            case "/": out += "~1"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }

    // MARK: Into a writer

    /// Appends a quoted string from valid UTF-8, eight bytes a step while nothing needs an escape.
    static func append(text: UnsafeRawPointer, count: Int, to out: inout AvroWriter) {
        out.reserve(count + 2)
        out.writeByte(UInt8(ascii: "\""))
        var start = 0
        var index = 0
        while index < count {
            if count - index >= 8 {
                let stops = JSONScanner.stops((text + index).loadUnaligned(as: UInt64.self))
                if stops == 0 {
                    index += 8
                    continue
                }
                index += stops.trailingZeroBitCount >> 3
            }
            let byte = (text + index).load(as: UInt8.self)
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            out.append(UnsafeRawBufferPointer(start: text + start, count: index - start))
            escape(byte, to: &out)
            index += 1
            start = index
        }
        out.append(UnsafeRawBufferPointer(start: text + start, count: count - start))
        out.writeByte(UInt8(ascii: "\""))
    }

    /// Appends bytes as the characters U+0000 to U+00FF, as Avro's JSON encoding has it.
    static func append(latin bytes: UnsafeRawBufferPointer, to out: inout AvroWriter) {
        out.writeByte(UInt8(ascii: "\""))
        for byte in bytes {
            switch byte {
            case ..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte, to: &out)
            case 0x80...:
                out.writeByte(0xC0 | byte >> 6)
                out.writeByte(0x80 | byte & 0x3F)
            default: out.writeByte(byte)
            }
        }
        out.writeByte(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8, to out: inout AvroWriter) {
        var text: [UInt8] = []
        appendEscape(byte, to: &text)
        out.append(text)
    }
}
