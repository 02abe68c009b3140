import Glibc

/// Walks over JSON text (RFC 8259) without building anything: finds where values begin and end and reads the small ones.
///
/// Strict in form: no trailing commas, no leading zeros, no control characters in strings, nesting bounded. Invalid UTF-8 is left to whoever reads the
/// value with a schema.
struct JSONScanner {
    struct Fault: Error, Equatable {
        let detail: String
    }

    static let depthMax = 64

    let bytes: ArraySlice<UInt8>
    private(set) var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var atEnd: Bool { index == bytes.endIndex }

    /// The next byte that is no white space; nil at the end.
    mutating func peek() -> UInt8? {
        while index < bytes.endIndex {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            case let byte: return byte
            }
        }
        return nil
    }

    mutating func expect(_ byte: UInt8) throws(Fault) {
        guard peek() == byte else {
            throw Fault(detail: "'\(Character(Unicode.Scalar(byte)))' expected at byte \(index - bytes.startIndex + 1)")
        }
        index += 1
    }

    /// Nothing but white space is left.
    mutating func end() throws(Fault) {
        guard peek() == nil else { throw Fault(detail: "text behind the value at byte \(index - bytes.startIndex + 1)") }
    }

    /// Reads an object; `member` is called behind each key's colon and must take the value.
    mutating func object(_ member: (String, inout JSONScanner) throws(Fault) -> Void) throws(Fault) {
        try expect(UInt8(ascii: "{"))
        if peek() == UInt8(ascii: "}") {
            index += 1
            return
        }
        while true {
            let key = try string()
            try expect(UInt8(ascii: ":"))
            try member(key, &self)
            if peek() == UInt8(ascii: ",") {
                index += 1
                continue
            }
            return try expect(UInt8(ascii: "}"))
        }
    }

    /// Passes over one value of any kind; gives its text.
    mutating func value(depth: Int = 0) throws(Fault) -> ArraySlice<UInt8> {
        guard depth < Self.depthMax else { throw Fault(detail: "nested deeper than \(Self.depthMax)") }
        let first = peek()
        let start = index
        switch first {
        case UInt8(ascii: "{"):
            try object { (_, scanner) throws(Fault) in _ = try scanner.value(depth: depth + 1) }
        case UInt8(ascii: "["):
            try array(depth: depth)
        case UInt8(ascii: "\""):
            _ = try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            _ = try number()
        default:
            throw Fault(
                detail: first == nil ? "the text ends where a value is expected" : "no value at byte \(start - bytes.startIndex + 1)")
        }
        return bytes[start..<index]
    }

    private mutating func array(depth: Int) throws(Fault) {
        index += 1
        if peek() == UInt8(ascii: "]") {
            index += 1
            return
        }
        while true {
            _ = try value(depth: depth + 1)
            if peek() == UInt8(ascii: ",") {
                index += 1
                continue
            }
            return try expect(UInt8(ascii: "]"))
        }
    }

    mutating func word(_ text: StaticString) throws(Fault) {
        let count = text.utf8CodeUnitCount
        let same = index + count <= bytes.endIndex && (0..<count).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
        guard same else { throw Fault(detail: "no value at byte \(index - bytes.startIndex + 1)") }
        index += count
    }

    /// Takes `null` if it is next.
    mutating func null() throws(Fault) -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    mutating func boolean() throws(Fault) -> Bool {
        if peek() == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        try word("false")
        return false
    }

    /// The text of a number.
    mutating func number() throws(Fault) -> ArraySlice<UInt8> {
        _ = peek()
        let start = index
        if index < bytes.endIndex && bytes[index] == UInt8(ascii: "-") { index += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else {
            throw Fault(detail: "no number at byte \(start - bytes.startIndex + 1)")
        }
        if index < bytes.endIndex && bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard digits() > 0 else { throw Fault(detail: "no digit behind the point at byte \(index - bytes.startIndex)") }
        }
        if index < bytes.endIndex && bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.endIndex && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")) { index += 1 }
            guard digits() > 0 else { throw Fault(detail: "no digit in the exponent at byte \(index - bytes.startIndex)") }
        }
        return bytes[start..<index]
    }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.endIndex && bytes[index] >= 0x30 && bytes[index] <= 0x39 { index += 1 }
        return index - start
    }

    mutating func double() throws(Fault) -> Double {
        let text = try number()
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
            throw Fault(detail: "a number is too large")
        }
        return value
    }

    mutating func integer() throws(Fault) -> Int64 {
        let text = String(decoding: try number(), as: UTF8.self)
        guard let value = Int64(text) ?? Double(text).flatMap({ Int64(exactly: $0) }) else {
            throw Fault(detail: "\(text) is no whole number")
        }
        return value
    }

    mutating func string() throws(Fault) -> String {
        try expect(UInt8(ascii: "\""))
        var plain = index
        while plain < bytes.endIndex && bytes[plain] != UInt8(ascii: "\"") && bytes[plain] != UInt8(ascii: "\\") && bytes[plain] >= 0x20 {
            plain += 1
        }
        var text = Array(bytes[index..<plain])
        index = plain
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw Fault(detail: "a control character in a string at byte \(index - bytes.startIndex)")
            default: text.append(byte)
            }
        }
        throw Fault(detail: "a string is not closed")
    }

    private mutating func escape(into text: inout [UInt8]) throws(Fault) {
        guard index < bytes.endIndex else { throw Fault(detail: "a string is not closed") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hex()
            if code & 0xFC00 == 0xD800, index + 1 < bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            {
                index += 2
                let low = try hex()
                guard low & 0xFC00 == 0xDC00 else { throw Fault(detail: "half a surrogate pair in a string") }
                code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
            }
            guard let scalar = Unicode.Scalar(code) else { throw Fault(detail: "half a surrogate pair in a string") }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default:
            throw Fault(detail: "an unknown escape in a string at byte \(index - bytes.startIndex)")
        }
    }

    private mutating func hex() throws(Fault) -> UInt32 {
        guard index + 4 <= bytes.endIndex else { throw Fault(detail: "a string is not closed") }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw Fault(detail: "an unknown escape in a string")
            }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }
}
