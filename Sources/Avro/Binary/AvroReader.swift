/// Reads the binary encoding from bytes that may be hostile: every call either returns a value that lies inside the input or throws.
///
/// It borrows the input and cannot outlive it. Primitives are inlined into the straight-line coders of generated types; faults are built
/// out of line. Text and bytes come back as `Slice`s of the input, without a copy.
@frozen
public struct AvroReader: ~Escapable {
    /// The input's first byte. Unsafe pointers are inside only: the lifetime of the reader is that of the span it was made of.
    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline var cursor: UnsafeRawPointer
    @usableFromInline let end: UnsafeRawPointer
    @usableFromInline var budget: DecodingBudget

    /// A reader at the first byte of `input`. An input of 4 GiB or more reads as `inputMax` at the first call.
    @inlinable @inline(__always)
    @_lifetime(copy input)
    public init(_ input: RawSpan, limits: DecodingLimits = .standard) {
        let bytes = input.withUnsafeBytes { UnsafeRawBufferPointer(start: $0.baseAddress, count: $0.count) }
        base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        cursor = base
        budget = DecodingBudget(limits)
        end = base + (bytes.count <= Int(UInt32.max) ? bytes.count : 0)
        budget.inputTooLong = bytes.count > Int(UInt32.max)
    }

    /// The byte that is read next, counted from the start of the input.
    @inlinable public var offset: Int { cursor - base }

    /// How many bytes are left.
    @inlinable public var bytesLeft: Int { end - cursor }

    /// Refuses bytes behind the datum: call it when the last field is read.
    @inlinable
    public func finish() throws(AvroError) {
        if cursor != end || budget.inputTooLong { throw leftOver() }
    }

    // MARK: Numbers

    /// A boolean: one byte, 0 or 1.
    @inlinable
    public mutating func readBoolean() throws(AvroError) -> Bool {
        guard cursor < end else { throw ended() }
        let byte = cursor.load(as: UInt8.self)
        guard byte <= 1 else { throw fault(.booleanInvalid, "a boolean is 0 or 1, not \(byte)") }
        cursor += 1
        return byte == 1
    }

    /// A zig-zag varint of at most ten bytes.
    @inlinable @inline(__always)
    public mutating func readLong() throws(AvroError) -> Int64 {
        if cursor < end {
            let byte = cursor.load(as: UInt8.self)
            if byte < 0x80 {
                cursor += 1
                return Int64(bitPattern: UInt64(byte) >> 1) ^ -Int64(byte & 1)
            }
        }
        let raw = try readLongVarint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    /// A zig-zag varint of at most five bytes, in the range of 32 bits.
    @inlinable @inline(__always)
    public mutating func readInt() throws(AvroError) -> Int32 {
        if cursor < end {
            let byte = cursor.load(as: UInt8.self)
            if byte < 0x80 {
                cursor += 1
                return Int32(bitPattern: UInt32(byte) >> 1) ^ -Int32(byte & 1)
            }
        }
        return try readLongInt()
    }

    /// Four bytes, little-endian IEEE 754.
    @inlinable
    public mutating func readFloat() throws(AvroError) -> Float {
        guard end - cursor >= 4 else { throw ended() }
        defer { cursor += 4 }
        return Float(bitPattern: UInt32(littleEndian: cursor.loadUnaligned(as: UInt32.self)))
    }

    /// Eight bytes, little-endian IEEE 754.
    @inlinable
    public mutating func readDouble() throws(AvroError) -> Double {
        guard end - cursor >= 8 else { throw ended() }
        defer { cursor += 8 }
        return Double(bitPattern: UInt64(littleEndian: cursor.loadUnaligned(as: UInt64.self)))
    }

    /// A union's branch or an enum's symbol, below `count`.
    @inlinable @inline(__always)
    public mutating func readBranch(_ count: Int) throws(AvroError) -> Int {
        let start = cursor
        let value = try readLong()
        guard value >= 0, value < Int64(count) else {
            cursor = start
            throw branchFault(value, count)
        }
        return Int(truncatingIfNeeded: value)
    }

    // MARK: Text and bytes

    /// A length-prefixed run of bytes.
    @inlinable @inline(__always)
    public mutating func readBytes() throws(AvroError) -> Slice {
        let count = try readLong()
        guard count >= 0, count <= Int64(end - cursor) else { throw lengthFault(count) }
        return take(Int(truncatingIfNeeded: count))
    }

    /// A length-prefixed run of valid UTF-8.
    @inlinable @inline(__always)
    public mutating func readString() throws(AvroError) -> Slice {
        let count = try readLong()
        guard count >= 0, count <= Int64(end - cursor) else { throw lengthFault(count) }
        let length = Int(truncatingIfNeeded: count)
        if !isASCII(length) { try validate(length) }
        return take(length)
    }

    /// Exactly `count` bytes.
    @inlinable
    public mutating func readFixed(_ count: Int) throws(AvroError) -> Slice {
        guard count >= 0, count <= end - cursor else { throw ended() }
        return take(count)
    }

    /// All that is left: a typed last field whose type somebody else knows.
    @inlinable
    public mutating func readRest() -> Slice {
        take(end - cursor)
    }

    /// The bytes from `offset` to where the reader is: what a validated field took.
    @inlinable
    public func slice(from offset: Int) -> Slice {
        Slice(offset: UInt32(truncatingIfNeeded: offset), count: UInt32(truncatingIfNeeded: cursor - base - offset))
    }

    // MARK: Skipping

    /// Skips a varint.
    @inlinable public mutating func skipLong() throws(AvroError) { _ = try readLong() }

    /// Skips a length-prefixed run of bytes.
    @inlinable public mutating func skipBytes() throws(AvroError) { _ = try readBytes() }

    /// Skips exactly `count` bytes.
    @inlinable
    public mutating func skip(_ count: Int) throws(AvroError) {
        guard count >= 0, count <= end - cursor else { throw ended() }
        cursor += count
    }

    // MARK: Depth

    /// Enters one more level of nesting; `leave` it again.
    @inlinable
    public mutating func enter() throws(AvroError) {
        guard budget.depth > 0 else { throw depthFault() }
        budget.depth -= 1
    }

    /// Leaves a level.
    @inlinable public mutating func leave() { budget.depth += 1 }
}

extension AvroReader {
    @inlinable @inline(__always)
    mutating func take(_ count: Int) -> Slice {
        let slice = Slice(offset: UInt32(truncatingIfNeeded: cursor - base), count: UInt32(truncatingIfNeeded: count))
        cursor += count
        return slice
    }

    /// Whether the next `count` bytes, which are there, are ASCII. Short runs near the end of the input go byte by byte.
    @inlinable @inline(__always)
    func isASCII(_ count: Int) -> Bool {
        let high: UInt64 = 0x8080_8080_8080_8080
        if count >= 8 {
            var seen = (cursor + (count - 8)).loadUnaligned(as: UInt64.self)
            var at = 0
            while at < count - 8 {
                seen |= (cursor + at).loadUnaligned(as: UInt64.self)
                at += 8
            }
            return seen & high == 0
        }
        if end - cursor >= 8 {
            let word = UInt64(littleEndian: cursor.loadUnaligned(as: UInt64.self))
            return word & high & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1) == 0
        }
        var seen: UInt8 = 0
        for index in 0..<count { seen |= cursor.load(fromByteOffset: index, as: UInt8.self) }
        return seen < 0x80
    }

    @usableFromInline @inline(never)
    func validate(_ count: Int) throws(AvroError) {
        guard UTF8Validation.isValid(cursor, count: count) else { throw fault(.utf8Invalid, "a string of \(count) bytes is not UTF-8") }
    }

    /// Two to ten bytes. Up to eight of them by one load, without a branch for each.
    @inlinable
    mutating func readLongVarint() throws(AvroError) -> UInt64 {
        if end - cursor >= 8 {
            let word = UInt64(littleEndian: cursor.loadUnaligned(as: UInt64.self))
            let stops = ~word & 0x8080_8080_8080_8080
            if stops != 0 {
                let last = stops & (0 &- stops)
                var bits = word & (last &- 1) & 0x7F7F_7F7F_7F7F_7F7F
                bits = ((bits & 0x7F00_7F00_7F00_7F00) >> 1) | (bits & 0x007F_007F_007F_007F)
                bits = ((bits & 0x3FFF_0000_3FFF_0000) >> 2) | (bits & 0x0000_3FFF_0000_3FFF)
                bits = ((bits & 0x0FFF_FFFF_0000_0000) >> 4) | (bits & 0x0000_0000_0FFF_FFFF)
                cursor += (last.trailingZeroBitCount + 1) >> 3
                return bits
            }
        }
        return try readVarintBytes()
    }

    @usableFromInline @inline(never)
    mutating func readVarintBytes() throws(AvroError) -> UInt64 {
        var value: UInt64 = 0
        var index = 0
        while true {
            guard cursor + index < end else { throw ended() }
            let byte = (cursor + index).load(as: UInt8.self)
            if index == 9 {
                guard byte < 0x80 else { throw fault(.varintLength, "a varint has at most 10 bytes") }
                guard byte <= 1 else { throw fault(.varintRange, "a varint of more than 64 bits") }
            }
            value |= UInt64(byte & 0x7F) << UInt64(index * 7)
            index += 1
            if byte < 0x80 { break }
        }
        cursor += index
        return value
    }

    @usableFromInline @inline(never)
    mutating func readLongInt() throws(AvroError) -> Int32 {
        let start = cursor
        let raw = try readLongVarint()
        let length = cursor - start
        if length > 5 || raw > UInt64(UInt32.max) {
            cursor = start
            throw length > 5 ? fault(.varintLength, "an int has at most 5 bytes") : fault(.varintRange, "an int of more than 32 bits")
        }
        let bits = UInt32(truncatingIfNeeded: raw)
        return Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)
    }
}

// MARK: Faults, out of line

extension AvroReader {
    /// An error at the byte where the reader is; for coders built on it.
    @usableFromInline @inline(never)
    func fault(_ code: AvroError.Code, _ detail: String) -> AvroError {
        AvroError(code, operation: "decode", detail: detail, offset: offset)
    }

    @usableFromInline @inline(never)
    func ended() -> AvroError {
        if budget.inputTooLong { return fault(.inputMax, "an input has less than 4 GiB") }
        return fault(.endOfInput, "the input ends inside a value")
    }

    @usableFromInline @inline(never)
    func leftOver() -> AvroError {
        if budget.inputTooLong { return ended() }
        return fault(.trailingBytes, "\(bytesLeft) bytes follow the datum")
    }

    @usableFromInline @inline(never)
    func lengthFault(_ count: Int64) -> AvroError {
        if count < 0 { return fault(.lengthNegative, "a length of \(count)") }
        return fault(.bytesLeft, "a length of \(count) with \(bytesLeft) bytes left")
    }

    @usableFromInline @inline(never)
    func branchFault(_ value: Int64, _ count: Int) -> AvroError {
        fault(.branchUnknown, "branch or symbol \(value) of \(count)")
    }

    @usableFromInline @inline(never)
    func depthFault() -> AvroError {
        fault(.depthMax, "values nested deeper than \(budget.limits.depthMax)")
    }
}
