extension JSONValue {
    /// Reads one JSON document (RFC 8259), strictly: nothing before or after it but white space, valid UTF-8, no name twice in an object.
    ///
    /// - Parameter depthMax: how deep arrays and objects may nest; deeper is an error, not a stack overflow.
    public init(parsing text: String, depthMax: Int = 256) throws(AvroError) {
        try self.init(parsing: Array(text.utf8), depthMax: depthMax)
    }

    /// Reads one JSON document from its bytes. See ``init(parsing:depthMax:)-(String,_)``.
    public init(parsing bytes: [UInt8], depthMax: Int = 256) throws(AvroError) {
        var parser = JSONParser(bytes: bytes, depthMax: depthMax)
        self = try parser.document()
    }
}

/// The strict reader behind ``JSONValue``: recursive, bounded by `depthMax`.
struct JSONParser {
    private let bytes: [UInt8]
    private let depthMax: Int
    private var index = 0

    init(bytes: [UInt8], depthMax: Int) {
        self.bytes = bytes
        self.depthMax = depthMax
    }

    mutating func document() throws(AvroError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        if index < bytes.count { throw error("text after the end of the document") }
        return value
    }

    private func error(_ detail: String) -> AvroError { AvroError(jsonAt: index, detail: detail) }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09 {
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(AvroError) -> JSONValue {
        guard depth <= depthMax else { throw error("nested deeper than \(depthMax)") }
        skipSpace()
        guard index < bytes.count else { throw error("the text ends where a value should be") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error("expected a value")
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(AvroError) -> JSONValue {
        guard bytes[index...].starts(with: text.utf8) else { throw error("expected a value") }
        index += text.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(AvroError) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw error("expected ',' or ']'") }
        }
    }

    private mutating func object(depth: Int) throws(AvroError) -> JSONValue {
        index += 1
        var members: [JSONValue.Member] = []
        var seen: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw error("expected a member's name") }
            let start = index
            let name = try string()
            guard seen.insert(name).inserted else { throw AvroError(jsonAt: start, detail: "the name \"\(name)\" is given twice") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw error("expected ':'") }
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw error("expected ',' or '}'") }
        }
    }

    private mutating func number() throws(AvroError) -> String {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")), digits() == 0 { throw error("expected a digit") }
        if take(UInt8(ascii: ".")), digits() == 0 { throw error("expected a digit") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw error("expected a digit") }
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = index
        while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") { index += 1 }
        return index - start
    }

    private mutating func string() throws(AvroError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"), bytes[index] >= 0x20 {
            index += 1
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            let run = bytes[start..<index]
            index += 1
            return try valid(run, at: start)
        }
        var scratch = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return try valid(scratch[...], at: start)
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &scratch)
            case ..<0x20: throw error("a control character in a string")
            default:
                scratch.append(byte)
                index += 1
            }
        }
        throw error("a string without its end")
    }

    private func valid(_ run: ArraySlice<UInt8>, at start: Int) throws(AvroError) -> String {
        guard let text = String(validating: run, as: UTF8.self) else { throw AvroError(jsonAt: start, detail: "invalid UTF-8 in a string") }
        return text
    }

    private mutating func escape(into scratch: inout [UInt8]) throws(AvroError) {
        guard index < bytes.count else { throw error("a string without its end") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(byte)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try hex())
            if code & 0xFC00 == 0xD800 {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw error("half of a surrogate pair") }
                let low = UInt32(try hex())
                guard low & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair") }
                code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
            scratch.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
        default:
            index -= 1
            throw error("an unknown escape")
        }
    }

    private mutating func hex() throws(AvroError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = JSONParser.hexDigit(bytes[index]) else {
                throw error("expected four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
