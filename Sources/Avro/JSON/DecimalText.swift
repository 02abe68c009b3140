/// Decimals as text: two's-complement big-endian integers of any length, and a scale.
///
/// Digits are converted by schoolbook arithmetic on 32-bit limbs, which is quadratic; `digitsMax` bounds it.
enum DecimalText {
    /// More digits than any use has; bounds the time of a conversion.
    static let digitsMax = 1_000

    /// A decimal as written: its digits without leading zeros, and where the point stands.
    struct Digits {
        var isNegative = false
        var digits: [UInt8] = []
        /// Digits behind the point; negative where an exponent put zeros in front of it.
        var scale = 0
    }

    /// Reads `-12.50` or `1e3`.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Digits? {
        var result = Digits()
        var index = 0
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            result.isNegative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        var seen = 0
        var hasPoint = false
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                seen += 1
                if hasPoint { result.scale += 1 }
                if digit > 0 || !result.digits.isEmpty { result.digits.append(digit) }
                guard seen <= digitsMax else { return nil }
            } else if text[index] == UInt8(ascii: "."), !hasPoint, seen > 0 {
                hasPoint = true
            } else {
                break
            }
            index += 1
        }
        guard seen > 0, !(hasPoint && result.scale == 0) else { return nil }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            let rest = String(decoding: text[(index + 1)...], as: UTF8.self)
            guard let exponent = Int(rest), abs(exponent) <= digitsMax else { return nil }
            result.scale -= exponent
            index = text.count
        }
        return index == text.count ? result : nil
    }

    /// The digits at another scale; nil where digits other than zeros would be lost.
    static func rescale(_ value: Digits, to scale: Int) -> Digits? {
        var value = value
        if value.digits.isEmpty {
            value.scale = scale
            return value
        }
        guard abs(scale - value.scale) <= 2 * digitsMax else { return nil }
        while value.scale > scale {
            guard value.digits.last == 0 else { return nil }
            value.digits.removeLast()
            value.scale -= 1
        }
        while value.scale < scale {
            value.digits.append(0)
            value.scale += 1
        }
        return value
    }

    /// Two's complement, big-endian, as short as can be; at least one byte.
    static func bytes(_ value: Digits) -> [UInt8] {
        var limbs: [UInt32] = []
        for digit in value.digits {
            var carry = UInt64(digit)
            for index in limbs.indices {
                let product = UInt64(limbs[index]) * 10 + carry
                limbs[index] = UInt32(truncatingIfNeeded: product)
                carry = product >> 32
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }
        var bytes: [UInt8] = [0]
        for limb in limbs.reversed() {
            for shift: UInt32 in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: limb >> shift)) }
        }
        if value.isNegative { negate(&bytes) }
        let sign: UInt8 = value.isNegative && bytes.contains(where: { $0 != 0 }) ? 0xFF : 0
        var first = 0
        while first < bytes.count - 1, bytes[first] == sign, (bytes[first + 1] ^ sign) & 0x80 == 0 { first += 1 }
        return Array(bytes[first...])
    }

    private static func negate(_ bytes: inout [UInt8]) {
        var carry: UInt16 = 1
        for index in bytes.indices.reversed() {
            let sum = UInt16(~bytes[index]) + carry
            bytes[index] = UInt8(truncatingIfNeeded: sum)
            carry = sum >> 8
        }
    }

    /// The text of an unscaled integer; nil where it is longer than ``digitsMax`` digits.
    static func text(_ unscaled: UnsafeRawBufferPointer, scale: Int) -> String? {
        guard unscaled.count * 12 / 5 <= digitsMax, abs(scale) <= digitsMax else { return nil }
        var bytes = Array(unscaled)
        let isNegative = (bytes.first ?? 0) & 0x80 != 0
        if isNegative { negate(&bytes) }
        if isNegative, bytes.first == 0x80, bytes.dropFirst().allSatisfy({ $0 == 0 }) { bytes.insert(0, at: 0) }
        var digits = decimalDigits(bytes)
        let least = max(scale, 0) + 1
        while digits.count < least { digits.append(UInt8(ascii: "0")) }
        var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        let whole = digits.count - max(scale, 0)
        for (index, digit) in digits.reversed().enumerated() {
            if index == whole { text.append(UInt8(ascii: ".")) }
            text.append(digit)
        }
        if scale < 0, digits != [UInt8(ascii: "0")] { text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -scale)) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The decimal digits of a big-endian number, the last one first, without zeros in front. Nine digits a division, so that 400 bytes take microseconds.
    private static func decimalDigits(_ bytes: [UInt8]) -> [UInt8] {
        var limbs: [UInt32] = []
        var index = bytes.count
        while index > 0 {
            let limb = bytes[max(0, index - 4)..<index].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            limbs.insert(limb, at: 0)
            index -= 4
        }
        var digits: [UInt8] = []
        var first = 0
        while true {
            while first < limbs.count, limbs[first] == 0 { first += 1 }
            if first == limbs.count { break }
            var rest: UInt64 = 0
            for position in first..<limbs.count {
                let value = rest << 32 | UInt64(limbs[position])
                limbs[position] = UInt32(value / 1_000_000_000)
                rest = value % 1_000_000_000
            }
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10) + UInt8(ascii: "0"))
                rest /= 10
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return digits
    }
}
