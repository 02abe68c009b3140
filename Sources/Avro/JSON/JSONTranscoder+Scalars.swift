extension JSONTranscoder {
    // MARK: Numbers

    /// An integer in a range. Digits alone are read at once; `1.0` and `1e3` are integers too.
    @inline(__always)
    mutating func integer(_ out: inout AvroWriter, _ depth: Int, min: Int64, max: Int64, _ type: StaticString) throws(AvroError) {
        let from = scanner.cursor
        var at = from
        let isNegative = at < scanner.end && at.pointee == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let first = at
        var value: UInt64 = 0
        while at < scanner.end, at.pointee &- UInt8(ascii: "0") < 10 {
            value = value &* 10 &+ UInt64(at.pointee &- UInt8(ascii: "0"))
            at += 1
        }
        let count = at - first
        let isSimple = count > 0 && count <= 18 && (first.pointee != UInt8(ascii: "0") || count == 1)
        let stop = at < scanner.end ? at.pointee : 0
        if isSimple, stop != UInt8(ascii: "."), stop | 0x20 != UInt8(ascii: "e") {
            let signed = isNegative ? -Int64(value) : Int64(value)
            if signed >= min, signed <= max {
                scanner.cursor = at
                out.writeLong(signed)
                return
            }
        }
        try slowInteger(&out, depth, min: min, max: max, type)
    }

    @inline(never)
    private mutating func slowInteger(_ out: inout AvroWriter, _ depth: Int, min: Int64, max: Int64, _ type: StaticString) throws(AvroError)
    {
        guard isNumber else { return try mismatch("\(type)", depth) }
        let from = scanner.cursor
        let isInteger = try scanner.number()
        let written = String(decoding: UnsafeBufferPointer(start: from, count: scanner.cursor - from), as: UTF8.self)
        var value = Int64(written)
        if !isInteger, let double = Double(written), abs(double) <= 0x1p53 { value = Int64(exactly: double) }
        guard let value, value >= min, value <= max else {
            let shown = written.utf8.count > 40 ? written.prefix(40) + "…" : written
            let isWhole = isInteger || value != nil
            return fault(isWhole ? "\(shown) is out of the range of \(type)" : "\(shown) is not an integer")
        }
        out.writeLong(value)
    }

    /// Whether the next value is a number by its first byte.
    var isNumber: Bool {
        guard scanner.cursor < scanner.end else { return false }
        let byte = scanner.cursor.pointee
        return byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// A float or double, exact: by one multiplication where that is known to be exact (W. Clinger, "How to Read Floating Point Numbers Accurately"), else by strtod.
    mutating func floating(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard isNumber else { return try special(node, &out, depth) }
        let from = scanner.cursor
        _ = try scanner.number()
        let run = UnsafeBufferPointer(start: from, count: scanner.cursor - from)
        let isDouble = node.pointee.operation == .double
        if isDouble, let value = Self.exact(run) { return out.writeDouble(value) }
        let written = String(decoding: run, as: UTF8.self)
        if isDouble, let value = Double(written), value.isFinite { return out.writeDouble(value) }
        if !isDouble, let value = Float(written), value.isFinite { return out.writeFloat(value) }
        let shown = written.utf8.count > 40 ? written.prefix(40) + "…" : written
        fault("\(shown) is out of the range of a \(isDouble ? "double" : "float")")
    }

    /// The value of a checked number of at most 15 digits and a small exponent.
    private static func exact(_ run: UnsafeBufferPointer<UInt8>) -> Double? {
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        var hasPoint = false
        var index = run[0] == UInt8(ascii: "-") ? 1 : 0
        while index < run.count {
            let byte = run[index]
            if byte &- UInt8(ascii: "0") < 10 {
                mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                digits += mantissa > 0 ? 1 : 0
                if hasPoint { exponent -= 1 }
            } else if byte == UInt8(ascii: ".") {
                hasPoint = true
            } else {
                return nil
            }
            index += 1
        }
        guard digits <= 15, exponent >= -22 else { return nil }
        let value = powers.withUnsafeBufferPointer { Double(mantissa) / $0[-exponent] }
        return run[0] == UInt8(ascii: "-") ? -value : value
    }

    /// `"NaN"`, `"Infinity"`, `"-Infinity"`: JSON has no numbers for them.
    private mutating func special(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        let isDouble = node.pointee.operation == .double
        guard scanner.peek() == UInt8(ascii: "\"") else { return try mismatch(isDouble ? "a double" : "a float", depth) }
        let value: Double
        switch scanner.text(try scanner.string()) {
        case "NaN": value = .nan
        case "Infinity": value = .infinity
        case "-Infinity": value = -.infinity
        default: return fault("expected a \(isDouble ? "double" : "float"), found a string")
        }
        if isDouble { out.writeDouble(value) } else { out.writeFloat(Float(value)) }
    }

    // MARK: Text

    @inline(__always)
    mutating func string(_ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.cursor < scanner.end, scanner.cursor.pointee == UInt8(ascii: "\"") else { return try mismatch("a string", depth) }
        let run = try scanner.string()
        if run.isEscaped {
            out.writeBytes(scanner.scratch)
        } else {
            out.writeBytes(UnsafeRawBufferPointer(start: run.start, count: run.count))
        }
    }

    mutating func symbol(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.peek() == UInt8(ascii: "\"") else { return try mismatch("a string", depth) }
        let run = try scanner.string()
        let found = scanner.bytes(run) { find($0, node.pointee.c, node.pointee.d) { names[Int(node.pointee.a) + $0] } }
        guard let found else {
            let shown = (0..<min(8, Int(node.pointee.b))).map { plan.string(names[Int(node.pointee.a) + $0]) }.joined(separator: ", ")
            return fault("is not a symbol of \(plan.name(node.pointee)): \(shown)\(node.pointee.b > 8 ? ", …" : "")")
        }
        out.writeLong(Int64(found))
    }

    mutating func bytes(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.peek() == UInt8(ascii: "\"") else { return try mismatch("a string", depth) }
        let run = try scanner.string()
        let isFixed = node.pointee.operation == .fixed
        let size = Int(node.pointee.a)
        let count = isTagged ? scanner.bytes(run) { Self.latinCount($0) } : scanner.bytes(run) { Base64.count($0) }
        guard let count else { return fault(isTagged ? "has characters above U+00FF" : "is not base64") }
        guard !isFixed || count == size else { return fault("is \(count) bytes, \(plan.name(node.pointee)) has \(size)") }
        if !isFixed { out.writeLong(Int64(count)) }
        if isTagged {
            scanner.bytes(run) { Self.appendLatin($0, to: &out) }
        } else {
            let isDone = scanner.bytes(run) { Base64.decode($0, to: &out) }
            if !isDone { fault("is not base64") }
        }
    }

    /// How many bytes valid UTF-8 of code points 0–255 stands for.
    private static func latinCount(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        var count = 0
        for byte in text {
            if byte >= 0xC4 { return nil }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        return count
    }

    private static func appendLatin(_ text: UnsafeBufferPointer<UInt8>, to out: inout AvroWriter) {
        var index = 0
        while index < text.count {
            if text[index] < 0x80 {
                out.writeByte(text[index])
                index += 1
            } else {
                out.writeByte((text[index] & 3) << 6 | (text[index + 1] & 0x3F))
                index += 2
            }
        }
    }
}
