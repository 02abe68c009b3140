extension JSONTranscoder {
    /// Dates, times, uuids and durations: text of one form each.
    mutating func logical(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        guard scanner.peek() == UInt8(ascii: "\"") else { return try mismatch("a string", depth) }
        let run = try scanner.string()
        let digits = Int(node.pointee.a)
        switch node.pointee.operation {
        case .uuid:
            guard scanner.bytes(run, { UUIDText.parse($0) }) != nil else { return fault("is not a UUID") }
            scanner.bytes(run) { out.writeBytes(UnsafeRawBufferPointer($0)) }
        case .uuidFixed:
            guard let (high, low) = scanner.bytes(run, { UUIDText.parse($0) }) else { return fault("is not a UUID") }
            for half in [high, low] { withUnsafeBytes(of: half.bigEndian) { out.append($0) } }
        case .date:
            guard let days = scanner.bytes(run, { CivilTime.date($0) }) else { return fault("is not a date such as 2026-01-31") }
            out.writeInt(days)
        case .time:
            guard let value = scanner.bytes(run, { CivilTime.time($0, digits: digits) }) else {
                return fault("is not a time such as 12:34:56.789 with at most \(digits) digits of a second")
            }
            out.writeLong(value)
        case .timestamp, .localTimestamp:
            let isLocal = node.pointee.operation == .localTimestamp
            guard let value = scanner.bytes(run, { CivilTime.timestamp($0, digits: digits, isLocal: isLocal) }) else {
                return fault("is not a time such as 2026-01-31T12:34:56.789\(isLocal ? "" : "Z") with at most \(digits) digits of a second")
            }
            out.writeLong(value)
        default:
            guard let (months, days, milliseconds) = scanner.bytes(run, { DurationText.parse($0) }) else {
                return fault("is not a duration such as P1M2DT3.004S")
            }
            for part in [months, days, milliseconds] { withUnsafeBytes(of: part.littleEndian) { out.append($0) } }
        }
    }

    /// A decimal: text, or a number by its text.
    mutating func decimal(_ node: UnsafeMutablePointer<JSONPlan.Node>, _ out: inout AvroWriter, _ depth: Int) throws(AvroError) {
        let run: JSONScanner.Run
        if isNumber {
            let from = scanner.cursor
            _ = try scanner.number()
            run = JSONScanner.Run(start: from, count: scanner.cursor - from, isEscaped: false)
        } else {
            guard scanner.peek() == UInt8(ascii: "\"") else { return try mismatch("a decimal as a string", depth) }
            run = try scanner.string()
        }
        guard let written = scanner.bytes(run, { DecimalText.parse($0) }) else { return fault("is not a decimal such as -12.50") }
        if node.pointee.operation == .bigDecimal { return bigDecimal(written, &out) }
        guard let value = DecimalText.rescale(written, to: Int(node.pointee.c)) else {
            return fault("has more than \(node.pointee.c) digits behind the point")
        }
        guard value.digits.count <= Int(node.pointee.b) else { return fault("has more than \(node.pointee.b) digits") }
        let bytes = DecimalText.bytes(value)
        let size = Int(node.pointee.a)
        if size < 0 { return out.writeBytes(bytes) }
        guard bytes.count <= size else { return fault("does not fit into \(size) bytes") }
        for _ in bytes.count..<size { out.writeByte(bytes[0] & 0x80 != 0 ? 0xFF : 0) }
        out.append(bytes)
    }

    /// Bytes that hold the unscaled integer as bytes, and the scale.
    private mutating func bigDecimal(_ value: DecimalText.Digits, _ out: inout AvroWriter) {
        var inner: [UInt8] = []
        let bytes = DecimalText.bytes(value)
        Varint.append(Int64(bytes.count), to: &inner)
        inner += bytes
        Varint.append(Int64(value.scale), to: &inner)
        out.writeBytes(inner)
    }
}

/// The 36-character text of a UUID (RFC 9562).
enum UUIDText {
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
        guard text.count == 36 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for index in 0..<36 {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard text[index] == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = JSONParser.hexDigit(text[index]) else { return nil }
            if digits < 16 { halves.0 = halves.0 << 4 | UInt64(digit) } else { halves.1 = halves.1 << 4 | UInt64(digit) }
            digits += 1
        }
        return halves
    }

    static func append(_ bytes: UnsafeRawBufferPointer, to out: inout AvroWriter) {
        let hex: StaticString = "0123456789abcdef"
        for index in 0..<bytes.count {
            if index == 4 || index == 6 || index == 8 || index == 10 { out.writeByte(UInt8(ascii: "-")) }
            out.writeByte(hex.utf8Start[Int(bytes[index] >> 4)])
            out.writeByte(hex.utf8Start[Int(bytes[index] & 15)])
        }
    }
}

/// Avro's durations as ISO 8601 text of months, days and seconds: `P1M2DT3.004S`.
enum DurationText {
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (UInt32, UInt32, UInt32)? {
        var rest = String(decoding: text, as: UTF8.self)[...]
        guard text.count <= 64, rest.popFirst() == "P", !rest.isEmpty else { return nil }
        var parts: [UInt32] = [0, 0, 0]
        for (position, letter) in [(0, Character("M")), (1, Character("D"))] {
            guard let end = rest.firstIndex(of: letter), !rest[..<end].contains("T") else { continue }
            guard let value = UInt32(rest[..<end]) else { return nil }
            parts[position] = value
            rest = rest[rest.index(after: end)...]
        }
        guard !rest.isEmpty else { return (parts[0], parts[1], parts[2]) }
        guard rest.popFirst() == "T", rest.popLast() == "S" else { return nil }
        let pieces = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = pieces.count > 1 ? String(pieces[1]) : "0"
        guard let seconds = UInt64(pieces[0]), seconds < 1 << 32, fraction.utf8.count <= 3,
            let thousandths = UInt64(fraction + String(repeating: "0", count: 3 - fraction.utf8.count)),
            let milliseconds = UInt32(exactly: seconds * 1_000 + thousandths)
        else { return nil }
        return (parts[0], parts[1], milliseconds)
    }

    static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        func part(_ offset: Int) -> UInt32 { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
        let milliseconds = part(8)
        let thousandths = String(milliseconds % 1_000)
        return "P\(part(0))M\(part(4))DT\(milliseconds / 1_000).\(String(repeating: "0", count: 3 - thousandths.utf8.count))\(thousandths)S"
    }
}
