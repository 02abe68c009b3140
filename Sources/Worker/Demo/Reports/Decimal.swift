import Glibc

/// Reads a decimal number from text without allocating.
enum Decimal {
    private static let powers: [Double] = (0...22).map { exponent in (0..<exponent).reduce(1.0) { power, _ in power * 10 } }

    /// The number that the whole of `bytes` is (spaces around it allowed), or nil. No hexadecimal, no infinities.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> Double? {
        var (start, end) = (0, bytes.count)
        while start < end && bytes[start] == 0x20 { start += 1 }
        while start < end && bytes[end - 1] == 0x20 { end -= 1 }
        guard start < end, end - start <= 64 else { return nil }
        var index = start
        let negative = bytes[index] == UInt8(ascii: "-")
        if negative || bytes[index] == UInt8(ascii: "+") { index += 1 }
        var (mantissa, digits, scale, seen): (UInt64, Int, Int, Int) = (0, 0, 0, 0)
        var pointSeen = false
        while index < end {
            let byte = bytes[index]
            if byte >= 0x30 && byte <= 0x39 {
                seen += 1
                if digits < 19 {
                    mantissa = mantissa * 10 + UInt64(byte - 0x30)
                    if mantissa > 0 { digits += 1 }
                    if pointSeen { scale -= 1 }
                } else {
                    digits += 1
                    if !pointSeen { scale += 1 }
                }
            } else if byte == UInt8(ascii: ".") && !pointSeen {
                pointSeen = true
            } else {
                break
            }
            index += 1
        }
        guard seen > 0 else { return nil }
        if index < end {
            guard let exponent = exponent(bytes, from: index, to: end) else { return nil }
            scale += exponent
        }
        // Both exactly representable, so one rounding gives the nearest double (Clinger's fast path); else strtod.
        guard digits <= 19, mantissa <= 1 << 53, abs(scale) <= 22 else { return slow(bytes, from: start, to: end) }
        let value = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
        return negative ? -value : value
    }

    private static func exponent(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "e") || bytes[start] == UInt8(ascii: "E") else { return nil }
        var index = start + 1
        guard index < end else { return nil }
        let negative = bytes[index] == UInt8(ascii: "-")
        if negative || bytes[index] == UInt8(ascii: "+") { index += 1 }
        guard index < end, end - index <= 4 else { return nil }
        var value = 0
        while index < end {
            guard bytes[index] >= 0x30 && bytes[index] <= 0x39 else { return nil }
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        return negative ? -value : value
    }

    private static func slow(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Double? {
        var text = [CChar](repeating: 0, count: end - start + 1)
        for index in start..<end { text[index - start] = CChar(bitPattern: bytes[index]) }
        let value = strtod(text, nil)
        return value.isFinite ? value : nil
    }
}
