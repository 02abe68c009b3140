/// Base64 with the standard alphabet and padding (RFC 4648, section 4).
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for index in 0..<64 { values[Int(alphabet.utf8Start[index])] = UInt8(index) }
        return values
    }()

    static func append(_ bytes: UnsafeRawBufferPointer, to out: inout AvroWriter) {
        let letters = alphabet.utf8Start
        out.reserve((bytes.count + 2) / 3 * 4)
        var index = 0
        while index + 2 < bytes.count {
            let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
            for shift: UInt32 in [18, 12, 6, 0] { out.writeByte(letters[Int(group >> shift & 63)]) }
            index += 3
        }
        guard index < bytes.count else { return }
        let hasTwo = index + 1 < bytes.count
        let group = UInt32(bytes[index]) << 16 | (hasTwo ? UInt32(bytes[index + 1]) << 8 : 0)
        out.writeByte(letters[Int(group >> 18 & 63)])
        out.writeByte(letters[Int(group >> 12 & 63)])
        out.writeByte(hasTwo ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "="))
        out.writeByte(UInt8(ascii: "="))
    }

    /// The number of bytes that a text stands for; nil when its length or padding cannot be.
    static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count % 4 == 0 else { return nil }
        guard text.count > 0 else { return 0 }
        let padding = text[text.count - 1] == UInt8(ascii: "=") ? (text[text.count - 2] == UInt8(ascii: "=") ? 2 : 1) : 0
        return text.count / 4 * 3 - padding
    }

    /// Appends the bytes; false, with some of them appended, where the text is no base64. Bits behind the last byte must be zero.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, to out: inout AvroWriter) -> Bool {
        guard let count = count(text) else { return false }
        out.reserve(count + 2)
        return values.withUnsafeBufferPointer { values in
            var left = count
            var index = 0
            while left > 0 {
                let real = min(left, 3)
                var group: UInt32 = 0
                for offset in 0..<4 {
                    let value = offset <= real ? values[Int(text[index + offset])] : 0
                    guard value < 64 else { return false }
                    group = group << 6 | UInt32(value)
                }
                if real < 3, group & (real == 2 ? 0xFF : 0xFFFF) != 0 { return false }
                for offset in 0..<real { out.writeByte(UInt8(truncatingIfNeeded: group >> UInt32(16 - offset * 8))) }
                left -= real
                index += 4
            }
            return true
        }
    }
}
