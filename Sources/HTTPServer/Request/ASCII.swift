/// The classes of bytes that HTTP's grammar is made of (RFC 9110, 5.6.2 and 5.5).
enum ASCII {
    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Letters, digits and `!#$%&'*+-.^_`|~`.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return false }
        let set: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return set >> UInt64(byte & 63) & 1 == 1
    }

    /// What a field's value may hold: no control character but the tab.
    @inline(__always)
    static func isValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
