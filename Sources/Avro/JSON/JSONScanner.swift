/// Steps through JSON text that may be hostile; every load is behind a check of the end. Throws only for text that is no JSON.
struct JSONScanner: ~Copyable {
    /// A string's content: in the input as it stands, or unescaped in `scratch`.
    struct Run {
        var start: UnsafePointer<UInt8>
        var count: Int
        /// The content is in `scratch`; `start` means nothing.
        var isEscaped: Bool
    }

    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    var cursor: UnsafePointer<UInt8>
    var scratch: [UInt8] = []
    let depthMax: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, depthMax: Int) {
        start = bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
        end = start + bytes.count
        cursor = start
        self.depthMax = depthMax
    }

    @inline(never)
    func malformed(_ detail: String) -> AvroError { AvroError(jsonAt: cursor - start, detail: detail) }

    @inline(__always)
    mutating func skipSpace() {
        while cursor < end, cursor.pointee <= 0x20 {
            guard cursor.pointee == 0x20 || cursor.pointee == 0x0A || cursor.pointee == 0x0D || cursor.pointee == 0x09 else { return }
            cursor += 1
        }
    }

    /// The first byte of the next value, after white space; 0 at the end.
    @inline(__always)
    mutating func peek() -> UInt8 {
        skipSpace()
        return cursor < end ? cursor.pointee : 0
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard cursor < end, cursor.pointee == byte else { return false }
        cursor += 1
        return true
    }

    @inline(__always)
    mutating func colon() throws(AvroError) {
        if take(UInt8(ascii: ":")) { return }
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw malformed("expected ':'") }
    }

    /// After a member or element: true when another follows, false at the closing byte.
    @inline(__always)
    mutating func another(until close: UInt8) throws(AvroError) -> Bool {
        skipSpace()
        if take(UInt8(ascii: ",")) { return true }
        guard take(close) else { throw malformed("expected ',' or '\(Character(Unicode.Scalar(close)))'") }
        return false
    }

    // MARK: Strings

    /// A string; the cursor is at its quote.
    @inline(__always)
    mutating func string() throws(AvroError) -> Run {
        var at = cursor + 1
        let from = at
        var high: UInt64 = 0
        while end - at >= 8 {
            let word = UnsafeRawPointer(at).loadUnaligned(as: UInt64.self)
            let stops = JSONScanner.stops(word)
            if stops != 0 {
                let before = stops.trailingZeroBitCount & ~7
                high |= word & ((1 &<< UInt64(truncatingIfNeeded: before)) &- 1)
                at += before >> 3
                return try finish(from, at, isPlain: high & 0x8080_8080_8080_8080 == 0)
            }
            high |= word
            at += 8
        }
        var byteHigh: UInt8 = 0
        while at < end, at.pointee != UInt8(ascii: "\""), at.pointee != UInt8(ascii: "\\"), at.pointee >= 0x20 {
            byteHigh |= at.pointee
            at += 1
        }
        return try finish(from, at, isPlain: (high & 0x8080_8080_8080_8080 == 0) && byteHigh < 0x80)
    }

    /// High bits of the bytes that end a plain run: quote, backslash, control characters. The lowest one set is exact.
    @inline(__always)
    static func stops(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let slash = word ^ (ones &* 0x5C)
        let found = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)
        return found & 0x8080_8080_8080_8080
    }

    @inline(__always)
    private mutating func finish(_ from: UnsafePointer<UInt8>, _ at: UnsafePointer<UInt8>, isPlain: Bool) throws(AvroError) -> Run {
        guard at < end, at.pointee == UInt8(ascii: "\"") else { return try escaped(from, at) }
        if !isPlain, !UTF8Validation.isValid(from, count: at - from) {
            throw AvroError(jsonAt: from - start, detail: "invalid UTF-8 in a string")
        }
        cursor = at + 1
        return Run(start: from, count: at - from, isEscaped: false)
    }

    @inline(never)
    private mutating func escaped(_ from: UnsafePointer<UInt8>, _ stop: UnsafePointer<UInt8>) throws(AvroError) -> Run {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: UnsafeBufferPointer(start: from, count: stop - from))
        cursor = stop
        while cursor < end {
            let byte = cursor.pointee
            if byte == UInt8(ascii: "\"") {
                let valid = scratch.withUnsafeBytes {
                    $0.baseAddress.map { base in UTF8Validation.isValid(base, count: scratch.count) } ?? true
                }
                guard valid else { throw malformed("invalid UTF-8 in a string") }
                cursor += 1
                return Run(start: from, count: scratch.count, isEscaped: true)
            }
            guard byte >= 0x20 else { throw malformed("a control character in a string") }
            cursor += 1
            if byte == UInt8(ascii: "\\") { try escape() } else { scratch.append(byte) }
        }
        throw malformed("a string without its end")
    }

    private mutating func escape() throws(AvroError) {
        guard cursor < end else { throw malformed("a string without its end") }
        let byte = cursor.pointee
        cursor += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(byte)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hex()
            if code & 0xFC00 == 0xD800 {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw malformed("half of a surrogate pair") }
                let low = try hex()
                guard low & 0xFC00 == 0xDC00 else { throw malformed("half of a surrogate pair") }
                code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)
            }
            guard let scalar = Unicode.Scalar(code) else { throw malformed("half of a surrogate pair") }
            scratch.append(contentsOf: Array(String(scalar).utf8))
        default: throw malformed("an unknown escape")
        }
    }

    private mutating func hex() throws(AvroError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard cursor < end, let digit = JSONParser.hexDigit(cursor.pointee) else { throw malformed("expected four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            cursor += 1
        }
        return value
    }

    /// Calls `body` with the bytes of a run.
    @inline(__always)
    func bytes<Result>(_ run: Run, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if run.isEscaped { return scratch.withUnsafeBufferPointer(body) }
        return body(UnsafeBufferPointer(start: run.start, count: run.count))
    }

    func text(_ run: Run) -> String { bytes(run) { String(decoding: $0, as: UTF8.self) } }

    // MARK: Words, numbers, values of no interest

    /// Takes `true`, `false` or `null` when it is there.
    @inline(__always)
    mutating func word(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard end - cursor >= count else { return false }
        for index in 0..<count where cursor[index] != text.utf8Start[index] { return false }
        cursor += count
        return true
    }

    /// Steps over a number; returns whether it has only a sign and digits.
    mutating func number() throws(AvroError) -> Bool {
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if cursor < end, cursor.pointee | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            cursor += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return isInteger
    }

    private mutating func digits() throws(AvroError) {
        let from = cursor
        while cursor < end, cursor.pointee &- UInt8(ascii: "0") < 10 { cursor += 1 }
        guard cursor > from else { throw malformed("expected a digit") }
    }

    /// Steps over any value, checking it.
    mutating func skip(_ depth: Int) throws(AvroError) {
        switch peek() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"):
            guard depth < depthMax else { throw malformed("nested deeper than depthMax (\(depthMax))") }
            cursor += 1
            if peek() == UInt8(ascii: "}") {
                cursor += 1
                return
            }
            repeat {
                guard peek() == UInt8(ascii: "\"") else { throw malformed("expected a member's name") }
                _ = try string()
                try colon()
                try skip(depth + 1)
            } while try another(until: UInt8(ascii: "}"))
        case UInt8(ascii: "["):
            guard depth < depthMax else { throw malformed("nested deeper than depthMax (\(depthMax))") }
            cursor += 1
            if peek() == UInt8(ascii: "]") {
                cursor += 1
                return
            }
            repeat { try skip(depth + 1) } while try another(until: UInt8(ascii: "]"))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
        case UInt8(ascii: "t"): guard word("true") else { throw malformed("expected a value") }
        case UInt8(ascii: "f"): guard word("false") else { throw malformed("expected a value") }
        case UInt8(ascii: "n"): guard word("null") else { throw malformed("expected a value") }
        default: throw malformed(cursor < end ? "expected a value" : "the text ends where a value should be")
        }
    }
}
