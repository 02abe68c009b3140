/// UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing above U+10FFFF. Eight ASCII bytes a step, the rest by cases.
enum UTF8Validation {
    /// Whether the bytes are valid UTF-8.
    static func isValid(_ start: UnsafeRawPointer, count: Int) -> Bool {
        var at = start
        let end = start + count
        while at < end {
            while end - at >= 8, at.loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { at += 8 }
            guard at < end else { return true }
            let first = at.load(as: UInt8.self)
            if first < 0x80 {
                at += 1
                continue
            }
            let length = sequenceLength(at, first: first, left: end - at)
            guard length > 0 else { return false }
            at += length
        }
        return true
    }

    /// The length of the well-formed sequence that begins with `first` (not ASCII), 0 when there is none.
    private static func sequenceLength(_ at: UnsafeRawPointer, first: UInt8, left: Int) -> Int {
        func byte(_ index: Int) -> UInt8 { at.load(fromByteOffset: index, as: UInt8.self) }
        func continues(_ index: Int) -> Bool { byte(index) & 0xC0 == 0x80 }
        switch first {
        case 0xC2...0xDF:
            return left >= 2 && continues(1) ? 2 : 0
        case 0xE0...0xEF:
            guard left >= 3, continues(1), continues(2) else { return 0 }
            if first == 0xE0 && byte(1) < 0xA0 { return 0 }
            if first == 0xED && byte(1) > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard left >= 4, continues(1), continues(2), continues(3) else { return 0 }
            if first == 0xF0 && byte(1) < 0x90 { return 0 }
            if first == 0xF4 && byte(1) > 0x8F { return 0 }
            return 4
        default:
            return 0
        }
    }
}
