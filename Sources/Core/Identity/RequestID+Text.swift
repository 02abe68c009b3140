// The text form: 8-4-4-4-12 lower-case hexadecimal digits. Eight digits are turned at once in one 64-bit word ("SWAR"), because this
// runs for each record on each side.

extension RequestID {
    /// The length of the text form.
    public static let textLength = 36

    /// Parses exactly 36 characters, lower-case, hyphens in place; nil for anything else.
    public init?(_ text: String) {
        unsafe self.init(text: text.utf8.span.bytes)
    }

    /// Parses all of `bytes`.
    public init?(_ bytes: [UInt8]) {
        unsafe self.init(text: bytes.span.bytes)
    }

    /// Parses all of the slice.
    public init?(_ bytes: ArraySlice<UInt8>) {
        unsafe self.init(text: bytes.span.bytes)
    }

    /// Parses the 36 bytes of `bytes` that begin at `offset`; nil when there are fewer.
    public init?(_ bytes: RawSpan, at offset: Int) {
        guard offset >= 0, offset <= bytes.byteCount, bytes.byteCount - offset >= Self.textLength else { return nil }
        self.init(text: bytes.extracting(offset..<offset + Self.textLength))
    }

    /// Parses all of `bytes`, which must be exactly the 36.
    public init?(text bytes: RawSpan) {
        guard bytes.byteCount == Self.textLength else { return nil }
        // Loading integers from a bounds-checked span: every bit pattern is a value.
        guard unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt8.self) == 0x2d,
            unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 13, as: UInt8.self) == 0x2d,
            unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 18, as: UInt8.self) == 0x2d,
            unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 23, as: UInt8.self) == 0x2d
        else { return nil }
        let first = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
        let second = unsafe Self.join(
            bytes.unsafeLoadUnaligned(fromByteOffset: 9, as: UInt32.self), bytes.unsafeLoadUnaligned(fromByteOffset: 14, as: UInt32.self))
        let third = unsafe Self.join(
            bytes.unsafeLoadUnaligned(fromByteOffset: 19, as: UInt32.self), bytes.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt32.self))
        let fourth = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 28, as: UInt64.self))
        guard let first = Self.digits(first), let second = Self.digits(second), let third = Self.digits(third),
            let fourth = Self.digits(fourth)
        else {
            return nil
        }
        self.init(high: first << 32 | second, low: third << 32 | fourth)
    }

    /// The 36 characters.
    public var text: String {
        let bytes = textBytes
        return unsafe String(unsafeUninitializedCapacity: Self.textLength) { buffer in
            for index in 0..<Self.textLength { unsafe buffer[index] = bytes[index] }
            return Self.textLength
        }
    }

    /// The 36 characters as ASCII, held inline.
    public var textBytes: InlineArray<36, UInt8> {
        var bytes = InlineArray<36, UInt8>(repeating: 0x2d)
        let groups = (
            Self.characters(high >> 32), Self.characters(high & 0xffff_ffff), Self.characters(low >> 32), Self.characters(low & 0xffff_ffff)
        )
        for index in 0..<8 {
            let shift = UInt64(56 - 8 * index)
            bytes[index] = UInt8(truncatingIfNeeded: groups.0 >> shift)
            bytes[index < 4 ? 9 + index : 10 + index] = UInt8(truncatingIfNeeded: groups.1 >> shift)
            bytes[index < 4 ? 19 + index : 20 + index] = UInt8(truncatingIfNeeded: groups.2 >> shift)
            bytes[28 + index] = UInt8(truncatingIfNeeded: groups.3 >> shift)
        }
        return bytes
    }

    /// Appends the 36 characters.
    public func appendText(to output: inout [UInt8]) {
        let bytes = textBytes
        for index in 0..<Self.textLength { output.append(bytes[index]) }
    }

    /// The 16 bytes of the UUID, in order: the key of stores and the id of Avro's `fixed` form.
    public var bytes: InlineArray<16, UInt8> {
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<8 {
            bytes[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
            bytes[8 + index] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
        }
        return bytes
    }

    private static func join(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(UInt32(bigEndian: first)) << 32 | UInt64(UInt32(bigEndian: second))
    }

    /// Eight characters, the first in the highest byte, to 32 bits; nil unless each is one of `0-9a-f`.
    private static func digits(_ characters: UInt64) -> UInt64? {
        let letters = (characters >> 6) & 0x0101_0101_0101_0101
        let nibbles = (characters & 0x0f0f_0f0f_0f0f_0f0f) &+ letters &* 9
        guard nibbles & 0xf0f0_f0f0_f0f0_f0f0 == 0, spelled(nibbles) == characters else { return nil }
        var packed = (nibbles | nibbles >> 4) & 0x00ff_00ff_00ff_00ff
        packed = (packed | packed >> 8) & 0x0000_ffff_0000_ffff
        return (packed | packed >> 16) & 0xffff_ffff
    }

    /// 32 bits as eight characters, the first in the highest byte.
    private static func characters(_ value: UInt64) -> UInt64 {
        var spread = (value | value << 16) & 0x0000_ffff_0000_ffff
        spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ff
        return spelled((spread | spread << 4) & 0x0f0f_0f0f_0f0f_0f0f)
    }

    /// Eight bytes below 16 as their hexadecimal characters.
    private static func spelled(_ nibbles: UInt64) -> UInt64 {
        let above9 = ((nibbles &+ 0x7676_7676_7676_7676) >> 7) & 0x0101_0101_0101_0101
        return nibbles &+ 0x3030_3030_3030_3030 &+ above9 &* 39
    }
}

extension RequestID: CustomStringConvertible {
    public var description: String { text }
}
